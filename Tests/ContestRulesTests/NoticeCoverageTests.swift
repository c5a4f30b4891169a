import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("Coverage of published notices")
struct NoticeCoverageTests {
    private static let coverage = NoticeCoverage.all

    @Test("The table has 347 clauses of 41 sources, each with exactly one answer")
    func table() throws {
        let coverage = try NoticeCoverage.read()
        #expect(coverage.clauses.count == 347)
        #expect(coverage.notices.count == 41)
    }

    @Test("The share of clauses stated without a person is printed, and is what it was measured to be")
    func figures() {
        print(Self.coverage.report)
        #expect(Self.coverage.stated() == Share(part: 267, whole: 347))
        #expect(Self.coverage.stated(.chineseNotice) == Share(part: 124, whole: 170))
        #expect(Self.coverage.stated(.chineseStandard) == Share(part: 40, whole: 61))
        #expect(Self.coverage.stated(.contest) == Share(part: 44, whole: 55))
        #expect(Self.coverage.stated(.platform) == Share(part: 59, whole: 61))
        #expect(Self.coverage.whole.count == 11)
        #expect(Self.coverage.wholeButForReading.count == 24)
    }

    @Test("The loader accepts the snippet of a clause", arguments: coverage.clauses.filter { $0.snippet != nil })
    func loads(clause: NoticeClause) throws {
        let snippet = try #require(clause.snippet)
        let text = snippet.contestText(clause: clause.text)
        do {
            let contest = try ContestFile.load(text, file: "\(clause.source).yaml")
            let quoting = contest.rules.filter { $0.clause == clause.text }
            #expect(quoting.count == max(snippet.rules.count, 1))
        } catch {
            Issue.record("\(error.lines(.english).joined(separator: "\n"))")
        }
    }

    @Test(
        "The table quotes every clause of the notices in their order",
        .enabled(
            if: NoticeClausesFile.path != nil, "skipped: CLIPCHECK_NOTICES does not name the file of clauses"))
    func quotes() throws {
        let sources = try NoticeClausesFile.sources()
        #expect(Set(sources.map(\.id)) == Set(Self.coverage.notices.keys))
        for source in sources {
            let rows = Self.coverage.clauses.filter { $0.source == source.id }
            #expect(rows.map(\.text) == source.clauses.map(\.text), "\(source.id)")
            #expect(rows.allSatisfy { $0.group.rawValue == source.group }, "\(source.id)")
            #expect(Self.coverage.notices[source.id] == source.notice)
        }
    }

    @Test("A rule of a notice's file quotes a clause of the table", arguments: NoticeFile.ids)
    func filesQuote(id: String) throws {
        let clauses = Set(Self.coverage.clauses.filter { $0.source == id }.map(\.text))
        #expect(!clauses.isEmpty)
        let contest = try NoticeFile.contest(id)
        for rule in contest.rules where rule.clause != GeneralRules.clause {
            #expect(clauses.contains(rule.clause), "\(id) \(rule.id)")
        }
        #expect(contest.source.document == Self.coverage.notices[id])
    }
}
