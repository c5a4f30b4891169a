import MediaFacts
import Testing

@testable import ContestRules

@Suite("The quotas in a contest file")
struct QuotaFileTests {
    private static let whole = "id: a, by: region, clause: 每区不超过5件"

    /// Quotas that begin on line 34; each on a line of its own from line 35 on.
    private static func text(_ quotas: String...) -> String {
        SampleContest.text + "quotas:\n" + quotas.map { "  - {\($0)}\n" }.joined()
    }

    private static func mistake(_ quota: String, _ key: String, _ fragment: String) -> Mistake {
        Mistake(quota, text(quota), (35, key.isEmpty ? "quotas[0]" : "quotas[0].\(key)", fragment))
    }

    @Test("The quotas are read with their limits, groups and clause")
    func read() throws {
        let contest = try ContestFile.load(
            Self.text(
                "id: per-region, by: region, min: 2, max: 5, groups: [雁塔区, \" 碑林区 \"], clause: 各区2至5件",
                "id: per-category, by: category, max: 300, clause: 每类不超过300件"), file: "test.yaml")
        #expect(
            contest.quotas == [
                Quota(
                    id: "per-region", grouping: .region, least: 2, most: 5, groups: ["雁塔区", "碑林区"], clause: "各区2至5件"),
                Quota(id: "per-category", grouping: .category, most: 300, clause: "每类不超过300件"),
            ])
    }

    @Test(
        "A quota of schema 2 may count by unit or entrant",
        arguments: [("unit", Quota.Grouping.unit), ("entrant", .entrant)])
    func laterGroupings(name: String, grouping: Quota.Grouping) throws {
        let text = Self.text("id: a, by: \(name), max: 3, clause: 每人限报3件")
        let contest = try ContestFile.load(
            text.replacing("clipcheck.contest/1", with: "clipcheck.contest/2"), file: "test.yaml")
        #expect(contest.quotas == [Quota(id: "a", grouping: grouping, most: 3, clause: "每人限报3件")])
        #expect(String(decoding: try WireJSON.data(contest), as: UTF8.self).contains("\"by\":\"\(name)\""))
        Mistake(
            name, text, (35, "quotas[0].by", "is not region or category; schema: clipcheck.contest/2 accepts it")
        ).check()
        Mistake(
            "school", text.replacing("by: \(name)", with: "by: school").replacing("contest/1", with: "contest/2"),
            (35, "quotas[0].by", "\"school\" is not region, category, unit or entrant")
        ).check()
    }

    @Test("The quotas are part of the digest")
    func digest() throws {
        func digest(_ text: String) throws -> String { try ContestFile.load(text, file: "test.yaml").digest }
        let plain = try digest(SampleContest.text)
        let five = try digest(Self.text("\(Self.whole), max: 5"))
        #expect(five != plain)
        #expect(try digest(Self.text("\(Self.whole), max: 6")) != five)
        #expect(try digest(Self.text("\(Self.whole), max: 5, groups: [雁塔区]")) != five)
    }

    @Test(
        "A mistake in a quota is told by line and key",
        arguments: [
            mistake("by: region, max: 5, clause: 原文", "id", "missing"),
            mistake("id: A, by: region, max: 5, clause: 原文", "id", "hyphens"),
            mistake("id: a, max: 5, clause: 原文", "by", "missing"),
            mistake("id: a, by: school, max: 5, clause: 原文", "by", "region or category"),
            mistake("id: a, by: region, max: 5", "clause", "missing"),
            Mistake("no quota", SampleContest.text + "quotas: []\n", (34, "quotas", "at least one item")),
            mistake(whole, "", "min or max is missing"),
            mistake("\(whole), max: 0", "max", "above zero"), mistake("\(whole), max: -1", "max", "above zero"),
            mistake("\(whole), max: 1000000", "max", "above zero"), mistake("\(whole), max: 五", "max", "above zero"),
            mistake("\(whole), max: ٥", "max", "above zero"),
            mistake("\(whole), min: 6, max: 5, groups: [雁塔区]", "min", "min is above max"),
            mistake("\(whole), min: 1", "min", "a lower limit needs groups"),
            mistake("\(whole), max: 5, groups: [雁塔区, \" \"]", "groups[1]", "the name of a group"),
            mistake("\(whole), maximum: 5, max: 5", "maximum", "unknown key"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("Two quotas of one id are refused")
    func twice() {
        Mistake("twice", Self.text("\(Self.whole), max: 5", "\(Self.whole), max: 6"), (36, "quotas[1].id", "twice"))
            .check()
    }
}
