import MediaFacts
import Testing

@testable import ContestRules

@Suite("A quota")
struct QuotaTests {
    /// The message about one group.
    struct Case: Sendable, CustomTestStringConvertible {
        var sent: Int
        var standing: Int
        var said: String?
        var testDescription: String { "\(standing) of \(sent)" }
    }

    private static let quota = Quota(
        id: "per-region", grouping: .region, least: 2, most: 4, groups: ["雁塔区"], clause: "各区2至4件")

    @Test(
        "`Quota` counts every work against the upper limit, and only works that stand against the lower one",
        arguments: [
            Case(sent: 2, standing: 2), Case(sent: 4, standing: 4), Case(sent: 4, standing: 2),
            Case(sent: 5, standing: 0, said: "≤ 4: 5"), Case(sent: 5, standing: 5, said: "≤ 4: 5"),
            Case(sent: 4, standing: 1, said: "≥ 2: 1"), Case(sent: 0, standing: 0, said: "≥ 2: 0"),
        ])
    func limits(each: Case) {
        let breaches = Self.quota.breaches(["雁塔区": Quota.Count(sent: each.sent, standing: each.standing)])
        #expect(breaches.map { "\($0.required): \($0.measured)" } == [each.said].compactMap(\.self))
        for breach in breaches {
            #expect(breach.group == "雁塔区" && breach.quota == "per-region" && breach.clause == "各区2至4件")
            #expect(breach.message.zh.hasPrefix("雁塔区") && breach.message.en.hasPrefix("雁塔区"))
        }
    }

    @Test("`Quota` names a listed group that sent nothing, and orders groups by their names")
    func absent() {
        let counts = ["碑林区": Quota.Count(sent: 5, standing: 5), "未央区": Quota.Count(sent: 3, standing: 3)]
        #expect(Self.quota.breaches(counts).map(\.group) == ["碑林区", "雁塔区"])
    }

    @Test("`Quota` shows the name of a group as it is told to, and counts by the full name")
    func shown() {
        let quota = Quota(id: "per-entrant", grouping: .entrant, most: 1, clause: "每人限报1件")
        let breaches = quota.breaches(
            ["张三": Quota.Count(sent: 2, standing: 2), "张四": Quota.Count(sent: 3, standing: 0)]
        ) { "\($0.prefix(1))**" }
        #expect(breaches.map(\.key) == ["张三", "张四"] && breaches.map(\.group) == ["张**", "张**"])
        #expect(breaches.map(\.message.zh) == ["张**报送 2 件，最多 1 件，超出 1 件。", "张**报送 3 件，最多 1 件，超出 2 件。"])
        #expect(!breaches.contains { "\($0.message)".contains(/张[三四]/) })
    }

    @Test("The message of a broken quota has the number, the limit and the difference")
    func message() {
        let many = Self.quota.breaches(["雁塔区": Quota.Count(sent: 7, standing: 1)])
        #expect(many.map(\.message.zh) == ["雁塔区报送 7 件，最多 4 件，超出 3 件。"])
        let few = Self.quota.breaches(["雁塔区": Quota.Count(sent: 3, standing: 1)])
        #expect(few.map(\.message.zh) == ["雁塔区有效作品 1 件（报送 3 件），至少 2 件，还差 1 件。"])
    }
}
