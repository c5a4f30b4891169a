internal import CFFmpeg
internal import MediaFacts

/// Length, frame rate and bit rate of the film, computed from its packets.
struct VideoMeasurement {
    let stream: AVStream
    let tally: StreamTally
    let length: FilmLength

    /// Writes the measured figures, and the problems of the timestamps, into `facts`.
    func write(to facts: inout MediaFacts) {
        facts.integrity.videoPackets = tally.pictures
        facts.integrity.firstTimestamp =
            tally.spans.first
            .flatMap { Duration(ticks: $0.first, stream.time_base) }?.roundedToMilliseconds
        facts.duration = length.length
        facts.durationWithoutJumps = length.withoutJumps
        facts.integrity.problems += problems
        facts.sources["durationMilliseconds"] = .packets
        guard let seconds = length.length?.seconds, seconds > 0 else { return }
        let bits = Int64(exactly: (Double(tally.bytes) * 8 / seconds).rounded()) ?? -1
        facts.video?.bitsPerSecond = FactBounds.bitRates.contains(bits) ? bits : nil
        facts.sources["video.bitsPerSecond"] = .packets
        guard tally.pictures > 1, !isBorneOut(facts.video?.frameRate, seconds) else { return }
        facts.video?.frameRate = FrameRate.nearest(to: Double(tally.pictures) / seconds)
        facts.sources["video.frameRate"] = .packets
    }

    private func isBorneOut(_ claimed: Ratio?, _ seconds: Double) -> Bool {
        guard let claimed else { return false }
        return FrameRate.isBorneOut(
            claimed, pictures: tally.pictures, seconds: seconds, steps: tally.steps,
            ticksPerSecond: TimeBase(stream.time_base).ticksPerSecond)
    }

    private var problems: [IntegrityProblem] {
        let gaps = tally.steps.gaps
        return [
            tally.pictures == 0 ? IntegrityProblem(.noVideoPackets) : nil,
            tally.spans.count > 1 ? IntegrityProblem(.timelineRestarts, count: tally.spans.count) : nil,
            length.jumps > 0 ? IntegrityProblem(.timelineJumps, count: length.jumps) : nil,
            tally.withoutTimestamp > 0 ? IntegrityProblem(.missingTimestamps, count: tally.withoutTimestamp) : nil,
            tally.backwardSteps > 0 ? IntegrityProblem(.backwardTimestamps, count: tally.backwardSteps) : nil,
            gaps > 0 ? IntegrityProblem(.timestampGaps, count: gaps) : nil,
        ].compactMap(\.self)
    }
}
