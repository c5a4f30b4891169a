/// The keyframes of one video stream: how far apart they are, whether leading pictures follow one, and how many B-pictures
/// lie in a row. Times are ticks of the stream's time base.
struct KeyframeTally {
    /// Number of keyframes.
    private(set) var count = 0
    /// Whether a packet follows a keyframe in the file and is shown before it (a leading picture).
    private(set) var hasLeadingPictures = false
    /// Whether a packet that is no keyframe has no presentation timestamp, so that a leading picture cannot be recognised.
    private(set) var lacksPresentation = false
    /// The greatest number of pictures in a row that are shown before a picture which precedes them in the file.
    private(set) var longestBPictureRun = 0

    private var longestSoFar: Int64 = 0
    /// The time from which the current interval counts: of the newest keyframe, or of the first picture before any.
    private var start: Int64?
    /// The presentation timestamp of the newest keyframe.
    private var newest: Int64?
    /// The latest presentation timestamp in the current part of the timeline.
    private var latest: Int64?
    /// Number of B-pictures since the picture that `latest` belongs to.
    private var bPictureRun = 0
    /// The latest end of a picture in the current part of the timeline.
    private var end: Int64?

    /// Counts the next picture in file order. The second field of a picture is not counted.
    mutating func add(_ stamp: PacketStamp) {
        noteOrder(stamp.presentation)
        if stamp.isKey {
            count += 1
            if let shown = stamp.shown {
                noteInterval(until: shown)
                start = shown
            }
            newest = stamp.presentation
        } else if let presentation = stamp.presentation {
            if let newest, presentation < newest, !stamp.isHidden { hasLeadingPictures = true }
        } else {
            lacksPresentation = true
        }
        guard let shown = stamp.shown, !stamp.isHidden else { return }
        if start == nil { start = shown }
        let (after, overflow) = shown.addingReportingOverflow(stamp.duration)
        if !overflow { end = max(end ?? after, after) }
    }

    /// Ends the current part of the timeline: the time up to the end of its last picture counts as an interval.
    mutating func endPart() {
        if let end { noteInterval(until: end) }
        (start, newest, end, latest, bPictureRun) = (nil, nil, nil, nil, 0)
    }

    /// The longest time from one keyframe to the next or to the end; nil without keyframes, and 0 without timestamps.
    var longest: Int64? { count > 0 ? longestSoFar : nil }

    private mutating func noteOrder(_ presentation: Int64?) {
        guard let presentation else { return }
        if let latest, presentation < latest {
            bPictureRun += 1
            longestBPictureRun = max(longestBPictureRun, bPictureRun)
        } else {
            (latest, bPictureRun) = (presentation, 0)
        }
    }

    private mutating func noteInterval(until time: Int64) {
        guard let start else { return }
        let (interval, overflow) = time.subtractingReportingOverflow(start)
        if !overflow { longestSoFar = max(longestSoFar, interval) }
    }
}
