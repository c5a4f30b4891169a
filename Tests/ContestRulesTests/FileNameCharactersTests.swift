import MediaFacts
import Testing

@testable import ContestRules

@Suite("Characters of file names")
struct FileNameCharactersTests {
    private static func judge(_ parameters: String, _ filename: String?) throws -> Judgement {
        guard case .admission(let kind) = try SecondSchema.rule("file-name", parameters).kind else {
            throw ContestFileError(file: "file-name", problems: [])
        }
        let contest = try ContestFile.load(SecondSchema.text("file-name", parameters), file: "test.yaml")
        return try #require(kind.judge(Submission(filename: filename, hasMedia: true), in: contest).first)
    }

    @Test(
        "A name has only the characters that the rule allows, its extension aside",
        arguments: [
            ("alphanumeric", "chi2024video.mp4", .pass), ("alphanumeric", "chi_2024.mp4", .fail),
            ("word", "chi_2024.mp4", .pass), ("word", "chi-2024.mp4", .fail), ("word", "作品.mp4", .fail),
            ("word", "é.mp4", .fail), ("alphanumeric", "a b.mp4", .fail), ("alphanumeric", "½.mp4", .fail),
            ("alphanumeric", ".mp4", .fail), ("word", "a.b.mp4", .fail), ("word", "_", .pass),
        ] as [(String, String, Finding.Outcome)])
    func characters(allowed: String, filename: String, outcome: Finding.Outcome) throws {
        try Self.judge("characters: \(allowed)", filename).expect(
            outcome, outcome == .fail ? "characters" : nil, zh: ["英文字母"], en: ["A to Z"])
    }

    @Test("A pattern and characters are asked for together")
    func withPattern() throws {
        let rule = #"characters: word, pattern: "{region}_{title}""#
        try Self.judge(rule, "north_film.mp4").expect(.pass)
        try Self.judge(rule, "北京_film.mp4").expect(.fail, "characters")
        try Self.judge(rule, "film.mp4").expect(.fail, "file-name")
    }

    @Test("A submission without a name, and a name of more than 1024 bytes, do not pass")
    func noName() throws {
        try Self.judge("characters: word", nil).expect(.undetermined, "no-filename", zh: ["英文字母"])
        try Self.judge("characters: word", String(repeating: "a", count: 1025)).expect(.fail, "characters")
    }

    @Test(
        "Other words are refused",
        arguments: [
            SecondSchema.mistake("file-name", "characters: letters", "characters", "one of alphanumeric, word"),
            SecondSchema.mistake("file-name", "characters: []", "characters", "single value"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("The JSON has the characters only where they are written")
    func wire() throws {
        #expect(try SecondSchema.wire("file-name", "characters: word") == #"{"characters":"word"}"#)
        #expect(try SecondSchema.wire("file-name", "") == "{}")
    }
}
