import MediaFacts
import TestSupport

@testable import ContestRules

/// Rules of every measured kind, one of each form.
enum MeasuredKinds {
    static let all = ofFirstSchema + ofSecondSchema + ofSignals

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

    /// Kinds and forms about sound format, scan, samples, colours, groups of pictures, layout and declarations.
    private static let ofSignals: [any MeasuredRule] = [
        AudioFormatRule(channels: [.named("stereo", 2)], sampleRates: [44_100, 48_000], tracks: 1),
        AudioFormatRule(lowest: 96_000, highest: 192_000), ScanRule(allowed: [.progressive]),
        ScanRule(allowed: [.progressive, .interlaced], fieldOrder: .topFirst),
        PixelFormatRule(chroma: ["4:2:0"], bitDepths: [8, 10], range: .limited, needsSquarePixels: true),
        ColorRule(spaces: [.bt709], highDynamicRange: .forbidden),
        CodecRule(
            video: ["h264", "prores"], audio: ["aac"], profiles: ["High", "HQ", "LC"],
            highestLevel: CodecLevelLimit("4.1")),
        BitRateRule(lowest: 64_000, highest: nil, subject: .audio),
        BitRateRule(lowest: 100_000, highest: nil, subject: .file),
        BitRateRule(lowest: nil, highest: nil, mode: .variable),
        BitRateRule(lowest: nil, highest: 192_000, subject: .audio, mode: .constant),
        KeyframesRule(longest: .seconds(10), needsClosedGroups: true),
        KeyframesRule(bPictures: 2), LayoutRule(needsIndexFirst: true, forbidsEditLists: true, forbidsFragments: true),
        LayoutRule(forbidsDisabledTracks: true), AILabelRule(.forbidden),
        AILabelRule(.forbidden, needsWellFormed: true), AILabelRule(needsWellFormed: true),
    ]

    /// Facts of the ordinary clip, and of its content at `depth`.
    static func measured(_ depth: Depth = .standard) -> MediaFacts {
        var facts = MediaFacts.detailed
        let whole = ActivePicture(
            when: TimeRange(start: .zero, end: .seconds(150)), x: 0, y: 0, width: 1920, height: 1080)
        facts.content = ContentFacts(
            depth: depth,
            picture: PictureContent(framesExamined: depth == .full ? 3750 : 200, frames: 3750, active: [whole]),
            sound: SoundContent(loudness: -20, truePeak: -2))
        return facts
    }
}
