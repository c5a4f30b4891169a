import MediaFacts
import Testing

@testable import ContestRules

/// A file that writes what it could leave out.
@Suite("Defaults that a contest file writes out")
struct WrittenDefaultsTests {
    private func digest(_ text: String) throws -> String { try ContestFile.load(text, file: "test.yaml").digest }

    @Test(
        "Seconds, empty lists and `null` say the same as without them, in both schemas",
        arguments: Contest.Schema.allCases)
    func nothing(schema: Contest.Schema) throws {
        let text = SampleContest.text.replacing("clipcheck.contest/1", with: schema.rawValue)
        let digest = try digest(text)
        for (old, new) in [
            ("T00:00+08:00", "T00:00:00+08:00"), ("2026-04-23T24:00+08:00", "2026-04-24T00:00:00+08:00"),
            ("2026-04-23T24:00+", "2026-04-23T24:00:00+"), ("rules:\n", "quotas: []\nrules:\n"),
            ("rules:\n", "quotas: null\nrules:\n"), ("level: required", "level: required, decision: null"),
            ("    min: 2m\n", "    min: 2m\n    decision: null\n"), ("sizes: [1920", "turned: fail\n    sizes: [1920"),
            ("sizes: [1920", "min: null\n    sizes: [1920"), ("allowed: [mp4", "others: fail\n    allowed: [mp4"),
        ] {
            // A key in braces and the same key in a block: one of the two fits each rule.
            let changed =
                old == "level: required"
                ? text.replacing("\(old), clause", with: "\(new), clause") : text.replacing(old, with: new)
            #expect(changed != text)
            #expect(try self.digest(changed) == digest, "\(new)")
        }
        let none = text.replacing("categories: [剧情类, 纪实类]\n", with: "")
        let empty = text.replacing("categories: [剧情类, 纪实类]", with: "categories: []")
        #expect(try self.digest(empty) == self.digest(none))
    }

    @Test(
        "Each default of `clipcheck.contest/2` can be written out",
        arguments: [
            ("duration", "max: 5m", "allowed: [], tolerance: 0s"), ("frame-rate", "min: 24", "allowed: []"),
            ("aspect-ratio", "from: \"9:20\", to: \"9:16\"", "allowed: [], tolerance: 0.5%"),
            ("active-picture", "darkness: 4.6%", "allowed: [], tolerance: 3%, others: fail"),
            ("resolution", "shortSide: 1080", "turned: fail, of: displayed, sizes: null, min: null"),
            ("person", "createdIn: 2023", "blocking: false, evidence: null"), ("decodable", "", "depth: standard"),
            ("codec", "video: [h264]", "others: fail, audio: null"), ("loudness", "max: -10LUFS", "min: null"),
        ])
    func defaults(kind: String, parameters: String, defaults: String) throws {
        let written = parameters.isEmpty ? defaults : "\(parameters), \(defaults)"
        #expect(try digest(SecondSchema.text(kind, parameters)) == digest(SecondSchema.text(kind, written)))
    }

    @Test("`general: usual` is the default")
    func general() throws {
        let text = SecondSchema.text("has-audio")
        let written = text.replacing("rules:\n", with: "general: usual\nrules:\n")
        #expect(try digest(text) == digest(written))
    }

    @Test(
        "An empty list or `null` that a rule needs is a mistake",
        arguments: [
            SecondSchema.mistake("container", "allowed: []", "allowed", "at least one"),
            SecondSchema.mistake("scan", "allowed: []", "allowed", "at least one"),
            SecondSchema.mistake("orientation", "allowed: null", "", "is missing"),
            SecondSchema.mistake("duration", "min: null", "", "min or max is missing"),
            SecondSchema.mistake("duration", "allowed: []", "", "min or max is missing"),
        ])
    func needed(mistake: Mistake) {
        let found = problems(of: mistake.text).map { "\($0.line) \($0.key)" }
        #expect(found.contains(mistake.problems.map { "\($0.line) \($0.key)" }[0]), "\(found)")
    }

    @Test(
        "A time keeps its seconds",
        arguments: [("2026-01-02T23:59:59+08:00", "2026-01-02 23:59:59"), ("2026-01-02T23:59:00Z", "2026-01-02 23:59")])
    func seconds(text: String, words: String) throws {
        let time = try #require(ContestTime(text))
        #expect(time.words == words && time.rfc3339 == text.replacing("Z", with: "+00:00"))
    }

    @Test(
        "A time with other seconds is none",
        arguments: ["2026-01-02T23:59:60Z", "2026-01-02T24:00:01Z", "2026-01-02T23:59:5Z"])
    func otherSeconds(text: String) { #expect(ContestTime(text) == nil) }
}
