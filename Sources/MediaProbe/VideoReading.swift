internal import CFFmpeg
internal import MediaFacts

/// Turns what was read of the main video stream into facts: picks between the header's claim and the stream's own word.
struct VideoReading {
    let stream: UnsafeMutablePointer<AVStream>
    let selection: StreamSelection
    let walk: PacketWalk
    let whole: Bool
    /// The header's claim, before anything was read ahead; nil for streams found later.
    let claimed: CodecHeader?

    /// What the stream says about itself; libav's reading ahead where no parser knows the codec.
    var codec: CodecHeader {
        let read = CodecHeader(stream.pointee.codecpar.pointee)
        guard var parsed = walk.codecHeader else { return read }
        parsed.pixelFormat = parsed.pixelFormat ?? read.pixelFormat
        parsed.profile = parsed.profile ?? read.profile
        return parsed
    }

    /// Writes the video, the length and what contradicts itself into `facts`.
    func describe(_ facts: inout MediaFacts) {
        let codec = codec
        let headerRate = Ratio(stream.pointee.avg_frame_rate)
        var video = VideoFacts(
            codec: codecName(stream.pointee.codecpar.pointee.codec_id), profile: codec.profile,
            picture: picture(codec), pixelFormat: codec.pixelFormat, frameRate: headerRate,
            bitsPerSecond: stream.pointee.codecpar.pointee.bit_rate > 0
                ? stream.pointee.codecpar.pointee.bit_rate : nil,
            streams: selection.videoStreams)
        facts.integrity.problems += contradictions(codec)
        facts.sources["video.codedWidth"] = .stream
        facts.sources["video.codedHeight"] = .stream
        if whole { measure(&video, &facts, headerRate: headerRate) }
        facts.video = video
    }

    /// The packets' word on length, frame rate and bit rate.
    private func measure(_ video: inout VideoFacts, _ facts: inout MediaFacts, headerRate: Ratio?) {
        let tally = walk.video
        let timeBase = stream.pointee.time_base
        facts.integrity.videoPackets = tally.packets
        facts.integrity.firstTimestamp = tally.firstTimestamp(timeBase)
        facts.duration = tally.length(timeBase)
        facts.integrity.problems += timestampProblems(tally, timeBase)
        facts.sources["durationMilliseconds"] = .packets
        guard let length = facts.duration, length > .zero else { return }
        let bits = Double(tally.bytes) * 8 / length.seconds
        video.bitsPerSecond = Int64(bits.rounded())
        facts.sources["video.bitsPerSecond"] = .packets
        guard tally.packets > 1, !isBorneOut(headerRate, tally, length) else { return }
        video.frameRate = FrameRate.nearest(to: Double(tally.packets) / length.seconds)
        facts.sources["video.frameRate"] = .packets
    }

    /// Whether the packets come at the rate that the header claims: on the whole (within 2 %), or mostly (a constant
    /// rate with some frames dropped; a step may be a tick off, as in Matroska's milliseconds).
    private func isBorneOut(_ claimed: Ratio?, _ tally: StreamTally, _ length: Duration) -> Bool {
        guard let claimed else { return false }
        if abs(claimed.value * length.seconds / Double(tally.packets) - 1) <= 0.02 { return true }
        guard let step = tally.usualStep, let ticks = Ratio(stream.pointee.time_base).map({ 1 / $0.value }) else {
            return false
        }
        let expected = claimed.inverted.value * ticks
        return abs(expected - Double(step)) <= (expected > 2 ? 1 : 0.01)
    }

    private func picture(_ codec: CodecHeader) -> PictureGeometry? {
        PictureGeometry(
            codedWidth: Int(codec.width), codedHeight: Int(codec.height),
            sampleAspectRatio: Ratio(stream.pointee.sample_aspect_ratio) ?? codec.sampleAspectRatio ?? .one,
            orientation: PictureOrientation(displayMatrix: cff_display_matrix(stream)))
    }

    private func contradictions(_ codec: CodecHeader) -> [IntegrityProblem] {
        var problems: [IntegrityProblem] = []
        if let claimed, claimed.width > 0, claimed.height > 0,
            claimed.width != codec.width || claimed.height != codec.height
        {
            problems.append(IntegrityProblem(.sizeContradiction))
        }
        if let container = Ratio(stream.pointee.sample_aspect_ratio), let coded = codec.sampleAspectRatio,
            !container.isWithin(0.005, of: coded)
        {
            problems.append(IntegrityProblem(.pixelShapeContradiction))
        }
        if PictureOrientation(displayMatrix: cff_display_matrix(stream)).clockwiseDegrees == nil {
            problems.append(IntegrityProblem(.brokenRotation))
        }
        return problems
    }

    private func timestampProblems(_ tally: StreamTally, _ timeBase: AVRational) -> [IntegrityProblem] {
        let gaps = tally.gaps(timeBase)
        return [
            tally.packets == 0 ? IntegrityProblem(.noVideoPackets) : nil,
            tally.withoutTimestamp > 0 ? IntegrityProblem(.missingTimestamps, count: tally.withoutTimestamp) : nil,
            tally.backwardSteps > 0 ? IntegrityProblem(.backwardTimestamps, count: tally.backwardSteps) : nil,
            gaps > 0 ? IntegrityProblem(.timestampGaps, count: gaps) : nil,
        ].compactMap(\.self)
    }
}

/// Frame rates measured from packets.
enum FrameRate {
    /// The customary rate within 0.1 %, else the nearest simple fraction.
    static func nearest(to framesPerSecond: Double) -> Ratio? {
        customary.filter { abs($0.value / framesPerSecond - 1) <= 0.001 }
            .min { abs($0.value - framesPerSecond) < abs($1.value - framesPerSecond) }
            ?? Ratio(approximating: framesPerSecond, maximumDenominator: 1001)
    }

    private static let customary: [Ratio] = [
        Ratio(24000, 1001), Ratio(24, 1), Ratio(25, 1), Ratio(30000, 1001), Ratio(30, 1), Ratio(50, 1),
        Ratio(60000, 1001), Ratio(60, 1), Ratio(10, 1), Ratio(12, 1), Ratio(15, 1), Ratio(120, 1),
    ].compactMap(\.self)
}
