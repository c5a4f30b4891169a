import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// What holds for all kinds of rules alike.
@Suite("Every kind of rule")
struct EveryRuleKindTests {
    /// One of each kind and form.
    private static let kinds: [any MeasuredRule] = [
        ReadableRule(), HasVideoRule(), HasAudioRule(), UprightRule(), TrueLengthRule(tolerance: .seconds(1)),
        CompleteFileRule(), DurationRule(shortest: .seconds(120), longest: .seconds(300)),
        AspectRatioRule(allowed: [Ratio(16, 9) ?? .one], tolerance: 0.005),
        ResolutionRule(sizes: [PictureSize(width: 1920, height: 1080)]),
        ResolutionRule(minimum: PictureSize(width: 1920, height: 1080), turned: .review),
        ContainerRule(allowed: [.mp4]), FileSizeRule(smallest: nil, largest: 200_000_000),
        FrameRateRule(lowest: Ratio(24, 1), highest: Ratio(30, 1)), FrameRateRule(allowed: [Ratio(25, 1) ?? .one]),
        BitRateRule(lowest: nil, highest: 8_000_000), CodecRule(video: ["h264"]),
        BlackRule(longest: .seconds(10)), FreezeRule(longest: .seconds(10)), SilenceRule(longest: .seconds(10)),
        LoudnessRule(softest: -30, loudest: -10), ActivePictureRule(allowed: [Ratio(16, 9) ?? .one]), DecodableRule(),
    ]

    /// An ordinary clip, and what there is to see and hear in it.
    private static let watched: MediaFacts = {
        var facts = MediaFacts.sample()
        let whole = ActivePicture(
            when: TimeRange(fromMilliseconds: 0, toMilliseconds: 150_000), x: 0, y: 0, width: 1920, height: 1080)
        facts.content = ContentFacts(
            depth: .standard, picture: PictureContent(framesExamined: 200, frames: 3750, active: [whole]),
            sound: SoundContent(loudness: -20, truePeak: -2))
        return facts
    }()

    /// Kinds that judge a file of sound only.
    private static let withoutPicture: Set<String> = [
        "readable", "has-audio", "complete-file", "container", "file-size",
    ]

    private static func name(_ rule: any MeasuredRule) -> String { type(of: rule).kind }

    @Test("is among those that a contest file may name")
    func kindNames() {
        let others = ["person", "form", "window", "unique-media", "file-name"]
        #expect(Set(Self.kinds.map(Self.name)).union(others) == Set(RuleFile.kindNames))
        #expect(Set(RuleFile.kindNames).count == RuleFile.kindNames.count)
        for kind in RuleFile.kindNames { #expect(ContestFile.kebabCase(kind) == kind) }
    }

    @Test("passes an ordinary clip", arguments: kinds.indices)
    func ordinary(index: Int) {
        Self.kinds[index].judge(Self.watched).expect(.pass)
    }

    @Test("passes nothing that was not read", arguments: kinds.indices, ProbeError.Code.allCases)
    func unread(index: Int, code: ProbeError.Code) {
        let rule = Self.kinds[index]
        let judgement = rule.judge(unread: unreadable(code))
        judgement.expectWords()
        #expect(judgement.reason == code.rawValue)
        let fails = Self.name(rule) == "readable" && unreadable(code).fault == .file
        #expect(judgement.outcome == (fails ? .fail : .undetermined))
    }

    @Test("passes no picture that is not there", arguments: kinds.indices)
    func noVideo(index: Int) {
        let rule = Self.kinds[index]
        let judgement = rule.judge(.soundOnly)
        judgement.expectWords()
        if Self.withoutPicture.contains(Self.name(rule)) {
            #expect(judgement.outcome == .pass)
        } else {
            #expect(judgement.outcome == (Self.name(rule) == "has-video" ? .fail : .undetermined))
        }
    }

    @Test("that asked for packets passes nothing without them", arguments: kinds.indices)
    func headerOnly(index: Int) {
        let rule = Self.kinds[index]
        let judgement = rule.judge(.headerOnly)
        judgement.expectWords()
        if rule.measurements.contains(.packets) {
            #expect(judgement.outcome == .undetermined)
            #expect(judgement.reason == (rule.depth == .quick ? "not-measured" : "not-decoded"))
        }
    }

    @Test("always asks for the header", arguments: kinds.indices)
    func measurements(index: Int) {
        #expect(Self.kinds[index].measurements.contains(.header))
    }

    @Test("names its limit whenever it measures something against one", arguments: kinds.indices)
    func limits(index: Int) {
        let rule = Self.kinds[index]
        let withoutLimit: Set<String> = ["readable", "has-video", "has-audio", "upright", "complete-file", "decodable"]
        for facts in [MediaFacts.sample(), .soundOnly, .headerOnly, .pictureUnknown] {
            #expect((rule.judge(facts).required == nil) == withoutLimit.contains(Self.name(rule)))
        }
    }

    @Test("answers the same facts alike, in words of both languages", arguments: kinds.indices)
    func pure(index: Int) {
        for facts in [
            MediaFacts.sample(), .soundOnly, .headerOnly, .pictureUnknown, .picture(1, 1), .picture(1080, 1920),
            .picture(1920, 1080, degrees: 30), .sample(duration: .seconds(1), declared: nil, bytes: 0),
            .sample(family: .flv, bytes: .max, frameRate: Ratio(1, 1), bitsPerSecond: .max),
        ] {
            let judgement = Self.kinds[index].judge(facts)
            judgement.expectWords()
            #expect(Self.kinds[index].judge(facts) == judgement)
        }
    }

    @Test("fails as an advice when it is only encouraged", arguments: Finding.Outcome.allCases)
    func advice(outcome: Finding.Outcome) {
        let judgement = Judgement(outcome, message: LocalizedText(zh: "话", en: "words"))
        let kind = Rule.Kind.measured(ReadableRule())
        let required = Finding(Rule(id: "a", level: .required, clause: "原文", kind: kind), judgement)
        let encouraged = Finding(Rule(id: "a", level: .encouraged, clause: "原文", kind: kind), judgement)
        #expect(required.outcome == outcome)
        #expect(encouraged.outcome == (outcome == .fail ? .advisory : outcome))
    }
}
