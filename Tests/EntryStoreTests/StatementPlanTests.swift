import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

/// The plans that SQLite makes for the statements of the store. Plans depend on the schema alone, because the database
/// has no statistics; a small database therefore has the same plans as one with 100,000 entries.
@Suite("Query plans of `EntryStore`")
struct StatementPlanTests {
    private let test: StoreInMemory
    private var store: EntryStore { test.store }

    init() throws { test = try StoreInMemory() }

    @Test("No list query with up to two filters scans a table or sorts")
    func lists() async throws {
        let values: [@Sendable (inout EntryQuery) -> Void] = [
            { $0.contest = "a" }, { $0.verdict = .compliant }, { $0.standing = .open }, { $0.category = "a" },
            { $0.region = "a" }, { $0.day = "a" }, { $0.owner = "a" }, { $0.text = "诚信" }, { $0.text = "信" },
        ]
        var queries = [EntryQuery(), EntryQuery(cursor: PageCursor(number: 9).text)]
        for first in values {
            for second in values {
                var query = EntryQuery()
                first(&query)
                second(&query)
                queries.append(query)
                query.cursor = PageCursor(number: 9).text
                queries.append(query)
            }
        }
        let asked = queries
        try await expectNoScan { for query in asked { _ = try await store.entries(query) } }
    }

    @Test("No statement that reads or changes an entry, its reports, checks or uploads scans a table or sorts")
    func everythingElse() async throws {
        let first = try await store.arrive("1", ["title": "守信", "phone": "138"], [1])
        let media = try #require(first.media)
        let request = IdempotentRequest(principal: "p", key: "k", content: [1])
        try await expectNoScan {
            try await store.arrive("2", ["title": "守信"], [1], from: "/a")
            try await store.arrive("3", ["title": "守信"], [1], from: "/a")
            try await store.arrive("4", ["title": "守诺"], [2], from: "/a")
            try await store.sign("1")
            try await store.correct("1", ["title": "守诺"])
            try await store.replace("2", [3])
            let report = try Report.sample(of: media)
            _ = try await store.add(report, toEntry: "1")
            _ = try await store.entry("1")
            _ = try await store.entry(from: "/a", inContest: "sample")
            _ = try await store.report(report.id, ofEntry: "1")
            _ = try await store.reports(of: "1", limit: 1, cursor: nil)
            _ = try await store.reports(of: "1", limit: 1, cursor: PageCursor(number: 2).text)
            _ = try await store.stills(ofReport: report.id)
            _ = try await store.still("a", ofReport: report.id)
            _ = try await store.check(report.id, ofEntry: "1")
            _ = try await store.nextCheck(beyond: ["a"])
            try await store.setAttempts(1, ofCheck: report.id)
            _ = try await store.entriesAwaitingReport(beyond: ["a"])
            _ = try await store.isDeleted("1")
            _ = try await store.answer(to: request)
            let upload = ResumableUpload(
                id: "u", contest: "sample", fields: [:], filename: nil, metadata: nil, length: 0, expires: .sample)
            try await store.add(upload, request: request)
            _ = try await store.upload("u")
            _ = try await store.uploadsWithoutEntry()
            _ = try await store.storeCounts()
            _ = try await store.storageState()
            _ = try await store.uploads(expiredAt: .sample)
            _ = try await store.delete(upload: "u")
            try await store.tidy(at: .sample)
            #expect(try await store.delete("1"))
        }
    }

    @Test("No statement of webhooks scans a table or sorts, with targets and without")
    func webhooks() async throws {
        for number in 0...2 {
            if number > 0 { try store.addTarget("wh_\(number)") }
            try await expectNoScan {
                try await store.arrive("\(number)", ["title": "守信"], [UInt8(number)])
                let due = try await store.dueDeliveries(at: .sample, most: 4, beyond: ["msg_1"]).due
                #expect(due.count == [0, 2, 6][number])
                let results = due.map { due in
                    WebhookResult(
                        delivery: due.delivery.id, state: .dead, attempts: 1, dueMilliseconds: 0, status: 410,
                        failure: .gone)
                }
                if number == 2 { try await store.record(results, at: .sample) }
                try await store.tidy(at: .sample)
                #expect(try await store.delete("\(number)"))
            }
        }
    }

    /// Runs `work`, and asks SQLite for the plan of every statement that it executed.
    private func expectNoScan(_ work: () async throws -> Void) async throws {
        let trace = try SecondPath.trace(store)
        try await work()
        let statements = try trace.end()
        #expect(!statements.isEmpty)
        for statement in statements {
            let plan = try SecondPath.run("EXPLAIN QUERY PLAN \(statement)", onWriterOf: store)
                .map { String($0.split(separator: "|", maxSplits: 3).last ?? "") }
            for step in plan where step.hasPrefix("SCAN") || step.contains("TEMP B-TREE") {
                #expect(Self.isAllowed(step), "\(step)\n\(statement.prefix(400))")
            }
        }
    }

    /// Whether a `SCAN` step costs little: SQLite calls a match of the full-text table a scan, the partial index
    /// `entry_awaiting` holds only the wanted rows, a constant row is no table, and a subquery has its own steps.
    private static func isAllowed(_ step: String) -> Bool {
        step.contains(/^SCAN entryText VIRTUAL TABLE INDEX [0-9]+:[=M<>]/) || step == "SCAN CONSTANT ROW"
            || step.contains(/^SCAN entry USING (COVERING )?INDEX entry_awaiting$/) || step.hasPrefix("SCAN (subquery")
    }
}
