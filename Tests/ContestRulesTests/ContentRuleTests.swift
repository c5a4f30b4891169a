import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// Rules about decoded pictures and sound; `decodable` has tests of its own.
@Suite("Content rules")
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

    @Test("No content rule passes a file that was not decoded", arguments: all.indices)
    func notDecoded(index: Int) {
        let rule = Self.all[index]
        rule.judge(.sample()).expect(.undetermined, "not-decoded", zh: ["未解码"], en: ["decoded"])
        #expect(rule.depth == .standard && !rule.measurements.isDisjoint(with: [.picture, .sound]))
    }

    @Test("No content rule passes a stream that was not measured in full", arguments: all.indices)
    func shortfall(index: Int) {
        for shortfall in [ContentShortfall.timedOut, .noDecoder, .unknownFormat] {
            let facts = Self.facts(
                picture: Self.picture(shortfall), sound: SoundContent(loudness: -20, shortfall: shortfall))
            Self.all[index].judge(facts).expect(.undetermined, shortfall.rawValue)
        }
    }

    @Test("A content rule whose stream the file does not have is undetermined")
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
        "A time range of exactly the limit passes, and one of 1 ms more fails",
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

    @Test("A range that was found fails also where the check ran out of time")
    func foundBeforeTimeRanOut() {
        let picture = Self.picture(black: [Self.stretch(0, 20_000)], .timedOut)
        BlackRule(longest: .seconds(10)).judge(Self.facts(picture: picture)).expect(
            .fail, "too-long", zh: ["0:00–0:20"])
    }

    @Test(
        "`LoudnessRule` passes its limits and fails 0.01 beyond them",
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

    @Test("A silent work fails a lower limit of loudness")
    func silence() {
        LoudnessRule(softest: -30, loudest: nil).judge(Self.facts(sound: SoundContent())).expect(.fail, "silent")
        LoudnessRule(softest: nil, loudest: -10).judge(Self.facts(sound: SoundContent())).expect(.pass, "silent")
    }

    @Test(
        "`ActivePictureRule` reviews a picture inside bars that is not 16:9",
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

    @Test("Bars for part of the film fail, with their time range")
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

    @Test("Every known shortfall has a cause and an advice of its own, and passes no content rule")
    func everyShortfall() {
        for shortfall in ContentShortfall.known {
            for stream in [MeasuredStream.picture, .sound] {
                let message = shortfall.message(stream)
                #expect(shortfall.words(stream) != nil, "\(shortfall.rawValue)")
                #expect(!message.zh.contains(ContentShortfall.unknownCause.zh))
            }
            let facts = Self.facts(
                picture: Self.picture(shortfall), sound: SoundContent(loudness: -20, shortfall: shortfall))
            for rule in Self.all { #expect(rule.judge(facts).outcome != .pass, "\(shortfall.rawValue)") }
        }
        let later = ContentShortfall(rawValue: "too-loud")
        #expect(later.words(.picture) == nil)
        BlackRule(longest: .seconds(10)).judge(Self.facts(picture: Self.picture(later))).expect(
            .undetermined, "too-loud", zh: ["原因不明"], en: ["unknown"])
    }

    @Test("Ranges that were found count for every shortfall but those for which nothing can be decoded")
    func foundInSpiteOfShortfall() {
        let noise: Set<ContentShortfall> = [.noDecoder, .encrypted, .externalData]
        for shortfall in ContentShortfall.known {
            let picture = Self.picture(frozen: [Self.stretch(0, 20_000)], shortfall)
            let outcome: Finding.Outcome = noise.contains(shortfall) ? .undetermined : .fail
            #expect(FreezeRule(longest: .seconds(10)).judge(Self.facts(picture: picture)).outcome == outcome)
        }
    }

    @Test(
        "Lost pictures for longer than the limit leave black and frozen time undetermined",
        arguments: [(10_000, .pass), (10_001, .undetermined)] as [(Int64, Finding.Outcome)])
    func longLoss(length: Int64, outcome: Finding.Outcome) {
        var picture = Self.picture()
        picture.missing = [Self.stretch(5000, 5000 + length)]
        for rule in [BlackRule(longest: .seconds(10)), FreezeRule(longest: .seconds(10))] as [any ContentRule] {
            #expect(rule.judge(Self.facts(picture: picture)).outcome == outcome)
        }
    }

    @Test(
        "A stream that cannot be decoded has one cause in all rules, at every depth",
        arguments: [
            (.encrypted, "加密", "encrypted"), (.externalData, "引用影片", "reference movie"),
            (.hevcInFLV, "HEVC", "HEVC"), (.noVideoDecoder, "编码 h264 无法解码", "(h264) cannot be decoded"),
        ] as [(IntegrityProblem.Code, String, String)])
    func obstacle(code: IntegrityProblem.Code, zh: String, en: String) {
        let rules: [any ContentRule] = [
            BlackRule(longest: .seconds(10)), FreezeRule(longest: .seconds(10)), ActivePictureRule(allowed: [.one]),
            DecodableRule(), DecodableRule(depth: .full),
        ]
        for content in [nil, Self.facts(picture: Self.picture(.nothingDecoded)).content] {
            var facts = MediaFacts.sample()
            facts.content = content
            facts.integrity.add(IntegrityProblem(code))
            for rule in rules { rule.judge(facts).expect(.undetermined, code.rawValue, zh: [zh], en: [en]) }
        }
    }

    @Test("Sound without a decoder leaves silence and loudness undetermined, and names the codec")
    func soundObstacle() {
        var facts = Self.facts(sound: SoundContent(shortfall: .noDecoder))
        facts.audio?.codec = "ac4"
        let rules: [any ContentRule] = [SilenceRule(longest: .seconds(10)), LoudnessRule(softest: -30, loudest: nil)]
        for rule in rules + [DecodableRule()] {
            rule.judge(facts).expect(.undetermined, "no-decoder", zh: ["声音使用的编码 ac4 无法解码"], en: ["sound (ac4)"])
        }
        facts.integrity.add(IntegrityProblem(.noAudioDecoder))
        for rule in rules + [DecodableRule()] {
            rule.judge(facts).expect(.undetermined, "no-audio-decoder", zh: ["H.264 + AAC"], en: ["H.264 + AAC"])
        }
        BlackRule(longest: .seconds(10)).judge(facts).expect(.pass)
    }

    @Test("Bars are measured against the shape that is shown at their time")
    func barsOfLaterShape() throws {
        var facts = Self.facts()
        let later = try #require(
            PictureGeometry(codedWidth: 608, codedHeight: 1080, sampleAspectRatio: .one, orientation: .upright))
        facts.video?.changes = [PictureChange(at: .seconds(90), picture: later)]
        facts.content?.picture?.active = [
            ActivePicture(when: Self.stretch(0, 90_000), x: 0, y: 0, width: 1920, height: 1080),
            ActivePicture(when: Self.stretch(90_000, 150_000), x: 0, y: 0, width: 608, height: 1080),
        ]
        let rule = ActivePictureRule(allowed: [try #require(Ratio(16, 9))])
        rule.judge(facts).expect(.pass, zh: ["没有黑边"])
        facts.video?.changes = []
        rule.judge(facts).expect(.fail, "bars", zh: ["1:30–2:30"])
    }

    @Test("A passage lists at most three stills, all within its time range")
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

    @Test(
        "`ActivePictureRule` without shapes fails every bar",
        arguments: [
            (0, 0, 1920, 1080, .pass, "100 %"), (38, 0, 1844, 1080, .pass, "96.04 %"),
            (39, 0, 1842, 1080, .fail, "95.94 %"),
            (0, 21, 1920, 1037, .pass, "96.02 %"), (0, 22, 1920, 1036, .fail, "95.93 %"),
            (240, 0, 1440, 1080, .fail, "75 %"), (320, 180, 1280, 720, .fail, "66.67 %"),
        ] as [(Int, Int, Int, Int, Finding.Outcome, String)])
    func noBars(x: Int, y: Int, width: Int, height: Int, outcome: Finding.Outcome, measured: String) throws {
        let rule = try SecondSchema.measured(ActivePictureRule.self, "darkness: 4.6%")
        let active = ActivePicture(when: Self.stretch(0, 150_000), x: x, y: y, width: width, height: height)
        let judgement = rule.judge(Self.facts(picture: Self.picture(active: [active])))
        judgement.expect(outcome, outcome == .pass ? nil : "bars")
        #expect(judgement.required == "≥ 96 %" && judgement.measured == measured)
    }

    @Test("A fail without allowed shapes asks for a picture without bars")
    func noBarsMessage() {
        let active = ActivePicture(when: Self.stretch(0, 150_000), x: 240, y: 0, width: 1440, height: 1080)
        let facts = Self.facts(picture: Self.picture(active: [active]))
        ActivePictureRule(allowed: []).judge(facts).expect(
            .fail, "bars", zh: ["实际画面为 1440×1080（1.33:1，0:00–2:30），要求画面没有黑边。请去掉黑边重新制作。"],
            en: ["(1.33:1, 0:00–2:30); a picture without bars is required."])
        ActivePictureRule(allowed: [], leavesToPerson: true).judge(facts).expect(.review, "bars")
        ActivePictureRule(allowed: []).judge(Self.facts(picture: Self.picture())).expect(.undetermined, "all-black")
        ActivePictureRule(allowed: []).judge(Self.facts(picture: Self.picture(.timedOut))).expect(
            .undetermined, "timed-out")
    }

    @Test("A tolerance without allowed shapes is reported, and the JSON lists no shape")
    func noBarsFile() throws {
        SecondSchema.mistake("active-picture", "tolerance: 2%", "tolerance", "without allowed no bar is allowed")
            .check()
        #expect(
            try SecondSchema.wire("active-picture", "others: review")
                == #"{"allowed":[],"darknessPercent":4.6,"others":"review","tolerance":0.03}"#)
    }
}
