internal import MediaFacts

/// Decides from counts why pictures were measured only in part.
enum Shortfall {
    /// The figures on which the decision depends.
    struct Figures {
        /// The reason why the picture cannot be decoded at all; nil when there is none.
        var obstacle: Obstacle?
        /// Whether a decoder was opened.
        var hasDecoder = true
        /// Whether the time limit passed.
        var isOvertime = false
        /// Whether a picture has a sample format that is not measured.
        var hasUnknownFormat = false
        /// Number of pictures that were measured.
        var examined = 0
        /// Number of keyframes in the film.
        var keyframes = 0
        /// Number of pictures that the decoder did not output although their packets arrived.
        var missing = 0
        /// The end of the last decoded picture.
        var lastEnd: Duration?
        /// Length of the film.
        var length = Duration.zero
        /// Whether every picture was to be decoded.
        var isFull = false
        /// Whether a range of two seconds or more was dropped because there were too many.
        var hasTooManyRanges = false
    }

    /// Time by which pictures may always end before the film does; a twentieth of the film is allowed as well.
    private static let harmlessEnd = Duration.seconds(2)

    /// The reason that follows from `figures`; nil when everything was measured.
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
