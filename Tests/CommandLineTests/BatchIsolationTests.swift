import Foundation
import TestSupport
import Testing

@Suite("Independence of the files of one run")
struct BatchIsolationTests {
    /// Three files of different kinds that are good, a damaged one, and one that cannot be read.
    private static let verdicts = [
        "good.mp4": "compliant", "advised.mp4": "compliant", "odd.mp4": "needs-review", "damaged.mp4": "non-compliant",
        "locked.mp4": "error",
    ]
    private static let clips = [
        "good.mp4": Clip.good, "advised.mp4": "no-audio-portrait.mp4", "odd.mp4": Clip.review,
        "damaged.mp4": "truncated.mp4",
    ]
    /// The annotations that the GitHub format must hold; a file that meets every rule has none.
    private static let annotations = [
        "advised.mp4": "notice", "odd.mp4": "warning", "damaged.mp4": "error", "locked.mp4": "error",
    ]
    /// One line of `verdicts.py`: the result of one file in one output of one run.
    private struct Line {
        var run, format, verdict, rest, file: String

        init?(_ text: Substring) {
            let parts = text.split(separator: "\t").map(String.init)
            guard parts.count == 5 else { return nil }
            (run, format, verdict, rest, file) = (parts[0], parts[1], parts[2], parts[3], parts[4])
        }
    }

    @Test(
        "A file has the same verdict and findings in every order of the files and in every format",
        .enabled(if: python != nil, "CLIPCHECK_PYTHON is not set"), .timeLimit(.minutes(10)))
    func everyOrder() async throws {
        let (videos, runs) = (try TemporaryFolder(), try TemporaryFolder())
        for (name, clip) in Self.clips { try videos.copy(clip, as: name) }
        try Unprivileged.makeUnreadable("locked.mp4", in: videos)
        let orders = Self.permutations(of: Self.verdicts.keys.sorted())
        #expect(Set(orders).count == 120)
        let codes = try await withThrowingTaskGroup(of: Int32.self) { group in
            for (number, order) in orders.enumerated() {
                group.addTask { try await Self.check(order, in: videos, to: runs.path("\(number)")) }
            }
            return try await group.reduce(into: [Int32]()) { $0.append($1) }
        }
        #expect(codes == Array(repeating: 66, count: 120))

        let said = Dictionary(grouping: try await Self.read(runs, count: orders.count)) { "\($0.run) \($0.format)" }
        #expect(said.count == orders.count * EveryFormat.outputs.count)
        for (number, order) in orders.enumerated() {
            for format in EveryFormat.outputs.keys {
                let lines = said["\(number) \(format)"] ?? []
                let expected = format == "github" ? Self.annotations : Self.verdicts
                let files = order.filter { expected[$0] != nil }
                // NDJSON has the order in which the files end, not that of the command line.
                let found = format == "ndjson" ? files.filter { file in lines.contains { $0.file == file } } : nil
                #expect((found ?? lines.map(\.file)) == files && lines.count == files.count, "\(format) of \(order)")
                for line in lines where line.verdict != expected[line.file] {
                    Issue.record("\(format) of \(order) says \(line.verdict) of \(line.file)")
                }
            }
        }
        let rest = Dictionary(grouping: said.values.joined()) { "\($0.format) \($0.file)" }
        for (what, lines) in rest where Set(lines.map(\.rest)).count != 1 {
            Issue.record("what \(what) has beside the verdict depends on its neighbours")
        }
    }

    /// Checks files in this order, writing every format at once.
    private static func check(_ order: [String], in videos: TemporaryFolder, to folder: String) async throws -> Int32 {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let arguments =
            ["check"] + order + ["--contest", "xian-2024", "--lang", "en", "--jobs", "2"]
            + EveryFormat.options(to: folder)
        return try await Unprivileged.command(arguments, in: videos).run().code
    }

    private static func read(_ runs: TemporaryFolder, count: Int) async throws -> [Line] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(components: "python", "verdicts.py")
        let outcome = try await Command(
            try #require(python), [script.path] + (0..<count).map { runs.path("\($0)") },
            environment: ["PYTHONUTF8": "1"]
        ).run()
        #expect(outcome.code == 0, "\(outcome.errorText.suffix(2000))")
        let lines = outcome.text.split(separator: "\n")
        #expect(lines.count == count * (7 * verdicts.count + annotations.count))
        return lines.compactMap(Line.init)
    }

    private static func permutations(of names: [String]) -> [[String]] {
        guard names.count > 1 else { return [names] }
        return names.flatMap { name in permutations(of: names.filter { $0 != name }).map { [name] + $0 } }
    }
}

private let python = ProcessInfo.processInfo.environment["CLIPCHECK_PYTHON"]
