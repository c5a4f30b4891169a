import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("Contest files of published notices")
struct NoticeFileTests {
    /// One sample of a notice.
    struct Sample: Sendable, CustomTestStringConvertible {
        let id: String
        let number: Int
        let sample: NoticeTable.Sample
        var testDescription: String { "\(id) sample \(number): \(sample.expected)" }
    }

    static let samples: [Sample] = (NoticeTable.all?.notices ?? [:]).sorted { $0.key < $1.key }.flatMap { id, cases in
        cases.samples.enumerated().map { Sample(id: id, number: $0 + 1, sample: $1) }
    }

    @Test("The folder holds 20 notices, and the table has cases of each, one of which is not refused")
    func table() throws {
        let table = try #require(NoticeTable.all)
        #expect(NoticeFile.ids.count == 20)
        #expect(table.notices.keys.sorted() == NoticeFile.ids)
        for id in NoticeFile.ids { #expect(try NoticeFile.contest(id).id == "notice-\(id.lowercased())") }
        for (id, cases) in table.notices {
            #expect(cases.samples.contains { $0.expected.verdict != .nonCompliant }, "\(id)")
            #expect(cases.clips.count >= 2, "\(id)")
            #expect(cases.clips.allSatisfy { table.clips[$0.name] != nil }, "\(id)")
        }
    }

    @Test("A measured rule of a notice fails, or advises, on one of the notice's samples", arguments: NoticeFile.ids)
    func everyRule(id: String) throws {
        let cases = try #require(NoticeTable.all?.notices[id])
        let hit = Set(cases.samples.flatMap(\.expected.rules.values).joined())
        let rules = try NoticeFile.contest(id).rules.filter { rule in
            if case .measured = rule.kind { rule.clause != GeneralRules.clause } else { false }
        }.map(\.id)
        #expect(Set(rules).subtracting(hit).subtracting(Self.unhit[id] ?? []).isEmpty)
    }

    /// Rules without a sample: other tests show that the kinds fail.
    private static let unhit: [String: Set<String>] = ["E02": ["black", "freeze"]]

    @Test("The verdict on a sample, and the rules that do not pass, are those of the table", arguments: samples)
    func judgement(sample: Sample) throws {
        let expected = sample.sample.expected
        let contest = try NoticeFile.contest(sample.id)
        let found = NoticeJudgement(of: .facts(sample.sample.facts.facts), by: contest, category: expected.category)
        #expect(found == expected, "\(found)")
    }

    @Test("At least twelve notices leave nothing measurable to a person")
    func withoutBlockingPersons() throws {
        let ids = try NoticeFile.ids.filter { id in
            try NoticeFile.contest(id).rules.allSatisfy { rule in
                if case .person(let kind) = rule.kind { !kind.isBlocking } else { true }
            }
        }
        #expect(ids.count >= 12)
    }
}
