internal import CFFmpeg
internal import MediaFacts

/// Decodes what the contact sheet still lacks once keyframes and suspicious passages have been looked at: where keyframes
/// are far apart, parts of the sheet have none. Nothing is measured in these pictures.
struct ContactSheet {
    /// A picture to come: the first from `time` on for this part of the sheet.
    struct Target: Equatable {
        var part: Int
        var time: Int64
        /// When the keyframe is shown that decoding begins with.
        var keyframe: Int64
        /// The group of that keyframe.
        var group: Int
    }

    /// What may be decoded for it: a share of all frames, and for short clips so many samples (1,446 frames of 1080p).
    private static let share = 0.08
    private static let samples = 3_000_000_000

    /// Frames of a stream that may be decoded for its sheet.
    static func budget(frames: Int, samplesInFrame: Int) -> Int {
        min(max(0, frames), max(Int(Double(frames) * share), samples / max(1, samplesInFrame)))
    }

    /// What to decode for the parts that lack a picture, by group.
    ///
    /// - Parameters:
    ///   - parts: where they begin, by their number.
    ///   - step: how long each is.
    ///   - keyframes: when the keyframe of each group is shown; nil where it did not decode.
    ///   - budget: milliseconds of video that may be decoded.
    static func targets(
        _ parts: [(part: Int, start: Int64)], step: Int64, keyframes: [Int64?], budget: Int64
    ) -> [Int: [Target]] {
        // Where pictures at the beginning of each part cost too much, they come up to half a part earlier.
        let choices = [0, step / 4, step / 2].map { early in
            parts.compactMap { target($0.part, $0.start, early: early, least: step / 4, keyframes) }
        }
        let whole = choices.first { affordable($0, budget).count == $0.count }
        let chosen = whole ?? choices.last.map { affordable($0, budget) } ?? []
        return Dictionary(grouping: chosen.sorted { $0.time < $1.time }, by: \.group)
    }

    private static func target(
        _ part: Int, _ start: Int64, early: Int64, least: Int64, _ keyframes: [Int64?]
    ) -> Target? {
        guard let group = keyframes.lastIndex(where: { $0.map { $0 <= start } ?? false }),
            let keyframe = keyframes[group]
        else { return nil }
        return Target(
            part: part, time: min(start, max(start - early, keyframe + least)), keyframe: keyframe, group: group)
    }

    /// Those that are decoded within `budget` milliseconds, the cheapest first; those of one group share what they need.
    private static func affordable(_ targets: [Target], _ budget: Int64) -> [Target] {
        var (left, reached) = (budget, [Int: Int64]())
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
    /// - Throws: as `Source.read` does.
    static func fill(
        _ stills: StillCollector, with targets: [Int: [Target]], from source: Source, _ decoder: FrameDecoder,
        _ clock: StreamClock
    ) throws(ProbeError) {
        guard let last = targets.keys.max() else { return }
        var (group, waiting) = (-1, [Target]())
        let take = { (frame: AVFrame, _: Bool) in
            guard let time = clock.milliseconds(frame.best_effort_timestamp) else { return }
            while let next = waiting.first, time >= next.time {
                waiting.removeFirst()
                stills.take(frame, time, for: next.part)
            }
        }
        decoder.skipsUnreferenced = true
        decoder.flush()
        let isDone = { group > last || group == last && waiting.isEmpty }
        _ = try source.read(until: isDone) { stream, packet in
            guard stream == source.video else { return }
            if packet.map({ $0.pointee.flags & AV_PKT_FLAG_KEY != 0 }) ?? false || group < 0 {
                if !waiting.isEmpty { decoder.decode(nil, take) }
                decoder.flush()
                group += 1
                waiting = targets[group] ?? []
            }
            if !waiting.isEmpty { decoder.decode(packet, take) }
        }
    }
}
