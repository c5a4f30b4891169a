internal import CFFmpeg
internal import MediaFacts

/// Converts the timestamps of one stream's packets to time of the film, in microseconds.
///
/// A clock stamps every packet on its way from the demuxer to a decoder, so that decoders, detectors and reports share
/// one zero and one unit.
struct FilmClock {
    /// The unit of stamped packets.
    static let timeBase = AVRational(num: 1, den: 1_000_000)

    private let timeline: Timeline
    private let timeBase: AVRational
    private var restarts: RestartDetector

    /// - Parameter stream: the stream that the packets belong to.
    init(_ timeline: Timeline, _ stream: AVStream) {
        self.timeline = timeline
        timeBase = stream.time_base
        restarts = RestartDetector(stream)
    }

    /// Replaces the packet's timestamps and duration by those of the film; a timestamp outside `FactBounds.times` becomes
    /// `AV_NOPTS_VALUE`.
    mutating func stamp(_ packet: UnsafeMutablePointer<AVPacket>) {
        let segment = restarts.accept(PacketStamp(packet.pointee))
        packet.pointee.pts = microseconds(packet.pointee.pts, segment)
        packet.pointee.dts = microseconds(packet.pointee.dts, segment)
        packet.pointee.duration = Duration(ticks: packet.pointee.duration, timeBase).map { $0.wholeMicroseconds } ?? 0
    }

    private func microseconds(_ ticks: Int64, _ segment: Int) -> Int64 {
        guard ticks != cff_no_timestamp, let time = Duration(ticks: ticks, timeBase),
            let film = timeline.filmTime(of: time, inSegment: segment)
        else { return cff_no_timestamp }
        return film.wholeMicroseconds
    }
}

extension RestartDetector {
    /// Makes a detector with the time base and the timestamp width of `stream`.
    init(_ stream: AVStream) {
        self.init(ticksPerSecond: TimeBase(stream.time_base).ticksPerSecond, wrapBits: Int(stream.pts_wrap_bits))
    }
}

extension Duration {
    /// Whole microseconds, rounded half away from zero; saturates at the ends of `Int64`.
    var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let fraction = Int64((Double(attoseconds) / 1e12).rounded())
        let (sum, tooLarge) = scaled.addingReportingOverflow(fraction)
        return overflow || tooLarge ? (seconds < 0 ? .min : .max) : sum
    }
}

extension AVPacket {
    /// The film's time at which a stamped packet is shown: its presentation timestamp, else its decoding timestamp.
    var filmTime: Duration? {
        let ticks = pts != cff_no_timestamp ? pts : dts
        return ticks == cff_no_timestamp ? nil : .microseconds(ticks)
    }

    /// Whether the packet begins a group of pictures. Source: `AV_PKT_FLAG_KEY`.
    var isKey: Bool { flags & AV_PKT_FLAG_KEY != 0 }
}

extension AVFrame {
    /// The film's time of a frame that was decoded from stamped packets. Source: `AVFrame.best_effort_timestamp`.
    var filmTime: Duration? {
        best_effort_timestamp == cff_no_timestamp ? nil : .microseconds(best_effort_timestamp)
    }
}
