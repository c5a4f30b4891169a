import MediaFacts
import TestSupport

@testable import ContestRules

/// Rules of every measured kind, one of each form.
enum MeasuredKinds {
    static let all = ofFirstSchema + ofSecondSchema

    private static let ofFirstSchema: [any MeasuredRule] = [
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
        DecodableRule(depth: .full),
    ]

    /// Kinds and forms that `clipcheck.contest/1` lacks.
    private static let ofSecondSchema: [any MeasuredRule] = [
        DurationRule(allowed: [.seconds(15), .seconds(150)], tolerance: .seconds(1)),
        AspectRatioRule(
            allowed: [], range: PictureShapeRange(PictureShape(.one), PictureShape(Ratio(2, 1) ?? .one)),
            tolerance: 0.005),
        ResolutionRule(
            .bounds(min: PictureSize(width: 1280, height: 720), max: PictureSize(width: 1920, height: 1080)),
            turned: .pass),
        ResolutionRule(.shortSide(min: 720, max: 1080)), ResolutionRule(.shortSide(min: 1080, max: 1080), of: .stored),
        OrientationRule(allowed: [.landscape, .square]), ActivePictureRule(allowed: []),
        AnyOfRule(groups: [
            [
                AspectRatioRule(allowed: [Ratio(4, 3) ?? .one], tolerance: 0.005),
                FileSizeRule(smallest: 1, largest: nil),
            ],
            [OrientationRule(allowed: [.landscape]), DurationRule(shortest: .seconds(120), longest: .seconds(300))],
        ]),
        AnyOfRule(groups: [[OrientationRule(allowed: [.portrait])], [SilenceRule(longest: .seconds(10))]]),
    ]

    /// Facts of the ordinary clip, and of its content at `depth`.
    static func measured(_ depth: Depth = .standard) -> MediaFacts {
        var facts = MediaFacts.sample()
        let whole = ActivePicture(
            when: TimeRange(start: .zero, end: .seconds(150)), x: 0, y: 0, width: 1920, height: 1080)
        facts.content = ContentFacts(
            depth: depth,
            picture: PictureContent(framesExamined: depth == .full ? 3750 : 200, frames: 3750, active: [whole]),
            sound: SoundContent(loudness: -20, truePeak: -2))
        return facts
    }
}
