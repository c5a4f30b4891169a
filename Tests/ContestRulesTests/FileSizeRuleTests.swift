import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("file-size")
struct FileSizeRuleTests {
    private let rule = FileSizeRule(smallest: 1_000_000, largest: 200_000_000)

    @Test(
        "`FileSizeRule` passes both limits",
        arguments: [
            (0, .fail, "too-small"), (999_999, .fail, "too-small"), (1_000_000, .pass, nil), (1_000_001, .pass, nil),
            (199_999_999, .pass, nil), (200_000_000, .pass, nil), (200_000_001, .fail, "too-large"),
            (.max, .fail, "too-large"),
        ] as [(Int64, Finding.Outcome, String?)])
    func limits(bytes: Int64, outcome: Finding.Outcome, reason: String?) {
        let judgement = rule.judge(.sample(bytes: bytes))
        judgement.expect(outcome, reason)
        #expect(judgement.measured == "\(bytes) B")
        #expect(judgement.required == "1 MB–200 MB")
    }

    @Test("A rule with one limit leaves the other side open")
    func oneLimit() {
        let atMost = FileSizeRule(smallest: nil, largest: 1000)
        #expect(atMost.judge(.sample(bytes: 0)).outcome == .pass)
        atMost.judge(.sample(bytes: 1001)).expect(
            .fail, "too-large", zh: ["1001 字节", "不超过 1 kB"], en: ["1001 bytes", "at most 1 kB"])
        let atLeast = FileSizeRule(smallest: 1000, largest: nil)
        #expect(atLeast.judge(.sample(bytes: .max)).outcome == .pass)
        atLeast.judge(.sample(bytes: 999)).expect(
            .fail, "too-small", zh: ["999 字节", "不少于 1 kB"], en: ["999 bytes", "at least 1 kB"])
    }

    @Test("A fail names the size, the limits and the advice")
    func messages() {
        rule.judge(.sample(bytes: 223_039_300)).expect(
            .fail, "too-large", zh: ["223.04 MB", "223039300", "1 MB至 200 MB", "请降低码率"],
            en: ["223.04 MB", "223039300", "1 MB to 200 MB", "lower bit rate"])
        rule.judge(.sample(bytes: 500_000)).expect(
            .fail, "too-small", zh: ["500 kB", "1 MB至 200 MB", "更高画质"],
            en: ["500 kB", "1 MB to 200 MB", "higher quality"])
    }

    @Test("A limit is written in bytes where rounding would hide it")
    func exactLimit() {
        // 2 GiB and a file half a million bytes larger both round to 2.15 GB.
        let rule = FileSizeRule(smallest: nil, largest: 2_147_483_648)
        rule.judge(.sample(bytes: 2_148_000_000)).expect(
            .fail, "too-large", zh: ["2148000000", "2147483648"], en: ["2148000000", "2147483648"])
    }

    @Test("A file of sound is judged")
    func soundOnly() {
        #expect(rule.judge(.soundOnly).outcome == .pass)
    }

    @Test("An encouraged `FileSizeRule` gives an advisory instead of a fail")
    func encouraged() {
        #expect(rule.finding(.sample(bytes: 1), .encouraged).outcome == .advisory)
    }
}
