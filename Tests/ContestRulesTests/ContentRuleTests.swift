import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// The rules about what a viewer sees and hears.
@Suite("content rules")
struct ContentRuleTests {
    private static func facts(
        _ depth: Depth = .standard, picture: PictureContent? = PictureContent(framesExamined: 200, frames: 3750),
        sound: SoundContent? = SoundContent(loudness: -20, truePeak: -2), width: Int = 1920, height: Int = 1080
    ) -> MediaFacts {
        var facts = MediaFacts.sample(width: width, height: height)
        facts.content = ContentFacts(depth: depth, picture: picture, sound: sound)
        return facts
    }

    private static func picture(
        black: [TimeRange] = [], frozen: [TimeRange] = [], active: [ActivePicture] = [], damaged: Int = 0,
        _ shortfall: ContentShortfall? = nil
    ) -> PictureContent {
        PictureContent(
            framesExamined: 200, frames: 3750, black: black, frozen: frozen, active: active, damagedFrames: damaged,
            shortfall: shortfall)
    }

    private static func stretch(_ from: Int64, _ to: Int64) -> TimeRange {
        TimeRange(fromMilliseconds: from, toMilliseconds: to)
    }

    private static let all: [any ContentRule] = [
        BlackRule(longest: .seconds(10)), FreezeRule(longest: .seconds(10)), SilenceRule(longest: .seconds(10)),
        LoudnessRule(softest: -30, loudest: -10), ActivePictureRule(allowed: [.one]), DecodableRule(),
    ]

    @Test("what was not decoded is never passed", arguments: all.indices)
    func notDecoded(index: Int) {
        let rule = Self.all[index]
        rule.judge(.sample()).expect(.undetermined, "not-decoded", zh: ["未解码"], en: ["decoded"])
        #expect(rule.depth == .standard && !rule.measurements.isDisjoint(with: [.picture, .sound]))
    }

    @Test("what could not be seen or heard in full is never passed", arguments: all.indices)
    func shortfall(index: Int) {
        for shortfall in [ContentShortfall.timedOut, .noDecoder, .unknownFormat] {
            let facts = Self.facts(
                picture: Self.picture(shortfall), sound: SoundContent(loudness: -20, shortfall: shortfall))
            Self.all[index].judge(facts).expect(.undetermined, shortfall.rawValue)
        }
    }

    @Test("without picture or sound there is nothing to judge")
    func nothing() {
        var silent = Self.facts(sound: nil)
        silent.audio = nil
        SilenceRule(longest: .seconds(1)).judge(silent).expect(.undetermined, "no-audio")
        LoudnessRule(softest: -30, loudest: nil).judge(silent).expect(.undetermined, "no-audio")
        var blind = Self.facts(picture: nil)
        blind.video = nil
        for rule in [BlackRule(longest: .seconds(1)), FreezeRule(longest: .seconds(1)), DecodableRule()]
            as [any ContentRule]
        {
            rule.judge(blind).expect(.undetermined, "no-video")
        }
    }

    @Test(
        "a piece may last as long as the limit and no longer",
        arguments: [(9_999, .pass), (10_000, .pass), (10_001, .fail)] as [(Int64, Finding.Outcome)])
    func limit(length: Int64, outcome: Finding.Outcome) {
        let found = [Self.stretch(1000, 2000), Self.stretch(60_000, 60_000 + length)]
        let judgements = [
            BlackRule(longest: .seconds(10)).judge(Self.facts(picture: Self.picture(black: found))),
            FreezeRule(longest: .seconds(10)).judge(Self.facts(picture: Self.picture(frozen: found))),
            SilenceRule(longest: .seconds(10)).judge(Self.facts(sound: SoundContent(silent: found))),
        ]
        for judgement in judgements {
            judgement.expect(outcome, outcome == .fail ? "too-long" : nil, zh: ["10"], en: ["10"])
            #expect(judgement.required == "≤ 10.000 s")
            #expect(judgement.passages.map(\.fromMilliseconds) == (outcome == .fail ? [60_000] : []))
        }
    }

    @Test("what was found counts even where the look was cut short")
    func foundBeforeTimeRanOut() {
        let picture = Self.picture(black: [Self.stretch(0, 20_000)], .timedOut)
        BlackRule(longest: .seconds(10)).judge(Self.facts(picture: picture)).expect(
            .fail, "too-long", zh: ["0:00–0:20"])
    }

    @Test(
        "loudness includes both ends",
        arguments: [
            (-30.0, -1.0, .pass, nil), (-10, -1, .pass, nil), (-30.01, -1, .fail, "too-soft"),
            (-9.99, -1, .fail, "too-loud"), (-20, -0.99, .fail, "peaks-too-high"),
        ] as [(Double, Double, Finding.Outcome, String?)])
    func loudness(loudness: Double, peak: Double, outcome: Finding.Outcome, reason: String?) {
        let rule = LoudnessRule(softest: -30, loudest: -10, highestPeak: -1)
        let judgement = rule.judge(Self.facts(sound: SoundContent(loudness: loudness, truePeak: peak)))
        judgement.expect(outcome, reason, zh: ["LUFS"], en: ["LUFS"])
        #expect(judgement.required == "-30 … -10 LUFS, ≤ -1 dBTP")
    }

    @Test("a work in which nothing is heard is too soft")
    func silence() {
        LoudnessRule(softest: -30, loudest: nil).judge(Self.facts(sound: SoundContent())).expect(.fail, "silent")
        LoudnessRule(softest: nil, loudest: -10).judge(Self.facts(sound: SoundContent())).expect(.pass, "silent")
    }

    @Test(
        "the picture inside the bars has an allowed shape",
        arguments: [
            (0, 0, 1920, 1080, .pass), (20, 0, 1880, 1080, .pass), (656, 0, 608, 1080, .review),
            (240, 0, 1440, 1080, .review), (0, 20, 1920, 1040, .pass), (0, 132, 1920, 816, .review),
            (320, 180, 1280, 720, .pass),
        ] as [(Int, Int, Int, Int, Finding.Outcome)])
    func bars(x: Int, y: Int, width: Int, height: Int, outcome: Finding.Outcome) throws {
        let rule = ActivePictureRule(allowed: [try #require(Ratio(16, 9))], leavesToPerson: true)
        let piece = ActivePicture(when: Self.stretch(0, 150_000), x: x, y: y, width: width, height: height)
        let judgement = rule.judge(Self.facts(picture: Self.picture(active: [piece])))
        judgement.expect(outcome, outcome == .pass ? nil : "bars")
        #expect(judgement.passages.isEmpty == (outcome == .pass))
    }

    @Test("bars for part of the time count, and fail where nobody is asked")
    func barsForAWhile() throws {
        let rule = ActivePictureRule(allowed: [try #require(Ratio(16, 9))])
        let pieces = [
            ActivePicture(when: Self.stretch(0, 90_000), x: 0, y: 0, width: 1920, height: 1080),
            ActivePicture(when: Self.stretch(90_000, 150_000), x: 656, y: 0, width: 608, height: 1080),
        ]
        let judgement = rule.judge(Self.facts(picture: Self.picture(active: pieces)))
        judgement.expect(.fail, "bars", zh: ["608×1080", "1:30–2:30"], en: ["608×1080"])
        rule.judge(Self.facts(picture: Self.picture())).expect(.undetermined, "all-black")
    }

    @Test("damage fails, wherever it is; harmless bits of sound do not")
    func decodable() {
        DecodableRule().judge(Self.facts()).expect(.pass, zh: ["抽查", "200", "3750"], en: ["sampled"])
        DecodableRule().judge(Self.facts(picture: Self.picture(damaged: 1))).expect(.fail, "damaged-frames")
        for shortfall in [ContentShortfall.nothingDecoded, .stopsDecoding] {
            DecodableRule().judge(Self.facts(picture: Self.picture(shortfall))).expect(.fail, shortfall.rawValue)
        }
        DecodableRule().judge(Self.facts(sound: SoundContent(damagedPackets: 2))).expect(.pass)
        DecodableRule().judge(Self.facts(sound: SoundContent(damagedPackets: 3))).expect(.review, "damaged-sound")
    }

    @Test("a rule that asks for every frame is not met by a sample")
    func everyFrame() {
        DecodableRule(depth: .full).judge(Self.facts()).expect(.undetermined, "not-decoded", zh: ["逐帧"])
        let whole = PictureContent(framesExamined: 3750, frames: 3750)
        DecodableRule(depth: .full).judge(Self.facts(.full, picture: whole)).expect(
            .pass, zh: ["全部 3750 帧"], en: ["All 3750 frames"])
    }

    @Test("stills lie within the passages that they show, three at most")
    func stills() {
        let stills = [0, 999, 1000, 1500, 1600, 1700, 2000].map {
            StillReference(Still(atMilliseconds: $0, width: 16, height: 9, jpeg: []))
        }
        let judgement = BlackRule(longest: .seconds(1)).judge(
            Self.facts(picture: Self.picture(black: [Self.stretch(1000, 2001)])))
        let rule = Rule(id: "black", level: .encouraged, clause: "原文", kind: .measured(BlackRule(longest: .seconds(1))))
        let finding = Finding(rule, judgement).showing(stills)
        #expect(finding.outcome == .advisory)
        #expect(finding.evidence.first?.stills == ["still-1000.jpg", "still-1500.jpg", "still-1600.jpg"])
    }
}
