import MediaFacts
import Testing

@testable import ContestRules

/// Files that would cost a careless reader much time or memory.
@Suite("Hostile contest files")
struct ContestFileLimitTests {
    /// Ten aliases in each line, so each line stands for ten times the text of the line before.
    private static func laughs(levels: Int) -> String {
        let anchors = (1...levels).map { level in
            "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]"
        }
        return "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + anchors.joined(separator: "\n") + "\n"
    }

    /// The time in which `ContestFile` refuses `text`.
    private static func timeToRefuse(_ text: String) -> Duration {
        ContinuousClock().measure { #expect(!problems(of: text).isEmpty) }
    }

    @Test("`ContestFile` reads a file of 1 MiB and refuses one byte more")
    func largest() throws {
        let room = ContestFile.largestFile - SampleContest.text.utf8.count
        #expect(try ContestFile.load(SampleContest.text + String(repeating: "#", count: room), file: "t").revision == 1)
        let found = problems(of: SampleContest.text + String(repeating: "#", count: room + 1))
        #expect(found.map(\.line) == [1] && found.map(\.key) == [""])
        #expect(found.first?.message.en.contains("1 MiB") == true)
        // A Chinese character counts as its three bytes.
        #expect(problems(of: "# " + String(repeating: "字", count: 350_000)).map(\.line) == [1])
    }

    @Test("`ContestFile` refuses aliases that multiply a value")
    func aliasesAsValues() {
        #expect(Self.timeToRefuse(Self.laughs(levels: 9) + SampleContest.text) < .seconds(15))
        let categories = SampleContest.text(line: 7, "categories: *a9")
        #expect(Self.timeToRefuse(Self.laughs(levels: 9) + categories) < .seconds(15))
    }

    @Test("`ContestFile` refuses aliases that multiply a key")
    func aliasesAsKeys() {
        // A reader that hashes the key takes ten times as long for each level.
        #expect(Self.timeToRefuse(Self.laughs(levels: 6) + "? *a6\n: 1\n" + SampleContest.text) < .seconds(15))
    }

    private static let bomb = laughs(levels: 8) + "? *a8\n: 1\n"

    /// The bombs follow a quoted text that a scanner of its own takes for an open one, or hide where it sees no node.
    @Test(
        "`ContestFile` refuses the first anchor or alias, whatever quoted text stands before it",
        arguments: [
            ("note: 'a\\'\n" + bomb, 2, 5), ("note: \"a\\\"'\"\n" + bomb, 2, 5), ("note: 'a''b\\'\n" + bomb, 2, 5),
            ("note: '\n" + "  &x *x'\n" + bomb, 3, 5), ("{\"a\":*x}", 1, 6), ("{'a':*x}", 1, 6), ("{\"a\":&x b}", 1, 6),
            ("x: [\"a\",*x]", 1, 9), ("x: [&x a]", 1, 5), ("? *x\n: 1", 1, 3), ("? &x a\n: 1", 1, 3), ("*x : 1", 1, 1),
            ("&x a: 1", 1, 1), ("&x", 1, 1), ("- &x [a]", 1, 3), ("x: &x {a: b}", 1, 4), ("x: !!str &x a", 1, 4),
            ("x: *", 1, 4), ("x: &", 1, 4), ("x: *号", 1, 4), ("x: |\n  &a *b\ny: *x", 3, 4), ("x: a # *x\ny: *x", 2, 4),
        ])
    func firstAlias(text: String, line: Int, column: Int) {
        let found = problems(of: text)
        #expect(found.map(\.line) == [line] && found.map(\.column) == [column])
        #expect(found.first?.message.en.contains("aliases (*name) are not supported: write the value out") == true)
        #expect(found.first?.message.zh.contains("请把内容完整写出") == true)
    }

    @Test(
        "`ContestFile` reads asterisks and ampersands within text",
        arguments: ["1920*1080", "R&D", "a *b &c", "'*a'", "\"&a\"", "'a\\' # *x", "a&", "a*"])
    func textWithAsterisk(clause: String) throws {
        _ = try ContestFile.load(SampleContest.text(line: 20, "    clause: \(clause)"), file: "t")
    }

    @Test("`ContestFile` reads lists nested 64 deep and refuses 65", arguments: [(63, false), (64, true)])
    func depth(lists: Int, isTooDeep: Bool) {
        // The root mapping is the first level.
        let text = "x: " + String(repeating: "[", count: lists) + String(repeating: "]", count: lists)
        let found = problems(of: text)
        #expect((found.first?.message.en.contains("nested more than 64 deep") == true) == isTooDeep)
        #expect(!isTooDeep || found.map(\.column) == [4 + 64 - 1])
    }

    /// Stream, document and mapping have six events around the key, the list and its items.
    @Test(
        "`ContestFile` reads a file of 100,000 events and refuses one more",
        arguments: [(100_000, false), (100_001, true)])
    func events(count: Int, isRefused: Bool) {
        let items = (0..<(count - 9)).map { String($0, radix: 36) }.joined(separator: ",")
        let found = problems(of: "x: [\(items)]")
        #expect((found.first?.message.en.contains("more than 100000 keys, values and brackets") == true) == isRefused)
        #expect((found.first?.message.zh.contains("超过 100000 个键、值和括号") == true) == isRefused)
    }

    @Test("`ContestFile` names the place at which the CPU time of the budget is used up")
    func time() {
        /// A clock that advances by one second at each look.
        final class StepClock: ReadingClock {
            private var looks = 0
            var now: Duration {
                looks += 1
                return .seconds(looks)
            }
        }
        let items = (0..<3 * ReadingMeter.eventsPerLook).map { String($0, radix: 36) }.joined(separator: "\n- ")
        let budget = ReadingBudget(bytes: 1 << 20, events: 100_000, time: .seconds(2))
        let error = #expect(throws: ContestFileError.self) {
            try ContestFile.load("- \(items)", file: "t", meter: ReadingMeter(budget, clock: StepClock()))
        }
        // One look at the bytes, one at event 1024, one at event 2048: three events stand before the first item.
        #expect(error?.problems.map(\.line) == [2048 - 3])
        #expect(error?.problems.first?.message.en.contains("more than 2 s of processor time") == true)
        #expect(error?.problems.first?.message.zh.contains("处理器时间超过 2 秒") == true)
    }

    @Test("`ContestFile` gives a file 1 MiB, 100,000 events and 5 s of CPU time")
    func limits() {
        let budget = ReadingBudget(bytes: 1_048_576, events: 100_000, time: .seconds(5))
        #expect(ContestFile.budget == budget)
    }

    @Test("`ContestFile` refuses 20,000 nested aliases without a crash")
    func deepAliases() async {
        await #expect(processExitsWith: .success) {
            let anchors = (1...20_000).map { "a\($0): &a\($0) [*a\($0 - 1)]" }.joined(separator: "\n")
            #expect(!problems(of: "a0: &a0 [x]\n\(anchors)\n? *a20000\n: 1\n").isEmpty)
        }
    }

    @Test("`ContestFile` refuses 100,000 nested lists and mappings", arguments: ["[", "{a: ", "- ", "? "])
    func deepNesting(opening: String) {
        #expect(Self.timeToRefuse(String(repeating: opening, count: 100_000)) < .seconds(15))
        #expect(
            Self.timeToRefuse(SampleContest.text + "x: " + String(repeating: opening, count: 100_000)) < .seconds(15))
    }

    @Test("`ContestFile` loads 20,000 categories within 15 s")
    func manyItems() throws {
        let categories = (0..<20_000).map { String($0, radix: 36) }.joined(separator: ",")
        let time = ContinuousClock().measure {
            _ = try? ContestFile.load(SampleContest.text(line: 7, "categories: [\(categories)]"), file: "t")
        }
        #expect(time < .seconds(15))
    }

    @Test("`ContestFile` refuses a key of 100,000 characters within 15 s")
    func longKey() {
        let text = SampleContest.text + "? " + String(repeating: "b", count: 100_000) + "\n: 1\n"
        #expect(Self.timeToRefuse(text) < .seconds(15))
    }
}
