internal import CFFmpeg
internal import MediaFacts

/// Decodes the pictures that the contact sheet still lacks once keyframes and suspicious passages are measured: where
/// keyframes are far apart, parts of the sheet have none. Nothing is measured in these pictures.
struct ContactSheet {
    /// A picture to come: the first from `time` on for a part of the sheet.
    struct Target: Equatable {
        var part: Int
        var time: Duration
        /// When the keyframe is shown that decoding begins with.
        var keyframe: Duration
        /// The group of that keyframe.
        var group: Int
    }

    /// Limits of what is decoded for the sheet: a share of all pictures, and for short films so many samples (1,446
    /// pictures of 1080p).
    private static let share = 0.08
    private static let samples = 3_000_000_000

    /// Pictures of a film that may be decoded for its sheet.
    static func budget(frames: Int, samplesInFrame: Int) -> Int {
        min(max(0, frames), max(Int(Double(frames) * share), samples / max(1, samplesInFrame)))
    }

    /// The pictures to decode for the parts that lack one, by group.
    ///
    /// - Parameters:
    ///   - parts: where they begin, by their number.
    ///   - step: length of a part.
    ///   - keyframes: when the keyframe of each group is shown; nil where it did not decode.
    ///   - budget: length of the film that may be decoded.
    static func targets(
        _ parts: [(part: Int, start: Duration)], step: Duration, keyframes: [Duration?], budget: Duration
    ) -> [Int: [Target]] {
        // Where pictures at the beginning of each part cost too much, they come up to half a part earlier.
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

    /// The targets that fit the budget, the cheapest first; targets of one group share what they need.
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

    /// Reads `source` from its beginning and gives the sheet its pictures.
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
