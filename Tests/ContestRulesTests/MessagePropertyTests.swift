import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// Messages of all kinds over facts that no table would list.
@Suite("Messages and facts")
struct MessagePropertyTests {
    @Test("No kind's judgement contradicts random facts", arguments: 0..<8)
    func random(seed: Int) {
        var source = RandomFacts(seed: UInt64(seed))
        var contradictions: [String] = []
        for _ in 0..<100 {
            let facts = source.next()
            let check = MessageCheck(facts)
            for rule in MeasuredKinds.all {
                contradictions += check.contradictions(kind: type(of: rule).kind, rule.judge(facts))
            }
        }
        #expect(contradictions.prefix(5) == [])
    }

    @Test("Random facts reach every outcome of the kinds that read problems")
    func coverage() {
        var source = RandomFacts(seed: 1)
        var reached: Set<String> = []
        for _ in 0..<500 {
            let facts = source.next()
            for rule in MeasuredKinds.all { reached.insert("\(type(of: rule).kind) \(rule.judge(facts).outcome)") }
        }
        for outcome in [
            "complete-file pass", "complete-file fail", "complete-file undetermined", "decodable pass",
            "decodable fail", "decodable undetermined", "decodable review", "duration review", "true-length review",
            "resolution review", "black fail", "black undetermined", "black pass", "audio-format pass",
            "audio-format fail", "audio-format undetermined", "scan pass", "scan fail", "scan undetermined",
            "pixel-format pass", "pixel-format fail", "pixel-format undetermined", "color pass", "color fail",
            "color undetermined", "codec pass", "codec fail", "codec undetermined", "bit-rate pass", "bit-rate fail",
            "bit-rate review", "bit-rate undetermined", "keyframes pass", "keyframes fail", "keyframes undetermined",
            "layout pass", "layout fail", "layout undetermined", "ai-label pass", "ai-label review",
            "ai-label undetermined",
        ] {
            #expect(reached.contains(outcome), "\(outcome)")
        }
    }

    @Test(
        "`MessageCheck` finds each kind of contradiction",
        arguments: [
            ("complete-file", Finding.Outcome.fail, nil, "its end is cut off", "cut off"),
            ("decodable", .fail, "3750/3750", "It stops", "measures 3750/3750"),
            ("decodable", .pass, "3750/3750", "All 3751 frames decode.", "counts 3751"),
            ("duration", .fail, nil, "150.000 s of 150.000 s playable", "says 150.000 s of 150.000 s"),
            ("duration", .fail, "5 s / 5 s", "two lengths", "the same twice"),
            ("duration", .fail, nil, "It lasts Optional(5 s)", "says Optional"),
            ("duration", .fail, nil, "", "no English"),
        ] as [(String, Finding.Outcome, String?, String, String)])
    func findsContradiction(kind: String, outcome: Finding.Outcome, measured: String?, en: String, found: String) {
        let judgement = Judgement(outcome, measured: measured, message: LocalizedText(zh: "话", en: en))
        let contradictions = MessageCheck(MeasuredKinds.measured(.full)).contradictions(kind: kind, judgement)
        #expect(contradictions.contains { $0.contains(found) }, "\(contradictions)")
    }

    @Test("`MessageCheck` finds a pass of what is not whole")
    func findsWrongPass() {
        let pass = Judgement(.pass, message: LocalizedText(zh: "好", en: "Good."))
        var changes: [(String, (inout MediaFacts) -> Void)] = [
            ("complete-file", { $0.integrity.end = .unknown }), ("complete-file", { $0.integrity.end = .missing }),
            ("decodable", { $0.content?.picture?.framesExamined = 3749 }),
            ("decodable", { $0.content?.picture?.missingFrames = 1 }),
            ("decodable", { $0.content?.picture?.damagedFrames = 1 }),
            ("decodable", { $0.content?.sound = nil }), ("decodable", { $0.content = nil }),
        ]
        for shortfall in ContentShortfall.known {
            changes.append(("decodable", { $0.content?.picture?.shortfall = shortfall }))
            changes.append(("decodable", { $0.content?.sound?.shortfall = shortfall }))
        }
        for (kind, change) in changes {
            var facts = MeasuredKinds.measured(.full)
            #expect(MessageCheck(facts).contradictions(kind: kind, pass).isEmpty)
            change(&facts)
            #expect(MessageCheck(facts).contradictions(kind: kind, pass).count == 1)
        }
    }

    @Test("The report of every sample of random facts is free of contradictions in the built-in contests")
    func builtIn() {
        var source = RandomFacts(seed: 99)
        for _ in 0..<20 {
            let facts = source.next()
            for contest in BuiltInContests.all {
                let report = Report(
                    id: "r", createdAt: "2026-11-21T09:30:00+08:00", contest: contest,
                    media: MediaReference(filename: nil, bytes: 1, sha256: nil), outcome: .facts(facts),
                    tool: ToolVersions(clipcheck: "1", ffmpeg: [:]))
                #expect(MessageCheck.contradictions(in: report, of: contest) == [])
            }
        }
    }
}
