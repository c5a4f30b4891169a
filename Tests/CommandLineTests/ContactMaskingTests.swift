import Foundation
import TestSupport
import Testing

@Suite(
    "Masking of telephone numbers by `check`",
    .enabled(if: EveryFormat.python != nil, "there is no Python to unpack workbooks"))
struct ContactMaskingTests {
    /// A telephone number that occurs in no digest and no other figure, and its masked form.
    private static let (number, masked) = ("13857942000", "138****2000")

    /// Ways to write a file name by the convention 参赛者姓名（单位名称）+作品名称+联系电话.
    private static let names = [
        "张三（西安市第一中学）+守信的故事+13857942000.mp4", "张三(西安市第一中学)+守信的故事+13857942000.mp4",
        "张三（西安市第一中学）＋守信的故事＋１３８５７９４２０００.mp4", "张三+守信的故事+138-5794-2000.mp4",
        "张三（西安市第一中学）+守信的故事++86 138 5794 2000.mp4", "Zoé（École）+Été+13857942000.mp4",
        "Zoe\u{301}（E\u{301}cole）+E\u{301}te\u{301}+13857942000.mp4",
    ]

    /// The outputs of a run over a folder: every format, standard error and, from a second run, a terminal.
    private static func told(
        _ folder: TemporaryFolder, contest: String = "weifang-2023", _ options: [String]
    ) async throws -> [String: String] {
        let outputs = try TemporaryFolder()
        let arguments = ["check", ".", "--contest", contest, "--lang", "zh"] + options
        let outcome = try await clipcheck(arguments + EveryFormat.options(to: outputs.url.path), in: folder.url)
        #expect([0, 1, 2].contains(outcome.code), "\(outcome.errorText)")
        var told = try await EveryFormat.content(of: outputs)
        told["standard error"] = outcome.errorText
        let shown = try await clipcheck(
            arguments + ["--verbose"], in: folder.url, onTerminal: Terminal(columns: 400))
        told["terminal"] = shown.text
        return told
    }

    /// Whether `text` holds the number, in any digits and any grouping.
    private static func isTold(in text: String) -> Bool {
        let digits = text.unicodeScalars.filter { !" -_.()（）＋+\u{a0}".unicodeScalars.contains($0) }.map { scalar in
            (0xFF10...0xFF19).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFF10 + 0x30) ?? scalar : scalar
        }
        return String(String.UnicodeScalarView(digits)).contains(number)
    }

    @Test(
        "`check` masks the telephone number in a file name in every output, unless `--show-contacts` is given",
        arguments: names)
    func inName(name: String) async throws {
        let folder = try TemporaryFolder()
        try folder.copy("short.mp4", as: name)
        let told = try await Self.told(folder, [])
        for (place, text) in told {
            #expect(!Self.isTold(in: text), "\(place) of \(name)")
            #expect(text.contains(Self.masked) || place == "standard error", "\(place) names the file")
        }
        let open = try await Self.told(folder, ["--show-contacts"])
        for (place, text) in open where place != "standard error" {
            #expect(Self.isTold(in: text), "\(place) of \(name)")
            #expect(text.contains(name) || place == "html", "\(place) has the name as it is")
        }
    }

    @Test("`check` masks telephone numbers in names of folders, of equal files and of files that are no videos")
    func inFolders() async throws {
        let folder = try TemporaryFolder()
        for name in ["a\(Self.number)/v.mp4", "b/A\(Self.number).mp4", "b/a\(Self.number).mp4"] {
            try folder.copy("short.mp4", as: name)
        }
        try folder.write(Data("text".utf8), to: "b/说明\(Self.number).txt")
        try folder.write(Data(), to: "b/\(Self.number)空.mp4")
        let told = try await Self.told(folder, [])
        for (place, text) in told { #expect(!Self.isTold(in: text), "\(place)") }
        let errors = try #require(told["standard error"])
        for words in ["./b/说明\(Self.masked).txt", "A\(Self.masked).mp4: 与下列文件仅大小写", "内容完全相同"] {
            #expect(errors.contains(words), "\(errors)")
        }
        #expect(told["ndjson"]?.contains("\"./a\(Self.masked)/v.mp4\"") ?? false)
    }

    @Test("`check` masks the telephone number in the name of a file that cannot be read")
    func unreadable() async throws {
        let (folder, outputs) = (try TemporaryFolder(), try TemporaryFolder())
        try Unprivileged.makeUnreadable("张三+守信的故事+\(Self.number).mp4", in: folder)
        let name = "张三+守信的故事+\(Self.number).mp4"
        let arguments = ["check", name, "--contest", "weifang-2023"] + EveryFormat.options(to: outputs.url.path)
        let outcome = try await Unprivileged.command(arguments, in: folder).run()
        #expect(outcome.code == 66)
        for (place, text) in try await EveryFormat.content(of: outputs) {
            #expect(!Self.isTold(in: text) && text.contains(Self.masked), "\(place)")
        }
        #expect(!Self.isTold(in: outcome.errorText))
    }

    /// Columns of a manifest that people write telephone numbers into, intended for that or not.
    private static let table = """
        文件名,作品名称,导演,联系人,联系电话,作品类型,时长,地区,剧情摘要,13857942000转3
        a.mp4,守信13857942000,李13857942000,王13857942000,13857942000,剧情类,2:30,雁塔138-5794-2000,请电138 5794 2000,x
        b.mp4,守信,李,王,138579420001,纪实13857942000,13857942000分,１３８５７９４２０００,x,13857942000
        没有13857942000.mp4,守信,李,王,13857942000,剧情类,2:30,碑林,x,x
        b.mp4,守信,李,王13857942000,13857942000,剧情类,2:30,碑林,x,x
        """

    @Test("`check` masks telephone numbers from the manifest, unless `--show-contacts` is given")
    func inTable() async throws {
        let (folder, tables) = (try TemporaryFolder(), try TemporaryFolder())
        try folder.copy(Clip.good, as: "a.mp4")
        try folder.copy("short.mp4", as: "b.mp4")
        let options = ["--manifest", try tables.write(Data(Self.table.utf8), to: "table.csv")]
        let told = try await Self.told(folder, contest: "xian-2024", options)
        for (place, text) in told { #expect(!Self.isTold(in: text), "\(place)") }
        for place in ["json", "ndjson", "csv", "xlsx", "html"] {
            #expect(told[place]?.contains(Self.masked) ?? false, "\(place) has the fields")
        }
        let errors = try #require(told["standard error"])
        for words in ["没有\(Self.masked).mp4", "\(Self.masked)转3"] { #expect(errors.contains(words), "\(errors)") }
        let open = try await Self.told(folder, contest: "xian-2024", options + ["--show-contacts"])
        for place in ["json", "ndjson", "csv", "xlsx", "html", "standard error"] {
            #expect(open[place]?.contains(Self.number) ?? false, "\(place)")
        }
    }
}
