internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import GRDB
internal import MediaFacts

/// One row of `report`: the report as JSON, and the columns of an entry's history.
struct ReportRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "report"

    var id: String
    var entry: Int64
    var createdAt: String
    var contest: String
    var contestRevision: Int
    var contestDigest: String
    var verdict: String
    var schema: String
    var document: Report  // JSON text

    init(_ report: Report, entry: Int64) {
        id = report.id
        self.entry = entry
        createdAt = report.createdAt
        contest = report.contest.id
        contestRevision = report.contest.revision
        contestDigest = report.contest.digest
        verdict = report.verdict.rawValue
        schema = Report.schema
        document = report
    }

    static func databaseJSONEncoder(for column: String) -> JSONEncoder { WireJSON.encoder() }
}

/// One row of `report` without the document: the columns of an entry's history.
struct ReportLine: Codable, FetchableRecord, TableRecord {
    static let databaseTableName = "report"
    static var databaseSelection: [any SQLSelectable] {
        ["number", "id", "createdAt", "verdict", "contest", "contestRevision", "contestDigest"].map { Column($0) }
    }

    var number: Int64
    var id: String
    var createdAt: String
    var verdict: String
    var contest: String
    var contestRevision: Int
    var contestDigest: String

    /// One page of an entry's history, newest first.
    static func page(ofEntry entry: Int64, limit: Int, before: Int64?, in db: Database) throws -> ReportPage {
        var request = filter(Column("entry") == entry).order(Column("number").desc).limit(limit + 1)
        if let before { request = request.filter(Column("number") < before) }
        let rows = try request.fetchAll(db)
        let page = rows.prefix(limit)
        let next = rows.count > limit ? page.last.map { PageCursor(number: $0.number).text } : nil
        return ReportPage(reports: page.compactMap(\.summary), nextCursor: next)
    }

    private var summary: ReportSummary? {
        Verdict(rawValue: verdict).map { verdict in
            ReportSummary(
                id: id, createdAt: createdAt, verdict: verdict,
                contest: ContestReference(id: contest, revision: contestRevision, digest: contestDigest))
        }
    }
}

extension ReportRow {
    /// Inserts a report with its stills, and supersedes the content check of an older report of the entry. A pending
    /// report gets a content check; a report that is not pending removes the stills of all older reports of the entry.
    static func keep(_ report: Report, showing stills: [Still], entry number: Int64, in db: Database) throws {
        try ReportRow(report, entry: number).insert(db)
        for still in stills { try StillRow(still, report: report.id).insert(db, onConflict: .ignore) }
        try CheckRow.supersede(ofEntry: number, but: report.id, in: db)
        try db.execute(
            sql: "UPDATE entry SET pendingCheck = ? WHERE number = ?",
            arguments: [report.isPending ? report.id : nil, number])
        guard report.isPending else { return try StillRow.delete(ofEntry: number, but: report.id, in: db) }
        try CheckRow(
            id: report.id, entry: number, createdAt: report.createdAt, state: ContentCheck.State.waiting.rawValue,
            attempts: 0
        ).insert(db)
    }
}
