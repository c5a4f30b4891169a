import MediaFacts
import Testing

@testable import ContestRules

@Suite("A quota")
struct QuotaTests {
    /// What is said of one group.
    struct Case: Sendable, CustomTestStringConvertible {
        var sent: Int
        var standing: Int
        var said: String?
        var testDescription: String { "\(standing) of \(sent)" }
    }

    private static let quota = Quota(
        id: "per-region", grouping: .region, least: 2, most: 4, groups: ["雁塔区"], clause: "各区2至4件")

    @Test(
        "counts all that was sent against the upper limit, and what stands against the lower one",
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

    @Test("names a listed group that sent nothing, and in the order of their names")
    func absent() {
        let counts = ["碑林区": Quota.Count(sent: 5, standing: 5), "未央区": Quota.Count(sent: 3, standing: 3)]
        #expect(Self.quota.breaches(counts).map(\.group) == ["碑林区", "雁塔区"])
    }

    @Test("says what to do in figures")
    func message() {
        let many = Self.quota.breaches(["雁塔区": Quota.Count(sent: 7, standing: 1)])
        #expect(many.map(\.message.zh) == ["雁塔区报送 7 件，最多 4 件，超出 3 件。"])
        let few = Self.quota.breaches(["雁塔区": Quota.Count(sent: 3, standing: 1)])
        #expect(few.map(\.message.zh) == ["雁塔区有效作品 1 件（报送 3 件），至少 2 件，还差 1 件。"])
    }
}
