internal import MediaFacts

/// Finds the part of the picture inside black bars, over time.
///
/// `BarObservation` examines single pictures, `BarTimeline` decides over the film. Bars lie along opposite edges, are
/// black, straight and equally wide, and stay while the scene inside them changes. A title, credits and a lit face in the
/// dark leave dark margins without these properties.
struct ActivePictureDetector {
    /// Time between two pictures that are examined.
    static let pause = Duration.milliseconds(200)
    /// Largest number of observations kept, of 200 bytes each: 55 minutes at one in 200 ms, longer films more coarsely.
    private static let most = 1 << 14

    private var observations: [BarObservation] = []
    private let profile = LineProfile()
    /// The detector examines one picture in so many.
    private var interval = 1
    private var appended = 0

    /// Examines a picture that is not black; the order of calls is free.
    mutating func append(_ image: LumaImage, at time: Duration, _ range: LumaRange) {
        appended += 1
        guard appended % interval == 0 else { return }
        profile.fill(image, range)
        guard let observation = BarObservation(image, at: time, profile) else { return }
        observations.append(observation)
        if observations.count >= Self.most { thinOut() }
    }

    /// Keeps every other observation, and examines half as many pictures from now on.
    private mutating func thinOut() {
        observations = observations.indices.filter { $0 % 2 == 0 }.map { observations[$0] }
        interval *= 2
    }

    /// The part inside the bars for each range of the film; empty when every picture was black.
    ///
    /// - Parameters:
    ///   - length: of the film; ends the last range.
    ///   - width: of the stored picture; pictures of another size were not appended.
    ///   - height: of the stored picture.
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
