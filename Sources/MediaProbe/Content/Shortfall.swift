internal import MediaFacts

/// The reason why pictures were measured in part, decided from counts.
enum Shortfall {
    /// Figures of one decoding pass.
    struct Figures {
        /// The picture cannot be shown at all.
        var obstacle: Obstacle?
        /// A decoder was opened.
        var hasDecoder = true
        /// Time ran out.
        var isOvertime = false
        /// A picture's sample format is not measured.
        var hasUnknownFormat = false
        /// Pictures that were measured.
        var examined = 0
        /// Keyframes of the film.
        var keyframes = 0
        /// Pictures that came of no packet.
        var missing = 0
        /// The end of the last picture that was decoded.
        var lastEnd: Duration?
        /// Length of the film.
        var length = Duration.zero
        /// Every picture was to be decoded.
        var isFull = false
        /// More ranges were found than are kept.
        var hasTooManyRanges = false
    }

    /// Pictures may end this long before the film does, and by a twentieth of the film.
    private static let harmlessEnd = Duration.seconds(2)

    /// The reason for `figures`; nil when everything was measured.
    static func of(_ figures: Figures) -> ContentShortfall? {
        if let obstacle = figures.obstacle { return obstacle.shortfall }
        if !figures.hasDecoder { return .noDecoder }
        if figures.isOvertime { return .timedOut }
        if figures.examined == 0 { return figures.hasUnknownFormat ? .unknownFormat : .nothingDecoded }
        if figures.isFull {
            let rest = figures.length - (figures.lastEnd ?? .zero)
            if rest > max(harmlessEnd, figures.length / 20) { return .stopsDecoding }
        } else if figures.keyframes > figures.examined * 2 {
            return .stopsDecoding
        }
        if figures.missing > 0 { return .picturesMissing }
        return figures.hasTooManyRanges ? .tooManyRanges : nil
    }
}
