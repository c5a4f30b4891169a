import ContestRules
import EntryIntake
import TestSupport
import Testing

@testable import EntryStore

@Suite("Pages of `EntryStore.entries(_:)`")
struct EntryListTests {
    private static let contests = ["sample", "other", "third"]
    private static let verdicts: [Verdict?] = [.compliant, .nonCompliant, nil, .needsReview]

    @Test("`entries(_:)` gives all 450 entries, newest first, for every page size", arguments: [1, 7, 50, 150, 200])
    func paging(limit: Int) async throws {
        let (test, all) = try await filled()
        var (query, seen, pages) = (EntryQuery(limit: limit), [EntrySummary](), 0)
        repeat {
            let page = try await test.store.entries(query)
            #expect(page.entries.count == min(limit, all.count - seen.count))
            seen += page.entries
            pages += 1
            try #require(pages <= all.count)
            query.cursor = page.nextCursor
        } while query.cursor != nil
        #expect(seen == all)
        #expect(pages == (450 + limit - 1) / limit, "no empty page at the end")
    }

    @Test(
        "`entries(_:)` gives exactly the entries of the contest and verdict of the query",
        arguments: [nil, "sample", "other", "third", "none"])
    func filters(contest: String?) async throws {
        let (test, all) = try await filled()
        for verdict in [nil] + Verdict.allCases {
            let expected = all.filter {
                (contest == nil || $0.contest == contest) && (verdict == nil || $0.verdict == verdict)
            }
            for limit in [1, 20, 200] {
                let query = EntryQuery(contest: contest, verdict: verdict, limit: limit)
                #expect(try await test.store.list(query) == expected)
            }
        }
    }

    @Test("The last page of `entries(_:)` has no cursor", arguments: [0, 1, 49, 50])
    func lastPage(count: Int) async throws {
        let test = try StoreInMemory()
        for number in 0..<count { try await test.store.submit(nil, id: "\(number)") }
        let page = try await test.store.entries(EntryQuery(limit: 50))
        #expect(page.entries.count == count)
        #expect(page.nextCursor == nil)
    }

    @Test("Entries that are added or deleted while a list is read do not shift its next page")
    func steadiness() async throws {
        let test = try StoreInMemory()
        for number in 0..<10 { try await test.store.submit(nil, id: "\(number)") }
        let first = try await test.store.entries(EntryQuery(limit: 4))
        #expect(first.entries.map(\.id) == ["9", "8", "7", "6"])
        for id in ["new", "newer"] { try await test.store.submit(nil, id: id) }
        for id in ["6", "5", "8"] { #expect(try await test.store.delete(id)) }
        let second = try await test.store.entries(EntryQuery(limit: 4, cursor: first.nextCursor))
        #expect(second.entries.map(\.id) == ["4", "3", "2", "1"])
    }

    @Test("`entries(_:)` gives the order of arrival even when the clock ran backwards")
    func clock() async throws {
        let test = try StoreInMemory()
        for (id, milliseconds) in [("a", 3000), ("b", 1000), ("c", 2000)] as [(String, Int64)] {
            let moment = Moment(milliseconds: milliseconds, text: "at \(milliseconds)")
            let entry = Entry(id: id, createdAt: moment.text, contest: "sample", fields: [:])
            try await test.store.add(entry, at: moment, taking: nil as StagedMedia?)
        }
        #expect(try await test.store.list().map(\.id) == ["c", "b", "a"])
        #expect(try await test.store.list().map(\.createdAt) == ["at 2000", "at 1000", "at 3000"])
    }

    /// A store of 450 entries, and the expected lines of its list.
    private func filled() async throws -> (StoreInMemory, [EntrySummary]) {
        let test = try StoreInMemory()
        var lines: [EntrySummary] = []
        for number in 0..<450 {
            let contest = Self.contests[number % Self.contests.count]
            let verdict = Self.verdicts[number % Self.verdicts.count]
            let media = verdict.map { _ in MediaReference(filename: "\(number).mp4", bytes: 1, sha256: sha256([1])) }
            let report = try verdict.flatMap { verdict in
                try media.map { try Report.sample(of: $0, contest: contest, verdict: verdict) }
            }
            let entry = Entry(
                id: "\(number)", createdAt: Moment.sample.text, contest: contest, fields: ["phone": "139"],
                media: media, report: report)
            try await test.store.add(entry, taking: nil)
            lines.append(
                EntrySummary(
                    id: entry.id, createdAt: entry.createdAt, contest: contest, media: media, verdict: verdict,
                    standing: entry.standing))
        }
        return (test, lines.reversed())
    }
}
