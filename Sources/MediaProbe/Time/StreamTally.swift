internal import MediaFacts

/// Counts and timestamps of one stream's packets, in ticks of the stream's time base.
struct StreamTally {
    /// Number of pictures that are shown: discarded and hidden packets do not count, two fields count once.
    var pictures: Int { wholePictures + (fields + 1) / 2 }
    /// Number of packets, shown or not.
    private(set) var packets = 0
    /// Bytes of all packets.
    private(set) var bytes: Int64 = 0
    /// Number of shown pictures with neither a presentation nor a decoding timestamp.
    private(set) var withoutTimestamp = 0
    /// Number of timestamps, in order, that are smaller than the one before them in the same segment.
    private(set) var backwardSteps = 0
    /// Spans of continuous timestamps, in file order; never empty once a packet has a timestamp.
    private(set) var spans: [TickSpan] = []
    /// Steps between consecutive timestamps.
    private(set) var steps: StepCounter
    /// Intervals of keyframes, and leading pictures.
    private(set) var keyframes = KeyframeTally()
    /// Bytes of every second.
    private(set) var rate: RateTally
    /// Pictures by scan.
    private(set) var scans = ScanTally()

    private let hasPictures: Bool
    private var restarts: RestartDetector
    private var wholePictures = 0
    /// Alternates with the fields of a stream: `true` at the first of each pair.
    private var isFirstField = false
    private var fields = 0
    /// The newest timestamp in order.
    private var last: ReorderBuffer.Entry?
    /// Presentation timestamps of a stream that has no others; nil once a decoding timestamp arrived.
    private var reordered: ReorderBuffer? = ReorderBuffer()
    private var segment = 0

    /// - Parameters:
    ///   - restarts: detects the stream's timelines.
    ///   - hasPictures: whether the stream is video, so that its keyframes and scans are counted.
    init(_ restarts: RestartDetector, hasPictures: Bool = true) {
        self.restarts = restarts
        self.hasPictures = hasPictures
        steps = StepCounter(ticksPerSecond: restarts.ticksPerSecond)
        rate = RateTally(ticksPerSecond: restarts.ticksPerSecond)
    }

    /// Adds the next packet in file order.
    mutating func add(_ stamp: PacketStamp) {
        packets += 1
        bytes &+= stamp.size
        let number = restarts.accept(stamp)
        if number != segment {
            finish()
            last = nil
        }
        // The second field of a picture does not count as a picture.
        isFirstField = stamp.isField && !isFirstField
        rate.add(stamp.size, at: stamp.decoding ?? stamp.presentation)
        if !stamp.isField || isFirstField { noteStep(to: stamp) }
        if hasPictures {
            if !stamp.isField || isFirstField { keyframes.add(stamp) }
            scans.add(stamp.scan)
        }
        guard !stamp.isDiscarded, !stamp.isHidden else { return }
        if stamp.isField { fields += 1 } else { wholePictures += 1 }
        guard let shown = stamp.shown else {
            if !stamp.isField || isFirstField { withoutTimestamp += 1 }
            return
        }
        if spans.isEmpty || number > segment { spans.append(TickSpan()) }
        segment = number
        spans[spans.count - 1].add(shown, duration: stamp.duration, hasPresentation: stamp.presentation != nil)
    }

    private mutating func noteStep(to stamp: PacketStamp) {
        if restarts.hasDecodingTimes {
            if reordered != nil { (reordered, last) = (nil, nil) }
            if let time = stamp.decoding { noteStep(to: (time, stamp.duration)) }
        } else if let time = stamp.presentation, let next = reordered?.push((time, stamp.duration)) {
            noteStep(to: next)
        }
    }

    private mutating func noteStep(to now: ReorderBuffer.Entry) {
        defer { last = now }
        guard let last else { return }
        let (step, overflow) = now.time.subtractingReportingOverflow(last.time)
        if overflow || step < 0 {
            backwardSteps += 1
        } else if step > 0 {
            steps.add(step, stated: last.duration)
        }
    }

    /// Ends a timeline: counts the timestamps that still wait in the reorder buffer, and the last intervals.
    mutating func finish() {
        for entry in reordered?.drain() ?? [] { noteStep(to: entry) }
        keyframes.endPart()
        rate.endPart()
    }

    /// The usual time between two pictures, in ticks: the most frequent step. A median would be too long for a film
    /// that holds many pictures for a long time. Nil without two timestamps.
    var usualStep: Int64? { steps.mostFrequent }
}
