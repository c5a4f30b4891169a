import ContestRules
import EntryIntake
import MediaFacts
import TestSupport
import Testing

@Suite("The catalogue of contests")
struct ContestCatalogueTests {
    @Test(
        "`ContestCatalogue` has each id once, with the last of the contests that have this id",
        arguments: [
            ([], []), (["a:1"], ["a:1"]), (["a:1", "b:1"], ["a:1", "b:1"]), (["a:1", "a:2"], ["a:2"]),
            (["a:1", "b:1", "a:2"], ["b:1", "a:2"]), (["a:1", "b:1", "a:2", "b:2", "a:3"], ["b:2", "a:3"]),
            (["a:2", "a:1"], ["a:1"]),
        ] as [([String], [String])])
    func laterWins(given: [String], offered: [String]) throws {
        let catalogue = ContestCatalogue(try given.map(contest))
        #expect(catalogue.all.map { "\($0.id):\($0.revision)" } == offered)
        for text in offered {
            let expected = try contest(text)
            #expect(try catalogue.contest(expected.id).revision == expected.revision)
        }
    }

    @Test("`ContestCatalogue` finds no contest by another id", arguments: ["", "A", "a ", "ab", "../a", "a\0"])
    func unknown(id: String) throws {
        let catalogue = ContestCatalogue([try .sample("a")])
        let error = #expect(throws: IntakeError.self) { try catalogue.contest(id) }
        #expect(error?.code == .contestUnknown)
        #expect(error?.message.en.contains("\"\(id)\"") == true)
    }

    @Test("The message of `.contestUnknown` has only the beginning of a long id")
    func longName() throws {
        let error = #expect(throws: IntakeError.self) {
            try ContestCatalogue([]).contest(String(repeating: "x", count: 1_000_000))
        }
        #expect((error?.message.en.utf8.count ?? .max) < 300)
    }

    private func contest(_ text: String) throws -> Contest {
        let parts = text.split(separator: ":")
        return try .sample(String(parts[0]), revision: try #require(Int(parts[1])))
    }
}
