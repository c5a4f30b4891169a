import ContestRules
import EntryIntake
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

@Suite("CSVRun")
struct CSVRunTests {
    private static func text(_ files: [CheckedFile], _ language: Language = .english) throws -> String {
        try SampleRun.text(CSVRun(language: language, columns: SampleRun.columns), files)
    }

    /// The rows that `CSVReader` reads from the table, the header first.
    private static func rows(_ files: [CheckedFile], _ language: Language = .english) throws -> [[String]] {
        let text = try text(files, language)
        #expect(text.unicodeScalars.first == "\u{feff}")
        return try CSVReader.rows(String(text.unicodeScalars.dropFirst()))
    }

    private static func row(_ file: CheckedFile, _ language: Language = .english) throws -> [String: String] {
        let rows = try rows([file], language)
        try #require(rows.count == 2)
        return Dictionary(uniqueKeysWithValues: zip(rows[0], rows[1]))
    }

    private static func hostile(_ text: String) throws -> [CheckedFile] {
        [
            CheckedFile(path: text, outcome: .success(try SampleReports.hostile(text)), work: SampleRun.work(text)),
            CheckedFile(path: text, outcome: .failure(IntakeError(.cancelled, zh: text, en: text))),
        ]
    }

    @Test("`CSVRun` writes the same header for a run without files as for any other", arguments: Language.allCases)
    func header(language: Language) throws {
        let header = try Self.rows([], language)
        #expect(header.count == 1)
        #expect(try Self.rows(SampleRun.files(), language).first == header.first)
        #expect(Set(header[0]).count == header[0].count)
        #expect(Array(header[0][2..<6]) == SampleRun.columns.map { $0.label[language] })
    }

    @Test("`CSVRun` writes the facts of a file and its work into their columns")
    func columns() throws {
        let row = try Self.row(try SampleRun.files()[0])
        let expected = [
            "File": "作品.mp4", "Verdict": "compliant", "Entrant": "张三", "Title": "诚信,从我做起", "Category": "纪实类",
            "Region": "雁塔区", "Length (s)": "150.000", "Display width": "1920", "Display height": "1080",
            "Frame rate": "25", "Container": "mp4", "Video codec": "h264", "Audio codec": "", "Bytes": "12000000",
            "Submission": "file-name: The name is not as required", "Error": "",
        ]
        #expect(row.merging(expected) { $1 } == row)
        #expect(row["What needs attention"]?.hasPrefix("Sound present: There is no sound. If") == true)
        #expect(row["What needs attention"]?.contains("; Resolution (encouraged-resolution): ") == true)
        #expect(row["SHA-256"]?.count == 64)
    }

    @Test(
        "`CSVRun` writes a row with the error for a file without a report",
        arguments: [(Language.chinese, "出错"), (.english, "error")])
    func error(language: Language, verdict: String) throws {
        let file = try SampleRun.files()[4]
        let row = try Self.rows([file], language)[1]
        let message =
            language == .chinese ? "file-missing：没有这个文件。请核对路径。" : "file-missing: There is no such file. Check the path."
        #expect(row == ["gone.mp4", verdict] + Array(repeating: "", count: row.count - 3) + [message])
    }

    @Test("`CSVRun` lists findings from fail to advisory, whatever the contest's order, and no pass")
    func weight() throws {
        var report = try SampleReports.compliant()
        report.findings = [
            .of(.pass, rule: "passed"), .of(.advisory, rule: "advice"), .of(.pending, rule: "waits"),
            .of(.undetermined, rule: "unknown"), .of(.review, rule: "look"), .of(.fail, rule: "broken"),
        ]
        let row = try Self.row(CheckedFile(path: "a.mp4", outcome: .success(report)))
        let told = "broken: Words; look: Words; unknown: Words; waits: Words; advice: Words"
        #expect(row["What needs attention"] == told)
    }

    @Test("`CSVRun` gives only the cause for a file that could not be read")
    func unread() throws {
        let row = try Self.row(try SampleRun.files()[2])
        #expect(row["What needs attention"] == "Readable: This is text. Upload a video")
    }

    @Test(
        "`CSVRun` puts an apostrophe before text that a spreadsheet program would run as a formula",
        arguments: [
            "=1+1", "+1", "-1", "@a", " =1", "\u{3000}＝1", "\u{a0}-1", "\u{200b}=1", "\u{feff}+1", "\t=1", "\ta", "\ra",
            "\na",
            "=\u{301}1", "＋1", "－1", "＠a", "\u{0}=1",
        ])
    func formula(text: String) throws {
        for file in try Self.hostile(text) {
            let row = try Self.row(file)
            #expect(row["File"]?.unicodeScalars.first == "'")
            if file.work != nil { #expect(row["Title"]?.unicodeScalars.first == "'") }
        }
    }

    @Test("`CSVRun` writes its own numbers as numbers and puts a tab after text that looks like a number")
    func figures() throws {
        var work = SampleRun.work("-5")
        let values = ["13800000000", "0991123456", "2024-01-02", "第1集"]
        work.fields = zip(SampleRun.columns, values).map { Work.Field(name: $0.name, label: $0.label, value: $1) }
        var report = try SampleReports.compliant()
        report.facts?.duration = .milliseconds(-1500)
        let row = try Self.row(CheckedFile(path: "1.5", outcome: .success(report), work: work))
        #expect(row["Length (s)"] == "-1.500")
        #expect(SampleRun.columns.map { row[$0.label.en] } == ["13800000000\t", "0991123456\t", "2024-01-02\t", "第1集"])
        #expect(row["Aspect ratio"] == "16:9\t")
        #expect(row["File"] == "1.5\t")
        #expect(row["Category"] == "'-5")
    }

    @Test("`CSVRun` writes no control character but the tab after text that looks like a number", arguments: 0..<5)
    func hostile(seed: UInt64) throws {
        let texts = HostileText.texts(seed)
        let files = try texts.flatMap(Self.hostile)
        let rows = try Self.rows(files)
        #expect(rows.count == files.count + 1)
        #expect(Set(rows.map(\.count)).count == 1)
        for (file, row) in zip(files, rows.dropFirst()) {
            #expect(Self.bare(row[0]) == Self.flattened(file.path))
            if file.work != nil { #expect(row[2...7].allSatisfy { Self.bare($0) == Self.flattened(file.path) }) }
            for cell in row {
                let scalars = cell.unicodeScalars
                let body = scalars.last == "\t" ? scalars.dropLast() : scalars[...]
                #expect(
                    !body.contains {
                        $0.properties.generalCategory == .control || "\u{2028}\u{2029}".unicodeScalars.contains($0)
                    })
                let first = scalars.first { !$0.properties.isWhitespace && $0.properties.generalCategory != .format }
                #expect(first.map { !"=+-@＝＋－＠".unicodeScalars.contains($0) } ?? true, "\(cell)")
            }
        }
    }

    /// The text of a cell without the apostrophe and the tab that `CSVCell` adds.
    private static func bare(_ cell: String) -> String {
        var scalars = cell.unicodeScalars[...]
        if scalars.first == "'" { scalars = scalars.dropFirst() }
        if scalars.last == "\t" { scalars = scalars.dropLast() }
        return String(scalars)
    }

    /// `text` on one line, without an apostrophe at its start.
    private static func flattened(_ text: String) -> String {
        let oneLine = text.replacing(
            /\r\n|[\t\n\u{b}\u{c}\r\u{85}\u{2028}\u{2029}]/.matchingSemantics(.unicodeScalar), with: " ")
        let visible = oneLine.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{fffd}" : String($0) }
        return bare(visible.joined())
    }

    @Test("`CSVRun` cuts a cell that Excel would spread over other rows")
    func long() throws {
        let text = String(repeating: "😀", count: 40_000)
        let cell = try #require(
            try Self.row(CheckedFile(path: text, outcome: .success(SampleReports.compliant())))["File"])
        let isCut = cell == String(repeating: "😀", count: 16_000) + "…"
        #expect(isCut, "\(cell.utf16.count) units")
    }

    @Test(
        "Python's csv module reads the same cells from a `CSVRun` table as `CSVReader`",
        .enabled(if: Python.any != nil, "no Python"), arguments: Language.allCases)
    func python(language: Language) async throws {
        let script = """
            import csv, json, sys
            with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
                print(json.dumps(list(csv.reader(file, strict=True))))
            """
        let files = try SampleRun.files() + HostileText.all.flatMap(Self.hostile)
        let read: [[String]] = try await Python.read(
            try #require(Python.any), script, try Self.text(files, language))
        #expect(read == (try Self.rows(files, language)))
    }
}
