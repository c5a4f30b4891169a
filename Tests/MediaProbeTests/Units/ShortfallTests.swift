import MediaFacts
import Testing

@testable import MediaProbe

/// The reason why pictures were measured only in part.
struct ShortfallTests {
    private static func figures(_ change: (inout Shortfall.Figures) -> Void) -> Shortfall.Figures {
        var figures = Shortfall.Figures(
            examined: 1000, keyframes: 10, lastEnd: .seconds(100), length: .seconds(100), isFull: true)
        change(&figures)
        return figures
    }

    @Test(
        "`Shortfall.of` returns the most severe reason that applies",
        arguments: [
            Case(nil) { _ in }, Case(.encrypted) { $0.obstacle = .encrypted },
            Case(.externalData) { $0.obstacle = .externalData },
            Case(.noDecoder) { $0.obstacle = .noDecoder }, Case(.noDecoder) { $0.obstacle = .hevcInFLV },
            Case(.noDecoder) { $0.hasDecoder = false }, Case(.timedOut) { $0.isOvertime = true },
            Case(.nothingDecoded) { $0.examined = 0 },
            Case(.unknownFormat) { ($0.examined, $0.hasUnknownFormat) = (0, true) },
            Case(.picturesMissing) { $0.missing = 1 }, Case(.tooManyRanges) { $0.hasTooManyRanges = true },
            // Pictures may end two seconds, or a twentieth of the film, before the film does.
            Case(nil) { $0.lastEnd = .seconds(95) }, Case(.stopsDecoding) { $0.lastEnd = .milliseconds(94_999) },
            Case(nil) { ($0.lastEnd, $0.length) = (.seconds(8), .seconds(10)) },
            Case(.stopsDecoding) { ($0.lastEnd, $0.length) = (.milliseconds(7999), .seconds(10)) },
            Case(.stopsDecoding) { $0.lastEnd = nil },
            // At standard depth the number of keyframes that decode decides.
            Case(nil) { ($0.isFull, $0.lastEnd) = (false, nil) },
            Case(nil) { ($0.isFull, $0.keyframes, $0.examined) = (false, 20, 10) },
            Case(.stopsDecoding) { ($0.isFull, $0.keyframes, $0.examined) = (false, 21, 10) },
            // Of two reasons the more severe one is reported.
            Case(.encrypted) { ($0.obstacle, $0.isOvertime, $0.missing) = (.encrypted, true, 5) },
            Case(.timedOut) { ($0.isOvertime, $0.missing) = (true, 5) },
            Case(.stopsDecoding) { ($0.lastEnd, $0.missing) = (.zero, 5) },
        ])
    func table(figures: Case) {
        #expect(Shortfall.of(Self.figures(figures.change)) == figures.reason)
    }

    /// A change to figures that are otherwise complete, and the reason that must follow from it.
    struct Case: Sendable {
        let reason: ContentShortfall?
        let change: @Sendable (inout Shortfall.Figures) -> Void

        init(_ reason: ContentShortfall?, _ change: @escaping @Sendable (inout Shortfall.Figures) -> Void) {
            (self.reason, self.change) = (reason, change)
        }
    }
}
