internal import MediaFacts

/// Finds the part of the picture inside black bars, over time.
///
/// `BarObservation` examines single pictures, and `BarTimeline` decides for the whole film. Bars lie along opposite
/// edges, are black, straight and equally wide, and stay while the scene inside them changes. Titles, credits and a lit
/// face in the dark leave dark margins without these properties.
struct ActivePictureDetector {
    /// Time between two pictures that are examined.
    static let pause = Duration.milliseconds(200)
    /// Most observations that are kept, of 200 bytes each. They cover 55 minutes at one in 200 ms; for longer films the
    /// interval doubles.
    private static let most = 1 << 14

    private var observations: [BarObservation] = []
    private let profile = LineProfile()
    /// Number of appended pictures for each examined one.
    private var interval = 1
    private var appended = 0

    /// Examines a picture that is not black; pictures may come in any order of time.
    mutating func append(_ image: LumaImage, at time: Duration, _ range: LumaRange) {
        appended += 1
        guard appended % interval == 0 else { return }
        profile.fill(image, range)
        guard let observation = BarObservation(image, at: time, profile) else { return }
        observations.append(observation)
        if observations.count >= Self.most { thinOut() }
    }

    /// Drops every other observation, and halves the number of pictures examined from now on.
    private mutating func thinOut() {
        observations = observations.indices.filter { $0 % 2 == 0 }.map { observations[$0] }
        interval *= 2
    }

    /// The part inside the bars for each range of the film; empty when every picture was black.
    ///
    /// - Parameters:
    ///   - length: length of the film; ends the last range.
    ///   - width: width of the stored picture; pictures of another size must not be appended.
    ///   - height: height of the stored picture.
    func ranges(until length: Duration, width: Int, height: Int) -> [(when: TimeRange, box: Box)] {
        let segments = BarTimeline(observations, until: length, width: width, height: height).segments
        let whole = Box(left: 0, top: 0, right: width, bottom: height)
        return segments.prefix(FactBounds.activeRanges).indices.map { index in
            let start = segments[index].start
            let end = index + 1 < segments.count ? segments[index + 1].start : max(length, start)
            return (TimeRange(start: start, end: end), segments[index].box ?? whole)
        }
    }
}
