import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("decodable")
struct DecodableRuleTests {
    private let rule = DecodableRule()

    private static func facts(
        _ depth: Depth = .standard, examined: Int = 200, _ change: (inout PictureContent) -> Void = { _ in }
    ) -> MediaFacts {
        var facts = MeasuredKinds.measured(depth)
        facts.content?.picture?.framesExamined = examined
        if var picture = facts.content?.picture {
            change(&picture)
            facts.content?.picture = picture
        }
        return facts
    }

    @Test("A sample that decodes passes, and the message counts sampled and all frames")
    func sampled() {
        let judgement = rule.judge(Self.facts())
        judgement.expect(
            .pass, zh: ["抽查的 200 帧画面（共 3750 帧）和全部声音"], en: ["200 frames that were sampled (of 3750) and all sound"])
        #expect(judgement.measured == "200/3750")
        var silent = Self.facts()
        silent.audio = nil
        silent.content?.sound = nil
        #expect(!rule.judge(silent).message.zh.contains("声音"))
    }

    @Test(
        "At full depth only all frames pass",
        arguments: [
            (3750, .pass, nil), (3751, .pass, nil), (3749, .undetermined, "not-all-examined"),
            (0, .undetermined, "nothing-decoded"),
        ]
            as [(Int, Finding.Outcome, String?)])
    func everyFrame(examined: Int, outcome: Finding.Outcome, reason: String?) {
        for rule in [DecodableRule(), DecodableRule(depth: .full)] {
            let judgement = rule.judge(Self.facts(.full, examined: examined))
            judgement.expect(outcome, reason)
            if outcome == .pass { #expect(judgement.measured == "3750/3750") }
        }
    }

    @Test("A rule that needs every frame is undetermined after a sample")
    func needsFull() {
        DecodableRule(depth: .full).judge(Self.facts()).expect(.undetermined, "not-decoded", zh: ["逐帧"])
    }

    @Test("Damaged frames fail with their number and time ranges")
    func damaged() {
        let facts = Self.facts {
            ($0.damagedFrames, $0.damage) = (9, [TimeRange(start: .seconds(30), end: .seconds(41))])
        }
        let judgement = rule.judge(facts)
        judgement.expect(.fail, "damaged-frames", zh: ["9 帧画面损坏（0:30–0:41）"], en: ["9 frames are damaged (0:30–0:41)"])
        #expect(judgement.passages.map(\.fromMilliseconds) == [30_000])
        #expect(judgement.measured == "9")
        #expect(rule.judge(Self.facts { ($0.damagedFrames, $0.shortfall) = (1, .timedOut) }).outcome == .fail)
    }

    @Test("Lost pictures fail, whether the content, its shortfall or a problem names them")
    func lost() {
        let counted = Self.facts {
            ($0.missingFrames, $0.missing) = (12, [TimeRange(start: .seconds(5), end: .seconds(6))])
        }
        let judgement = rule.judge(counted)
        judgement.expect(.fail, "pictures-missing", zh: ["12 帧画面缺失", "0:05–0:06"], en: ["12 frames are missing"])
        #expect(judgement.measured == "12")
        #expect(judgement.passages.map(\.fromMilliseconds) == [5000])
        rule.judge(Self.facts { $0.shortfall = .picturesMissing }).expect(
            .fail, "pictures-missing", zh: ["一些"], en: ["Some"])
        for base in [MediaFacts.sample(), Self.facts(.full, examined: 3750)] {
            var facts = base
            facts.integrity.add(IntegrityProblem(.picturesMissing, count: 7))
            rule.judge(facts).expect(.fail, "pictures-missing", zh: ["7 帧"], en: ["7 frames"])
        }
    }

    @Test("A count of lost or damaged pictures is never above the number of frames")
    func counts() {
        #expect(rule.judge(Self.facts { $0.missingFrames = 9000 }).measured == "3750")
        #expect(rule.judge(Self.facts { $0.damagedFrames = 9000 }).measured == "3750")
    }

    @Test("Decoding that stops names the last picture's time, and the film's length only if greater")
    func stops() {
        let stopped = { (at: Duration?) in
            Self.facts {
                $0.shortfall = .stopsDecoding
                $0.last = at.map { EdgePicture(at: $0, brightness: 0.5, isBlack: false) }
            }
        }
        let early = rule.judge(stopped(.milliseconds(75_040)))
        early.expect(
            .fail, "stops-decoding", zh: ["1 分 15.040 秒（全长 2 分 30 秒）"], en: ["up to 1 min 15.040 s of 2 min 30 s"])
        #expect(early.measured == "75.040 s / 150.000 s")
        let late = rule.judge(stopped(.seconds(150)))
        late.expect(.fail, "stops-decoding", zh: ["解码到 2 分 30 秒，"], en: ["up to 2 min 30 s and"])
        #expect(late.measured == "150.000 s")
        let unknown = rule.judge(stopped(nil))
        unknown.expect(.fail, "stops-decoding", zh: ["中途停止"])
        #expect(unknown.measured == nil)
        rule.judge(Self.facts { $0.shortfall = .nothingDecoded }).expect(.fail, "nothing-decoded", zh: ["一帧也解不出来"])
    }

    @Test(
        "Two undecodable packets of sound pass, and three are a review",
        arguments: [(2, .pass, nil), (3, .review, "damaged-sound")] as [(Int, Finding.Outcome, String?)])
    func sound(damaged: Int, outcome: Finding.Outcome, reason: String?) {
        var facts = Self.facts()
        facts.content?.sound?.damagedPackets = damaged
        rule.judge(facts).expect(outcome, reason)
    }

    @Test("Sound that was not measured leaves the rule undetermined")
    func noSoundContent() {
        var facts = Self.facts()
        facts.content?.sound = nil
        rule.judge(facts).expect(.undetermined, "nothing-decoded", zh: ["没有解出任何声音"], en: ["no sound"])
        facts.content?.sound = SoundContent(shortfall: .timedOut)
        rule.judge(facts).expect(.undetermined, "timed-out")
    }
}
