import ContestRules
import MediaFacts
import Testing

@testable import Reporting

@Suite("JoinedFindings")
struct JoinedFindingsTests {
    private static func finding(
        _ rule: String, _ outcome: Finding.Outcome = .undetermined, reason: String? = "cause", zh: String = "说明。",
        field: String? = nil
    ) -> Finding {
        var finding = Finding.of(outcome, rule: rule)
        (finding.reason, finding.message.zh, finding.field) = (reason, zh, field)
        return finding
    }

    private static func rules(_ findings: [Finding]) -> [[String]] {
        JoinedFindings.joining(findings).map { $0.findings.map(\.rule) }
    }

    @Test("Findings with one outcome, reason and message become one line, which stands where the first of them stood")
    func joined() {
        let findings = [Self.finding("a"), Self.finding("b", .fail), Self.finding("c"), Self.finding("d")]
        #expect(Self.rules(findings) == [["a", "c", "d"], ["b"]])
        #expect(JoinedFindings.joining(findings).map(\.isJoined) == [true, false])
        #expect(JoinedFindings.joining([]).isEmpty)
    }

    @Test(
        "Findings of other outcomes, reasons, messages or form fields, of one rule, or without a reason stay apart",
        arguments: [
            (finding("a"), finding("b", .pending)), (finding("a"), finding("b", reason: "other")),
            (finding("a"), finding("b", zh: "别的说明。")), (finding("a", reason: nil), finding("b", reason: nil)),
            (finding("a", .pass), finding("b", .pass)), (finding("a", field: "title"), finding("b", field: "title")),
            (finding("a"), finding("a")),
        ])
    func apart(one: Finding, other: Finding) {
        #expect(Self.rules([one, other]) == [[one.rule], [other.rule]])
    }

    @Test("Level, clause, limits and names do not keep findings apart")
    func together() {
        var other = Self.finding("b")
        (other.level, other.clause, other.required) = (.encouraged, "别的原文", "10 s")
        other.name = LocalizedText(zh: "黑屏", en: "Black")
        #expect(Self.rules([Self.finding("a"), other]) == [["a", "b"]])
    }

    @Test(
        "The text of a joined line has the number and the names of the rules",
        arguments: [
            (
                Finding.notDecoded, Finding.notDecodedMessage, "2 项须解码后才能检查：黑屏、静止",
                "2 checks need decoding: Black, Still"
            ),
            (
                Finding.notDecoded, Finding.notEveryFrameMessage, "2 项须逐帧解码后才能检查：黑屏、静止",
                "2 checks need every frame decoded: Black, Still"
            ),
            (Finding.noVideo, words, "2 项须有视频画面才能检查：黑屏、静止", "2 checks need a video picture: Black, Still"),
            (Finding.noAudio, words, "2 项须有声音才能检查：黑屏、静止", "2 checks need sound: Black, Still"),
            (
                Finding.beingDecoded, words, "2 项正在检查，完成后报告会更新：黑屏、静止",
                "2 checks are not finished; the report will be updated: Black, Still"
            ),
            (
                Report.givenUp, words, "2 项多次检查都未能完成，请人工查看：黑屏、静止",
                "2 checks were tried several times; have a person look: Black, Still"
            ),
            ("encrypted", words, "说明。（2 项：黑屏、静止）", "Words. (2 checks: Black, Still)"),
        ])
    func text(reason: String, message: LocalizedText, zh: String, en: String) {
        let lines = Self.lines(reason, message, count: 2)
        #expect(lines.count == 1)
        let names = RuleNames(lines.flatMap(\.findings))
        #expect(Words(.chinese).text(lines[0], names) == zh)
        #expect(Words(.english).text(lines[0], names) == en)
    }

    @Test(
        "The text of a single finding is its message; where nothing else names its rule, a general message gets the name",
        arguments: [
            (Finding.notDecoded, Finding.notDecodedMessage, "（黑屏）"), (Finding.noAudio, words, "（黑屏）"),
            ("encrypted", words, ""),
        ])
    func single(reason: String, message: LocalizedText, name: String) {
        let lines = Self.lines(reason, message, count: 1)
        let names = RuleNames(lines.flatMap(\.findings))
        #expect(Words(.chinese).text(lines[0], names) == message.zh)
        #expect(Words(.chinese).text(lines[0], names, isAlone: true) == message.zh + name)
    }

    @Test("A failed finding keeps its message, whatever its reason")
    func failed() {
        let findings = ["a", "b"].map { Self.finding($0, .fail, reason: Finding.noVideo) }
        #expect(Words(.chinese).text(JoinedFindings.joining(findings)[0], RuleNames()) == "说明。（2 项：a、b）")
    }

    @Test("`withQuotes` quotes no clause for a joined line, and one for consecutive lines of one rule")
    func quotes() {
        let findings = [
            Self.finding("a"), Self.finding("b"), Self.finding("form", .fail, reason: nil),
            Self.finding("form", .fail, reason: nil), Self.finding("c", .fail),
        ]
        #expect(JoinedFindings.joining(findings).withQuotes.map(\.quotes) == [false, false, true, true])
    }

    private static let words = LocalizedText(zh: "说明。", en: "Words.")

    private static func lines(_ reason: String, _ message: LocalizedText, count: Int) -> [JoinedFindings] {
        let titles = [("black", "黑屏", "Black"), ("freeze", "静止", "Still")].prefix(count)
        return JoinedFindings.joining(
            titles.map { id, zh, en in
                var finding = Self.finding(id, reason: reason)
                (finding.message, finding.name) = (message, LocalizedText(zh: zh, en: en))
                return finding
            })
    }
}
