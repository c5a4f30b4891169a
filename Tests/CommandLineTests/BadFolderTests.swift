import Foundation
import TestSupport
import Testing

/// One bad thing in a folder of good files, or in the options of the run, with the messages that `check` must print.
private struct BadThing: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Paths or names that the summary must name, each with words that explain the fault.
    var told: [(name: String, words: String)]
    /// The exit code of a run in which nothing else is bad.
    var code: Int32
    /// Files that the bad thing adds to the folder, with their results.
    var gists: [String: String] = [:]
    /// Options of `check` that cause the fault.
    var options: [String] = []
    var make: @Sendable (TemporaryFolder) throws -> Void = { _ in }

    static let files = [
        BadThing(
            testDescription: "a damaged file", told: [("v/damaged.mp4", "The file is not complete")], code: 1,
            gists: ["v/damaged.mp4": "non-compliant"]
        ) { try $0.copy("truncated.mp4", as: "v/damaged.mp4") },
        BadThing(
            testDescription: "an empty file", told: [("v/empty.mp4", "The file is empty (0 bytes)")], code: 1,
            gists: ["v/empty.mp4": "non-compliant"]
        ) { try $0.write(Data(), to: "v/empty.mp4") },
        BadThing(
            testDescription: "a folder without permission", told: [("v/locked", "The file may not be read")], code: 66,
            gists: ["v/locked": "file-not-permitted"]
        ) { folder in
            try folder.copy(Clip.good, as: "v/locked/x.mp4")
            try #require(chmod(folder.path("v/locked"), 0) == 0)
        },
        BadThing(
            testDescription: "a name that is not UTF-8", told: [("v/v[FF].mp4", "The file name is neither UTF-8")],
            code: 0,
            gists: ["v/v[FF].mp4": "compliant"]
        ) { folder in
            let old = try folder.copy("rotated-270.mp4", as: "v/old.mp4")
            let strange = Array(folder.path("v/v").utf8CString.dropLast()) + [-1, 0x2E, 0x6D, 0x70, 0x34, 0]
            try #require(rename(old, strange) == 0)
        },
        BadThing(
            testDescription: "two names that differ only in case",
            told: [("v/Twin.mp4", "differs only in case or in Unicode form from v/twin.MP4")], code: 0,
            gists: ["v/Twin.mp4": "compliant", "v/twin.MP4": "compliant"]
        ) { folder in
            try folder.copy("phone.mov", as: "v/Twin.mp4")
            try folder.copy("portrait-300500ms.mp4", as: "v/twin.MP4")
        },
    ]

    /// Faults of a manifest. The contest has no rule about the form.
    static let tables = [
        BadThing(
            testDescription: "a table with a wrong header",
            told: [("wrong.csv", "No column of the table \"wrong.csv\" names the files")], code: 66,
            options: ["--manifest", "wrong.csv"]
        ) { try $0.write(Data("作品,区县\ngood.mp4,雁塔区\n".utf8), to: "wrong.csv") },
        BadThing(
            testDescription: "a table in GBK", told: [("  雁塔区", "1 file, 1 compliant")], code: 0,
            options: ["--manifest", "gbk.csv"]
        ) { folder in
            // 文件名,地区 and good.mp4,雁塔区
            let bytes: [UInt8] =
                [0xCE, 0xC4, 0xBC, 0xFE, 0xC3, 0xFB, 0x2C, 0xB5, 0xD8, 0xC7, 0xF8, 0x0A] + Array("good.mp4,".utf8) + [
                    0xD1, 0xE3, 0xCB, 0xFE, 0xC7, 0xF8, 0x0A,
                ]
            try folder.write(Data(bytes), to: "gbk.csv")
        },
        BadThing(
            testDescription: "a table with a file twice",
            told: [("twice.csv", "Rows 2 and 3 name the same file and differ; row 2 counts"), ("  雁塔区", "1 file,")],
            code: 0, options: ["--manifest", "twice.csv"]
        ) { try $0.write(Data("文件名,地区\ngood.mp4,雁塔区\ngood.mp4,碑林区\n".utf8), to: "twice.csv") },
        BadThing(
            testDescription: "a table that is not there", told: [("gone.csv", "There is no such file")], code: 66,
            options: ["--manifest", "gone.csv"]),
        BadThing(
            testDescription: "a table that cannot be read", told: [("locked.csv", "The file ")], code: 66,
            options: ["--manifest", "locked.csv"]
        ) { try Unprivileged.makeUnreadable("locked.csv", in: $0) },
    ]

    static let output = BadThing(
        testDescription: "an output that cannot be written",
        told: [("good.mp4/report.html", "good.mp4/report.html cannot be written")], code: 70,
        options: ["--format", "html", "--output", "v/good.mp4/report.html"])
}

@Suite(
    "`check` on a folder with unreadable, damaged or misnamed files",
    .enabled(if: Unprivileged.prefix != nil, "root passes over permissions"))
struct BadFolderTests {
    private struct Run {
        var code: Int32
        var told: String
        var gists: [String: String]
    }

    /// Checks the folder `v`, which holds two good files beside the bad things.
    private static func check(_ things: [BadThing], format: String = "text") async throws -> Run {
        let folder = try TemporaryFolder()
        defer { _ = chmod(folder.path("v/locked"), 0o700) }
        for (name, clip) in [("good.mp4", Clip.good), ("最后.mp4", "rotated-90.mp4")] {
            try folder.copy(clip, as: "v/\(name)")
        }
        for thing in things { try thing.make(folder) }
        let arguments =
            ["check", "v", "--contest", "xian-2024", "--lang", "en", "--format", format]
            + things.flatMap(\.options) + ["--format", "json", "--output", "results.json"]
        let outcome = try await Unprivileged.command(arguments, in: folder).run()
        let results = try JSONDecoder().decode(
            [CheckResult].self, from: try Data(contentsOf: URL(filePath: folder.path("results.json"))))
        return Run(
            code: outcome.code, told: format == "text" ? outcome.text : outcome.errorText,
            gists: Dictionary(uniqueKeysWithValues: results.map { ($0.path, $0.gist) }))
    }

    private static let good = ["v/good.mp4": "compliant", "v/最后.mp4": "compliant"]

    /// Whether a line holds `name`, and that line or the indented lines below it hold `words`.
    private static func tells(_ text: String, _ name: String, _ words: String) -> Bool {
        let lines = text.split(separator: "\n").map(String.init)
        return lines.indices.contains { index in
            let own = lines[(index + 1)...].prefix { $0.hasPrefix("   ") }
            return lines[index].contains(name) && ([lines[index]] + own).contains { $0.contains(words) }
        }
    }

    @Test(
        "`check` finishes a folder with one bad thing in it and names the thing in its messages",
        arguments: BadThing.files + BadThing.tables)
    private func each(thing: BadThing) async throws {
        let run = try await Self.check([thing])
        #expect(run.code == thing.code)
        #expect(run.gists == Self.good.merging(thing.gists) { $1 })
        for (name, words) in thing.told { #expect(Self.tells(run.told, name, words), "\(run.told)") }
    }

    @Test("`check` finishes a folder when an output cannot be written, names the output and exits with 70")
    func unwritable() async throws {
        let run = try await Self.check([.output])
        #expect(run.code == 70)
        #expect(run.gists == Self.good)
        for (name, words) in BadThing.output.told { #expect(Self.tells(run.told, name, words), "\(run.told)") }
    }

    @Test("`check` finishes a folder with every bad thing at once and names each of them", arguments: BadThing.tables)
    private func all(table: BadThing) async throws {
        let things = BadThing.files + [table]
        let gists = things.reduce(into: Self.good) { $0.merge($1.gists) { $1 } }
        for (more, code) in [([], 66), ([.output], 70)] as [([BadThing], Int32)] {
            let run = try await Self.check(things + more)
            #expect(run.code == code)
            #expect(run.gists == gists)
            #expect(!run.told.contains("about the file \"locked\""), "no row is missing of what is no file")
            for (name, words) in (things + more).flatMap(\.told) {
                #expect(Self.tells(run.told, name, words), "\(name): \(run.told)")
            }
        }
    }

    @Test(
        "`check` names bad things without a result on standard error for JSON, NDJSON and CSV",
        arguments: ["json", "ndjson", "csv"])
    func otherFormats(format: String) async throws {
        let notes = BadThing.files.filter { $0.code == 0 } + [BadThing.tables[0], BadThing.output]
        let run = try await Self.check(BadThing.files + [BadThing.tables[0], .output], format: format)
        #expect(run.code == 70)
        for (name, words) in notes.flatMap(\.told) { #expect(Self.tells(run.told, name, words), "\(run.told)") }
    }
}
