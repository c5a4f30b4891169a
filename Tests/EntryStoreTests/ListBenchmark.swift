import ContestRules
import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryStore

/// Measures the CPU time of list queries at 100,000 entries and prints it. Run with
/// `CLIPCHECK_BENCH=1 swift test --filter ListBenchmark`.
@Suite(
    "CPU time of lists at 100,000 entries",
    .enabled(if: ProcessInfo.processInfo.environment["CLIPCHECK_BENCH"] != nil, "CLIPCHECK_BENCH is not set"))
struct ListBenchmark {
    private typealias Filter = (name: String, apply: @Sendable (inout EntryQuery) -> Void)

    /// Values of every filter: frequent ones, rare ones, and for most filters one that no entry has.
    private static let filters: [[Filter]] = [
        (["a", "c", "none"] as [String]).map { value in ("contest \(value)", { $0.contest = value }) },
        [("compliant", { $0.verdict = .compliant }), ("non-compliant", { $0.verdict = .nonCompliant })],
        [("accepted", { $0.standing = .accepted }), ("open", { $0.standing = .open })],
        (["剧情类", "动画类", "其他", "none"] as [String]).map { value in ("category \(value)", { $0.category = value }) },
        (["莲湖", "周至", "none"] as [String]).map { value in ("region \(value)", { $0.region = value }) },
        (["2024-03-05", "2030-01-01"] as [String]).map { value in ("day \(value)", { $0.day = value }) },
        (["o7", "none"] as [String]).map { value in ("owner \(value)", { $0.owner = value }) },
        (["信", "诚信", "诚信故事", "宝鸡", "没有", "t", "mp4"] as [String]).map { value in ("text \(value)", { $0.text = value })
        },
    ]

    @Test(
        "The first page and a middle page of every list with up to three filters take less than 5 ms of CPU in SQLite")
    func lists() async throws {
        let folder = try TemporaryFolder()
        try Self.fill(folder.url.path)
        // The trace of a store in memory gives the statement of a query; its cost is measured on the large database.
        let small = try StoreInMemory()
        var statements: [(filters: Int, name: String, statement: String)] = []
        for count in 0...3 {
            for (name, query) in Self.queries(count) {
                for cursor in [nil, PageCursor(number: 50_000).text] {
                    var query = query
                    query.cursor = cursor
                    let trace = try SecondPath.trace(small.store)
                    _ = try await small.store.entries(query)
                    let statement = try #require(try trace.end().last)
                    statements.append((count, name + (cursor == nil ? "" : ", middle"), statement))
                }
            }
        }
        var worst: [(milliseconds: Double, name: String)] = []
        try SecondPath.withConnection(toFolder: folder.url.path) { connection in
            for count in 0...3 {
                var costs: [(milliseconds: Double, name: String)] = []
                for line in statements where line.filters == count {
                    var rows = 0
                    let cost = try Self.cost { rows = try SecondPath.run(line.statement, on: connection).count }
                    costs.append((cost, "\(line.name): \(rows) rows"))
                }
                costs.sort { $0.milliseconds > $1.milliseconds }
                let (most, middle) = (costs[0], costs[costs.count / 2])
                print(
                    "\(count) filters: \(costs.count) queries, median \(Self.text(middle.milliseconds)),",
                    "at most \(Self.text(most.milliseconds)) CPU (\(most.name))")
                worst += costs.filter { $0.milliseconds > 5 }
            }
        }
        for line in worst.sorted(by: { $0.milliseconds > $1.milliseconds }).prefix(20) { print(line) }
        #expect(worst.isEmpty)
    }

    /// The SHA-256 in the row with this number.
    static func sum(_ number: Int) -> String { String(format: "%02x%062x", number % 256, number) }

    private static func queries(_ count: Int) -> [(String, EntryQuery)] {
        var sets: [(first: Int, filters: [Filter])] = [(0, [])]
        for _ in 0..<count {
            sets = sets.flatMap { set in
                (set.first..<filters.count).flatMap { index in
                    filters[index].map { (index + 1, set.filters + [$0]) }
                }
            }
        }
        return sets.map { set in
            var query = EntryQuery()
            for filter in set.filters { filter.apply(&query) }
            return (set.filters.map(\.name).joined(separator: ", "), query)
        }
    }

    private static func text(_ milliseconds: Double) -> String { String(format: "%.2f ms", milliseconds) }

    /// CPU time that `work` takes in this process, in milliseconds: the least of three runs.
    private static func cost(_ work: () throws -> Void) throws -> Double {
        func used() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
        }
        var least = Double.infinity
        for _ in 0..<3 {
            let start = used()
            try work()
            least = min(least, used() - start)
        }
        return least
    }

    /// Writes 100,000 entries by SQL, and lets the store index them as it does after a migration.
    static func fill(_ path: String) throws {
        try EntryStore(folder: path).close()
        try SecondPath.run(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000),
            r(i, a, b, c) AS (SELECT i, i * 7919 % 1000, i * 104729 % 997, i * 1299709 % 1009 FROM n)
            INSERT INTO entry (number, id, contest, createdAt, createdMilliseconds, fields, mediaFilename, mediaBytes,
                mediaSHA256, mediaOrder, verdict, standing, title, category, region, day, owner)
            SELECT i, 'entry-' || i,
                CASE WHEN a < 600 THEN 'a' WHEN a < 900 THEN 'b' ELSE 'c' END, '2024-03-05T09:00:00+08:00', 0,
                json_object('title', substr('诚信故事守信微光承诺小店老街信用之城青春之歌诚信故事守信', 1 + c % 22, 6)
                    || CASE WHEN i % 2000 = 0 THEN '宝鸡' ELSE '' END || ' T' || i), '作品 ' || b || '.mp4', 1,
                printf('%02x%062x', i % 256, i), i,
                CASE WHEN b < 600 THEN 'compliant' WHEN b < 850 THEN 'non-compliant' ELSE 'needs-review' END,
                CASE WHEN b < 240 THEN 'accepted' WHEN b < 600 THEN 'open' WHEN b < 850 THEN 'rejected' ELSE 'open' END,
                '标题', CASE WHEN i % 2500 = 0 THEN '其他' WHEN c < 500 THEN '剧情类' ELSE '动画类' END,
                CASE WHEN i % 3333 = 0 THEN '周至' WHEN c % 9 = 0 THEN '莲湖' ELSE '雁塔' END,
                printf('2024-03-%02d', 1 + c % 30), CASE WHEN c < 300 THEN 'o' || (i % 2000) END
            FROM r
            """, inFolder: path)
        try EntryStore(folder: path).close()
    }
}
