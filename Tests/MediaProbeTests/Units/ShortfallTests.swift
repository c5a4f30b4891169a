import MediaFacts
import Testing

@testable import MediaProbe

/// The reason why pictures were measured in part.
struct ShortfallTests {
    private static func figures(_ change: (inout Shortfall.Figures) -> Void) -> Shortfall.Figures {
        var figures = Shortfall.Figures(
            examined: 1000, keyframes: 10, lastEnd: .seconds(100), length: .seconds(100), isFull: true)
        change(&figures)
        return figures
    }

    @Test(
        "`Shortfall.of` names the first reason that holds",
        arguments: [
            ({ _ in }, nil), ({ $0.obstacle = .encrypted }, .encrypted), ({ $0.obstacle = .externalData }, .externalData),
            ({ $0.obstacle = .noDecoder }, .noDecoder), ({ $0.obstacle = .hevcInFLV }, .noDecoder),
            ({ $0.hasDecoder = false }, .noDecoder), ({ $0.isOvertime = true }, .timedOut),
            ({ $0.examined = 0 }, .nothingDecoded),
            ({ ($0.examined, $0.hasUnknownFormat) = (0, true) }, .unknownFormat),
            ({ $0.missing = 1 }, .picturesMissing), ({ $0.hasTooManyRanges = true }, .tooManyRanges),
            // The end: two seconds, or a twentieth of the film.
            ({ $0.lastEnd = .seconds(95) }, nil), ({ $0.lastEnd = .milliseconds(94_999) }, .stopsDecoding),
            ({ ($0.lastEnd, $0.length) = (.seconds(8), .seconds(10)) }, nil),
            ({ ($0.lastEnd, $0.length) = (.milliseconds(7999), .seconds(10)) }, .stopsDecoding),
            ({ $0.lastEnd = nil }, .stopsDecoding),
            // At standard depth keyframes tell.
            ({ ($0.isFull, $0.lastEnd) = (false, nil) }, nil),
            ({ ($0.isFull, $0.keyframes, $0.examined) = (false, 20, 10) }, nil),
            ({ ($0.isFull, $0.keyframes, $0.examined) = (false, 21, 10) }, .stopsDecoding),
            // The heavier reason comes first.
            ({ ($0.obstacle, $0.isOvertime, $0.missing) = (.encrypted, true, 5) }, .encrypted),
            ({ ($0.isOvertime, $0.missing) = (true, 5) }, .timedOut),
            ({ ($0.lastEnd, $0.missing) = (.zero, 5) }, .stopsDecoding),
        ] as [(@Sendable (inout Shortfall.Figures) -> Void, ContentShortfall?)])
    func table(change: @Sendable (inout Shortfall.Figures) -> Void, reason: ContentShortfall?) {
        #expect(Shortfall.of(Self.figures(change)) == reason)
    }
}
