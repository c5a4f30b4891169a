internal import CFFmpeg
internal import MediaFacts

/// Decodes the pictures that the contact sheet still lacks after keyframes and suspicious passages were measured: where
/// keyframes are far apart, some parts of the sheet have no picture. These pictures are not measured.
struct ContactSheet {
    /// A still to make for one part of the sheet: the first picture at or after `time`.
    struct Target: Equatable {
        var part: Int
        var time: Duration
        /// The time at which the keyframe is shown from which decoding begins.
        var keyframe: Duration
        /// The number of the keyframe's group of pictures.
        var group: Int
    }

    /// Limits of decoding for the sheet: a share of all pictures; for short films a number of samples (1,446 pictures
    /// of 1080p) if that is more.
    private static let share = 0.08
    private static let samples = 3_000_000_000

    /// Most pictures of a film that are decoded for its sheet.
    static func budget(frames: Int, samplesInFrame: Int) -> Int {
        min(max(0, frames), max(Int(Double(frames) * share), samples / max(1, samplesInFrame)))
    }

    /// The stills to make for the parts that lack one, by group of pictures.
    ///
    /// - Parameters:
    ///   - parts: numbers and starts of the parts.
    ///   - step: length of a part.
    ///   - keyframes: time of each group's keyframe; nil where it did not decode.
    ///   - budget: total time of the film that may be decoded.
    static func targets(
        _ parts: [(part: Int, start: Duration)], step: Duration, keyframes: [Duration?], budget: Duration
    ) -> [Int: [Target]] {
        // Where decoding to the beginning of each part costs more than the budget, stills are taken up to half a part
        // earlier.
        let choices = [Duration.zero, step / 4, step / 2].map { early in
            parts.compactMap { target($0.part, $0.start, early: early, least: step / 4, keyframes) }
        }
        let whole = choices.first { affordable($0, budget).count == $0.count }
        let chosen = whole ?? choices.last.map { affordable($0, budget) } ?? []
        return Dictionary(grouping: chosen.sorted { $0.time < $1.time }, by: \.group)
    }

    private static func target(
        _ part: Int, _ start: Duration, early: Duration, least: Duration, _ keyframes: [Duration?]
    ) -> Target? {
        guard let group = keyframes.lastIndex(where: { $0.map { $0 <= start } ?? false }),
            let keyframe = keyframes[group]
        else { return nil }
        return Target(
            part: part, time: min(start, max(start - early, keyframe + least)), keyframe: keyframe, group: group)
    }

    /// The targets that fit the budget, the cheapest first. Targets of one group share the pictures decoded for them.
    private static func affordable(_ targets: [Target], _ budget: Duration) -> [Target] {
        var (left, reached) = (budget, [Int: Duration]())
        return targets.sorted { $0.time - $0.keyframe < $1.time - $1.keyframe }.filter { target in
            let cost = target.time - max(target.keyframe, reached[target.group] ?? target.keyframe)
            guard cost <= left else { return false }
            left -= cost
            reached[target.group] = target.time
            return true
        }
    }

    /// Reads `source` from its beginning and makes the stills.
    ///
    /// - Throws: as `PacketSource.read` does.
    static func fill(
        _ stills: StillCollector, with targets: [Int: [Target]], from source: PacketSource, _ decoder: FrameDecoder
    ) throws(ProbeError) {
        guard let last = targets.keys.max() else { return }
        var (counter, waiting) = (GroupCounter(), [Target]())
        let accept = { (frame: AVFrame, _: Bool) in
            guard let time = frame.filmTime else { return }
            while let next = waiting.first, time >= next.time {
                waiting.removeFirst()
                stills.take(frame, at: time, for: next.part)
            }
        }
        decoder.skipsUnreferenced = true
        decoder.rewind()
        let isDone = { counter.group > last || counter.group == last && waiting.isEmpty }
        _ = try source.read(until: isDone) { content in
            guard case .picture(let packet?, _) = content else { return }
            counter.accept(isKey: packet.pointee.isKey)
            if counter.place == 0 {
                if !waiting.isEmpty { decoder.decode(nil, accept) }
                decoder.flush()
                waiting = targets[counter.group] ?? []
            }
            if waiting.isEmpty { decoder.skip(packet) } else { decoder.decode(packet, accept) }
        }
        if !waiting.isEmpty { decoder.decode(nil, accept) }
    }
}
