import ContestRules
import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryStore

/// Every filter of `EntryQuery`, alone and together, compared with a filter of plain values.
@Suite("Filters of `EntryStore.entries(_:)`")
struct EntryFilterTests {
    private static let titles = ["诚信故事", "守信之歌", "故事 Trust 2024", "TRUST 无声", "信", "Ｃｒｅｄｉｔ 短片", "一诺千金的诚信老街"]
    private static let texts = [
        "信", "诚", "诚信", "故事", "信故", "诚信故事", "诚信老街", "事诚", "trust", "TRUST", "Trust 2024", "rust", "credit", "2024",
        "没有", "mp4", "作品", "t", "\"诚信\" OR *", "a'b",
    ]

    /// The values of one entry that lists filter by.
    private struct Line {
        var id: String
        var contest: String
        var verdict: Verdict?
        var standing: Standing
        var title: String
        var category: String?
        var region: String?
        var day: String
        var owner: String?
        var filename: String?

        func matches(_ query: EntryQuery) -> Bool {
            func isEqual<Value: Equatable>(_ wanted: Value?, _ value: Value?) -> Bool {
                wanted == nil || wanted == value
            }
            return isEqual(query.contest, contest) && isEqual(query.verdict, verdict)
                && isEqual(query.standing, standing)
                && isEqual(query.category, category) && isEqual(query.region, region) && isEqual(query.day, day)
                && isEqual(query.owner, owner) && containsText(query.text)
        }

        private func containsText(_ text: String?) -> Bool {
            func letters(_ text: String) -> String {
                String(
                    text.precomposedStringWithCompatibilityMapping.lowercased().filter { $0.isLetter || $0.isNumber })
            }
            guard let text else { return true }
            return [title, category, region, filename].compactMap(\.self).contains {
                letters($0).contains(letters(text))
            }
        }
    }

    /// Stores 84 entries with values such that most pairs of filters match some of them.
    private static func fill(_ store: EntryStore) async throws -> [Line] {
        var lines: [Line] = []
        for number in 0..<84 {
            let verdict = [Verdict.compliant, .nonCompliant, .needsReview, nil][number % 4]
            var line = Line(
                id: "\(number)", contest: number % 3 == 0 ? "other" : "sample", verdict: verdict, standing: .open,
                title: titles[number % titles.count], category: ["剧情类", "动画类", nil][number / 4 % 3],
                region: ["莲湖", "雁塔", nil, "莲湖"][number / 5 % 4], day: number < 40 ? "2026-11-21" : "2026-11-23",
                owner: number % 5 == 0 ? "portal" : nil, filename: verdict == nil ? nil : "作品 \(number % 2).mp4")
            let fields = ["title": line.title, "category": line.category, "region": line.region].compactMapValues(
                \.self)
            try await store.arrive(
                line.id, fields, verdict.map { _ in [UInt8(number)] }, contest: line.contest,
                verdict: verdict ?? .compliant,
                named: line.filename ?? "", owner: line.owner,
                at: .sample.advanced(by: .seconds(number < 40 ? 0 : 2 * 86_400)))
            line.standing = .open
            if verdict == .nonCompliant { line.standing = .rejected }
            if verdict == .compliant, number % 8 == 0 {
                line.standing = try await store.sign(line.id).standing
                try #require(line.standing == .accepted)
            }
            lines.append(line)
        }
        return lines.reversed()
    }

    @Test(
        "Every filter, every pair of filters and 400 larger combinations list exactly the matching entries by page"
    )
    func combinations() async throws {
        let test = try StoreInMemory()
        let all = try await Self.fill(test.store)
        var random = SeededGenerator(seed: 7)
        var found = 0
        for query in Self.queries(&random) {
            let expected = all.filter { $0.matches(query) }.map(\.id)
            #expect(try await test.store.list(query).map(\.id) == expected, "\(query)")
            found += expected.count
        }
        #expect(found > 2000, "the queries match entries")
    }

    private static let filters: [[@Sendable (inout EntryQuery) -> Void]] = [
        ["sample", "other", "none"].map { value in { $0.contest = value } },
        Verdict.allCases.map { value in { $0.verdict = value } },
        Standing.allCases.map { value in { $0.standing = value } },
        ["剧情类", "动画类", "none", "剧情"].map { value in { $0.category = value } },
        ["莲湖", "雁塔", ""].map { value in { $0.region = value } },
        ["2026-11-21", "2026-11-23", "2026-11-22"].map { value in { $0.day = value } },
        ["portal", "Portal"].map { value in { $0.owner = value } },
        texts.map { value in { $0.text = value } },
    ]

    private static func queries(_ random: inout SeededGenerator) -> [EntryQuery] {
        var sets: [[@Sendable (inout EntryQuery) -> Void]] = [[]]
        for (index, first) in filters.enumerated() {
            sets += first.map { [$0] }
            for second in filters[(index + 1)...] { sets += first.flatMap { one in second.map { [one, $0] } } }
        }
        for _ in 0..<400 {
            sets.append(
                filters.shuffled(using: &random).prefix(3 + sets.count % 3).compactMap {
                    $0.randomElement(using: &random)
                })
        }
        return sets.enumerated().map { index, set in
            var query = EntryQuery(limit: [1, 3, 7, 50, 200][index % 5])
            for apply in set { apply(&query) }
            return query
        }
    }

    @Test("A text search does not match across two fields")
    func acrossFields() async throws {
        let test = try StoreInMemory()
        try await test.store.arrive("1", ["title": "诚信", "region": "莲湖"])
        for (text, isFound) in [("诚信", true), ("莲湖", true), ("信莲", false), ("湖诚", false)] {
            #expect(try await test.store.list(EntryQuery(text: text)).map(\.id) == (isFound ? ["1"] : []), "\(text)")
        }
    }

    @Test("A text search finds no personal field and no deleted entry")
    func personal() async throws {
        let test = try StoreInMemory()
        try await test.store.arrive("1", ["title": "诚信", "phone": "13800138000"])
        for text in ["13800138000", "138", "1"] { #expect(try await test.store.list(EntryQuery(text: text)) == []) }
        #expect(try await test.store.delete("1"))
        #expect(try await test.store.list(EntryQuery(text: "诚信")) == [])
        #expect(try await test.store.list(EntryQuery(standing: .open)) == [])
    }

    @Test("The filters of a list follow a new report, a sign-off and a correction")
    func follow() async throws {
        let test = try StoreInMemory()
        let store = test.store
        let entry = try await store.arrive("1", ["title": "诚信", "category": "剧情类"], [1], verdict: .compliant)
        try await store.sign("1")
        #expect(try await store.list(EntryQuery(standing: .accepted)).map(\.id) == ["1"])
        _ = try await store.add(.sample(of: try #require(entry.media), verdict: .nonCompliant), toEntry: "1")
        #expect(try await store.list(EntryQuery(standing: .accepted)) == [])
        #expect(try await store.list(EntryQuery(verdict: .nonCompliant, standing: .rejected)).map(\.id) == ["1"])
        try await store.correct("1", ["title": "守诺", "category": "动画类"])
        #expect(try await store.list(EntryQuery(category: "剧情类")) == [])
        #expect(try await store.list(EntryQuery(category: "动画类", text: "守诺")).map(\.title) == ["守诺"])
    }

    @Test("A search text without a letter or digit matches every entry", arguments: ["", " ", "😀", "\"*", "--"])
    func nothingToSearch(text: String) async throws {
        let test = try StoreInMemory()
        let store = test.store
        try await store.arrive("1")
        #expect(try await store.list(EntryQuery(text: text)).map(\.id) == ["1"])
    }
}
