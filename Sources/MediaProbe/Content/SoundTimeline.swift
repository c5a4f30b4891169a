internal import MediaFacts

/// Measures silence, loudness and length of decoded samples in order of presentation.
///
/// The film is silent before the first sample and behind the last one. Samples before the film's start are dropped.
final class SoundTimeline {
    private var clock = SampleClock()
    private var silence: SilenceDetector
    private var curve = LoudnessCurve()
    private var meter: LoudnessMeter?
    /// The format of the samples before; nil before the first.
    private var format: SoundFormat?
    /// Number of meters made so far; each measures one format.
    private var meters = 0
    /// Ranges of sound that was not decoded. Ranges less than `SilenceDetector.shortest` apart are joined, because
    /// silence between them is too short to be reported.
    private var undecodable = RangeSet(gap: SilenceDetector.shortest)
    /// Whether some sound has a format that is not measured.
    private var isUnmeasured = false
    /// The end of the last sample; nil before the first.
    private var end: Duration?

    /// Most formats whose loudness is measured; a hostile file can change its format with every packet.
    private static let mostMeters = 16

    /// Makes a timeline; samples are silent within `threshold`, a share of the full scale, of their middle.
    init(threshold: Float) { silence = SilenceDetector(threshold: threshold) }

    /// Measures the next samples.
    ///
    /// - Parameters:
    ///   - samples: interleaved samples; ±1 is the full scale. Their number must be a multiple of the channels.
    ///   - time: the timestamp of the first sample; nil continues the samples before.
    func append(_ samples: UnsafeBufferPointer<Float>, _ format: SoundFormat, at time: Duration?) {
        let count = samples.count / format.channels
        guard count > 0 else { return }
        let place = clock.place(count: count, rate: format.rate, at: time)
        if let jump = place.jump { follow(jump, to: place.start) }
        end = max(end ?? .zero, place.end)
        let cut = SampleClock.samples(in: .zero - place.start, rate: format.rate)
        guard cut < count else { return }
        let start = place.start + SampleClock.length(of: cut, rate: format.rate)
        let shown = UnsafeBufferPointer(rebasing: samples[Int(cut) * format.channels..<count * format.channels])
        silence.append(shown, format, at: max(.zero, start))
        measureLoudness(shown, format, at: max(.zero, start))
    }

    /// Records samples that cannot be measured; their time counts neither as sound nor as silence.
    func appendUnreadable(count: Int, rate: Int, at time: Duration?) {
        isUnmeasured = true
        guard count > 0, rate > 0 else { return }
        let place = clock.place(count: count, rate: rate, at: time)
        if let jump = place.jump { follow(jump, to: place.start) }
        end = max(end ?? .zero, place.end)
        silence.pause(from: max(.zero, place.start), to: max(.zero, place.end))
        undecodable.insert(TimeRange(start: max(.zero, place.start), end: place.end))
    }

    /// Records that the sound between two times did not decode; that time counts neither as sound nor as silence.
    func noteUndecodable(from: Duration, to: Duration) {
        let (from, to) = (max(from, .zero), min(to, FactBounds.latest))
        undecodable.insert(TimeRange(start: from, end: to))
        clock.release()
    }

    /// Counts the time between the samples before a jump and those behind it as a pause.
    private func follow(_ jump: SampleClock.Jump, to start: Duration) {
        silence.shift(by: jump.drift)
        let from = max(.zero, jump.end ?? .zero)
        guard start > from else { return }
        silence.pause(from: from, to: start)
        meter?.pause(from: from, to: start, into: &curve)
    }

    private func measureLoudness(_ samples: UnsafeBufferPointer<Float>, _ format: SoundFormat, at start: Duration) {
        if self.format != format {
            self.format = format
            meter?.finishSecond(into: &curve)
            meter = meters < Self.mostMeters ? LoudnessMeter(format) : nil
            meters += 1
            isUnmeasured = isUnmeasured || meters == 1 && meter == nil
        }
        meter?.append(samples, at: start, into: &curve)
    }

    /// All measurements. Call it once, after the last sample.
    ///
    /// - Parameters:
    ///   - damaged: number of packets that did not decode.
    ///   - filmLength: length of the film; behind the last sample the film is silent to its end. Nil ends with the last
    ///     sample.
    func content(damaged: Int, filmLength: Duration?) -> SoundContent {
        var content = SoundContent(damagedPackets: damaged)
        guard let end else {
            content.shortfall = isUnmeasured ? .unknownFormat : .nothingDecoded
            return content
        }
        let filmLength = filmLength.map { min(max(.zero, $0), FactBounds.latest) }
        content.length = end.roundedToMilliseconds
        silence.finish(filmLength: filmLength)
        let silent = undecodable.parts(of: silence.ranges, shortest: SilenceDetector.shortest)
        content.silent = Array(silent.prefix(FactBounds.ranges))
        content.shortfall = isUnmeasured ? .unknownFormat : meters > 1 ? .formatChanges : nil
        if content.shortfall == nil { (content.loudness, content.truePeak) = (meter?.loudness, meter?.truePeak) }
        meter?.finishSecond(into: &curve)
        if meters > 0 { (content.curve, content.curveStep) = curve.values(until: max(end, filmLength ?? .zero)) }
        return content
    }
}
