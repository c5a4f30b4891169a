internal import CFFmpeg
internal import MediaFacts

/// Scan, groups of pictures and evenness of the bit rate of the film, from its packets.
struct CodingMeasurement {
    let stream: AVStream
    let tally: StreamTally
    let scan: StreamScan

    /// Writes the measured facts into `facts`.
    func write(to facts: inout MediaFacts) {
        facts.video?.signal?.scan = scan.type
        facts.video?.signal?.fieldOrder = scan.fieldOrder
        if scan.type != nil { facts.sources["video.signal.scan"] = scan.source }
        writeCoding(to: &facts)
    }

    private func writeCoding(to facts: inout MediaFacts) {
        let before = facts.video?.coding ?? VideoCoding()
        var coding = before
        coding.longestKeyframeInterval = tally.keyframes.longest
            .flatMap { Duration(ticks: $0, stream.time_base) }.map(\.roundedToMilliseconds)
        coding.hasClosedGroups = hasClosedGroups
        if tally.keyframes.count > 0, !tally.keyframes.lacksPresentation {
            coding.longestBPictureRun = tally.keyframes.longestBPictureRun
        }
        coding.rateFluctuation = tally.rate.fluctuation.flatMap { Duration(fluctuation: $0) }
        coding.hasConstantFrameRate = tally.steps.areEven
        guard coding != before else { return }
        facts.video?.coding = coding
        for (key, isKnown) in [
            ("longestKeyframeIntervalMilliseconds", coding.longestKeyframeInterval != nil),
            ("closedGroups", coding.hasClosedGroups != nil),
            ("longestBPictureRun", coding.longestBPictureRun != nil),
            ("rateFluctuationMilliseconds", coding.rateFluctuation != nil),
            ("constantFrameRate", coding.hasConstantFrameRate != nil),
        ] where isKnown { facts.sources["video.coding.\(key)"] = .packets }
    }

    /// Whether all groups are closed; nil where the packets do not tell it (see `VideoCoding.hasClosedGroups`).
    private var hasClosedGroups: Bool? {
        let keyframes = tally.keyframes
        guard keyframes.count > 0, !keyframes.lacksPresentation else { return nil }
        guard keyframes.hasLeadingPictures else { return true }
        return stream.codecpar.pointee.codec_id == AV_CODEC_ID_H264 ? false : nil
    }
}
