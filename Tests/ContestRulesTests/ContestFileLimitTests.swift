import MediaFacts
import Testing

@testable import ContestRules

/// Files that would cost much more than they are worth.
@Suite("A hostile contest file")
struct ContestFileLimitTests {
    /// Ten aliases a line, each line standing for ten times the one before: `levels` nines of text from a few bytes.
    private static func laughs(levels: Int) -> String {
        let anchors = (1...levels).map { level in
            "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]"
        }
        return "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + anchors.joined(separator: "\n") + "\n"
    }

    /// Loads a text that must be refused, and says how long that took.
    private static func timeToRefuse(_ text: String) -> Duration {
        ContinuousClock().measure { #expect(!problems(of: text).isEmpty) }
    }

    @Test("is at most 1 MiB")
    func largest() throws {
        let room = ContestFile.largestFile - SampleContest.text.utf8.count
        #expect(try ContestFile.load(SampleContest.text + String(repeating: "#", count: room), file: "t").revision == 1)
        let found = problems(of: SampleContest.text + String(repeating: "#", count: room + 1))
        #expect(found.map(\.line) == [1] && found.map(\.key) == [""])
        #expect(found.first?.message.en.contains("1 MiB") == true)
        // Chinese characters count as the three bytes that they are.
        #expect(problems(of: "# " + String(repeating: "字", count: 350_000)).map(\.line) == [1])
    }

    @Test("that multiplies itself by aliases is refused at once")
    func aliasesAsValues() {
        #expect(Self.timeToRefuse(Self.laughs(levels: 9) + SampleContest.text) < .seconds(15))
        let categories = SampleContest.text(line: 7, "categories: *a9")
        #expect(Self.timeToRefuse(Self.laughs(levels: 9) + categories) < .seconds(15))
    }

    @Test("that multiplies itself in a key is refused at once")
    func aliasesAsKeys() {
        // Every level more takes ten times as long; nine would take an hour.
        #expect(Self.timeToRefuse(Self.laughs(levels: 6) + "? *a6\n: 1\n" + SampleContest.text) < .seconds(15))
    }

    @Test("that nests deeply by aliases ends in an error, not in a crash")
    func deepAliases() async {
        await #expect(processExitsWith: .success) {
            let anchors = (1...20_000).map { "a\($0): &a\($0) [*a\($0 - 1)]" }.joined(separator: "\n")
            #expect(!problems(of: "a0: &a0 [x]\n\(anchors)\n? *a20000\n: 1\n").isEmpty)
        }
    }

    @Test("that nests deeply is refused at once", arguments: ["[", "{a: ", "- ", "? "])
    func deepNesting(opening: String) {
        #expect(Self.timeToRefuse(String(repeating: opening, count: 100_000)) < .seconds(15))
        #expect(
            Self.timeToRefuse(SampleContest.text + "x: " + String(repeating: opening, count: 100_000)) < .seconds(15))
    }

    @Test("with very many categories is loaded in reasonable time")
    func manyItems() throws {
        let categories = (0..<20_000).map { String($0, radix: 36) }.joined(separator: ",")
        let time = ContinuousClock().measure {
            _ = try? ContestFile.load(SampleContest.text(line: 7, "categories: [\(categories)]"), file: "t")
        }
        #expect(time < .seconds(15))
    }

    @Test("with a very long key is refused in reasonable time")
    func longKey() {
        let text = SampleContest.text + "? " + String(repeating: "b", count: 100_000) + "\n: 1\n"
        #expect(Self.timeToRefuse(text) < .seconds(15))
    }
}
