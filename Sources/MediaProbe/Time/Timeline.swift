internal import CFFmpeg
internal import MediaFacts

/// The relation between timestamps of the file and time of the film, whose first picture is at zero.
///
/// A film has one segment, or several where its timestamps start over; in film time the segments follow each other
/// without a gap.
struct Timeline: Equatable {
    /// A part of the film with continuous timestamps.
    struct Segment: Equatable {
        /// The lowest timestamp of a picture in the segment, in time of the file.
        var fileStart: Duration
        /// The time of the film at which the segment begins.
        var filmStart: Duration
    }

    /// The segments in file order; never empty.
    private(set) var segments: [Segment]

    /// A film that begins at `fileStart` and has one segment.
    init(fileStart: Duration = .zero) { segments = [Segment(fileStart: fileStart, filmStart: .zero)] }

    /// Adds a segment behind the film so far.
    mutating func append(_ segment: Segment) { segments.append(segment) }

    /// The film's time for a timestamp of the file in segment `number`; nil outside `FactBounds.times`.
    func filmTime(of time: Duration, inSegment number: Int) -> Duration? {
        let segment = segments[min(max(0, number), segments.count - 1)]
        return FactBounds.time(time - segment.fileStart + segment.filmStart)
    }
}
