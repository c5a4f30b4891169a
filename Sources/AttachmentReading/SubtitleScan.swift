internal import MediaFacts

/// Collects the cues of a subtitle file line by line.
struct SubtitleScan {
    private(set) var facts = SubtitleCues(count: 0)
    /// Problems in the order of the file, each at most once.
    private(set) var problems: [AttachmentProblem] = []
    /// Whether the file has more cues than are read.
    private(set) var isFull = false
    private var last: SubtitleTimes?

    /// Adds a line; a line without an arrow is text and changes nothing.
    mutating func add(_ line: ArraySlice<UInt8>) {
        guard !isFull, SubtitleTimes.hasArrow(line) else { return }
        guard let times = SubtitleTimes(line) else {
            note(.malformedCue)
            return
        }
        guard facts.count < SubtitleReader.mostCues else {
            isFull = true
            return
        }
        if times.to < times.from { note(.reversedCue) }
        if let last {
            if times.from < last.from { note(.reversedCue) } else if times.from < last.to { note(.overlappingCue) }
        }
        facts.count += 1
        facts.firstMilliseconds = min(facts.firstMilliseconds ?? times.from, times.from)
        facts.lastMilliseconds = max(facts.lastMilliseconds ?? times.to, times.from, times.to)
        last = times
    }

    private mutating func note(_ problem: AttachmentProblem) {
        if !problems.contains(problem) { problems.append(problem) }
    }
}
