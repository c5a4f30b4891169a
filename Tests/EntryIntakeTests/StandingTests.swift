import ContestRules
import EntryIntake
import MediaFacts
import TestSupport
import Testing

@Suite("Standing")
struct StandingTests {
    /// Findings and answers of one entry, and its expected standing.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Outcomes of a required and of an encouraged rule about the media; nil for an entry without media.
        var media: (required: Finding.Outcome, encouraged: Finding.Outcome)? = (.pass, .pass)
        /// Outcome of a required rule about the submission.
        var admission = Finding.Outcome.pass
        /// Answers to the items `originality` (checklist), `media` and `submission` (findings), in order.
        var answers: [(item: String, SignOff.Answer)] = []
        var expected: Standing
    }

    @Test(
        "`Standing` follows from findings and answers",
        arguments: [
            Case(testDescription: "no media yet", media: nil, expected: .open),
            Case(testDescription: "compliant, without an answer", expected: .open),
            Case(
                testDescription: "compliant and approved", answers: [("originality", .approved)], expected: .accepted),
            Case(
                testDescription: "an encouraged rule is not met", media: (.pass, .advisory),
                answers: [("originality", .approved)], expected: .accepted),
            Case(
                testDescription: "an encouraged rule is left open", media: (.pass, .undetermined),
                answers: [("originality", .approved)], expected: .accepted),
            Case(testDescription: "refused", answers: [("originality", .refused)], expected: .rejected),
            Case(
                testDescription: "refused, then approved",
                answers: [("originality", .refused), ("originality", .approved)], expected: .accepted),
            Case(
                testDescription: "approved, then refused",
                answers: [("originality", .approved), ("originality", .refused)], expected: .rejected),
            Case(
                testDescription: "non-compliant, though approved", media: (.fail, .pass),
                answers: [("originality", .approved)], expected: .rejected),
            Case(
                testDescription: "late", admission: .fail, answers: [("originality", .approved)], expected: .rejected),
            Case(
                testDescription: "a finding waits for a person", media: (.review, .pass),
                answers: [("originality", .approved)], expected: .open),
            Case(
                testDescription: "a finding was approved by a person", media: (.review, .pass),
                answers: [("originality", .approved), ("media", .approved)], expected: .accepted),
            Case(
                testDescription: "a finding was refused by a person", media: (.review, .pass),
                answers: [("media", .refused)], expected: .rejected),
            Case(
                testDescription: "an undetermined finding cannot be approved", media: (.undetermined, .pass),
                answers: [("originality", .approved), ("media", .approved)], expected: .open),
            Case(
                testDescription: "still being measured", media: (.pending, .pass),
                answers: [("originality", .approved)], expected: .open),
            Case(
                testDescription: "the submission waits for a person", admission: .review,
                answers: [("originality", .approved)], expected: .open),
            Case(
                testDescription: "the submission was approved by a person", admission: .review,
                answers: [("originality", .approved), ("submission", .approved)], expected: .accepted),
        ])
    func standing(_ given: Case) throws {
        var entry = Entry(id: "1", createdAt: "", contest: "sample", fields: [:])
        entry.admission = try .sample(alone: [.sample("submission", given.admission)])
        if let media = given.media {
            entry.media = MediaReference(filename: nil, bytes: 1, sha256: "new")
            entry.report = try .sample(left: "originality")
            entry.report?.findings = [
                .sample("media", media.required), .sample("other", media.encouraged, .encouraged),
            ]
        }
        entry.signOffs = given.answers.map { .sample($0.item, $0.1, media: "new") }
        #expect(entry.standing == given.expected)
    }

    @Test("`Standing` ignores an answer about a file that was replaced")
    func replaced() throws {
        var entry = Entry(id: "1", createdAt: "", contest: "sample", fields: [:])
        entry.media = MediaReference(filename: nil, bytes: 1, sha256: "new")
        entry.report = try .sample(left: "originality")
        entry.signOffs = [.sample("originality", .refused, media: "old")]
        #expect(entry.standing == .open)
        entry.signOffs.append(.sample("originality", .approved, media: "new"))
        #expect(entry.standing == .accepted)
    }

    @Test("`Standing` uses the findings for shared bytes when an earlier entry has the same bytes")
    func twins() throws {
        var entry = Entry(id: "1", createdAt: "", contest: "sample", fields: [:])
        entry.media = MediaReference(filename: nil, bytes: 1, sha256: "new")
        entry.report = try .sample(left: "originality")
        entry.admission = try .sample(alone: [.sample("unique", .pass)], shared: [.sample("unique", .review)])
        entry.signOffs = [.sample("originality", .approved, media: "new")]
        #expect(entry.standing == .accepted)
        entry.sameMedia = SameMedia(earlier: 1, ids: ["2"])
        #expect(entry.standing == .open)
        #expect(entry.itemsForPeople == [.init(rule: "originality"), .init(rule: "unique")])
    }
}

extension Finding {
    /// A finding of the rule `rule`, with this outcome and level.
    static func sample(_ rule: String, _ outcome: Outcome, _ level: Rule.Level = .required) -> Finding {
        let rule = Rule(id: rule, level: level, clause: "原文", kind: .person(PersonRule()))
        return Finding(rule, Judgement(outcome, message: LocalizedText(zh: "说明", en: "message")))
    }
}

extension Report {
    /// A report on a file that passes everything, with one item left to people.
    static func sample(left item: String) throws -> Report {
        var report = Report(
            id: "r", createdAt: "", contest: try .sample(), media: MediaReference(filename: nil, bytes: 1, sha256: nil),
            outcome: .facts(.sample()), tool: ToolVersions(clipcheck: "0", ffmpeg: [:]))
        report.findings = []
        report.checklist = [ChecklistItem(rule: item, level: .required, clause: "原文", evidence: [])]
        return report
    }
}

extension Admission {
    /// An admission with these findings; `shared` defaults to `alone`.
    static func sample(alone: [Finding], shared: [Finding]? = nil) throws -> Admission {
        Admission(createdAt: "", contest: ContestReference(try .sample()), alone: alone, shared: shared ?? alone)
    }
}

extension SignOff {
    static func sample(_ rule: String, _ answer: Answer, media: String) -> SignOff {
        SignOff(item: Item(rule: rule), answer: answer, who: "王", why: "", createdAt: "", mediaSHA256: media)
    }
}
