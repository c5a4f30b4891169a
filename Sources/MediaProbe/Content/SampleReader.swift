internal import CFFmpeg

/// Brings the samples of audio frames of any format into one row of floats, −1...1, channel beside channel.
enum SampleReader {
    /// False for a format that is none of libav's usual ones.
    static func read(_ frame: AVFrame, into samples: inout [Float]) -> Bool {
        let (count, channels) = (Int(frame.nb_samples), Int(frame.ch_layout.nb_channels))
        if samples.count < count * channels { samples = [Float](repeating: 0, count: count * channels) }
        guard let planes = frame.extended_data else { return false }
        let place = Place(count: count, channels: channels, planes: planes)
        switch AVSampleFormat(rawValue: frame.format) {
        case AV_SAMPLE_FMT_FLT: place.packed(Float.self, &samples) { $0 }
        case AV_SAMPLE_FMT_FLTP: place.planar(Float.self, &samples) { $0 }
        case AV_SAMPLE_FMT_S16: place.packed(Int16.self, &samples) { Float($0) / 32768 }
        case AV_SAMPLE_FMT_S16P: place.planar(Int16.self, &samples) { Float($0) / 32768 }
        case AV_SAMPLE_FMT_S32: place.packed(Int32.self, &samples) { Float($0) / 2_147_483_648 }
        case AV_SAMPLE_FMT_S32P: place.planar(Int32.self, &samples) { Float($0) / 2_147_483_648 }
        case AV_SAMPLE_FMT_DBL: place.packed(Double.self, &samples) { Float($0) }
        case AV_SAMPLE_FMT_DBLP: place.planar(Double.self, &samples) { Float($0) }
        case AV_SAMPLE_FMT_U8: place.packed(UInt8.self, &samples) { (Float($0) - 128) / 128 }
        case AV_SAMPLE_FMT_U8P: place.planar(UInt8.self, &samples) { (Float($0) - 128) / 128 }
        default: return false
        }
        return true
    }

    private struct Place {
        let count: Int
        let channels: Int
        let planes: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>

        @inline(__always)
        func packed<Sample>(_ type: Sample.Type, _ samples: inout [Float], _ value: (Sample) -> Float) {
            guard let plane = planes[0] else { return }
            plane.withMemoryRebound(to: Sample.self, capacity: count * channels) { source in
                for index in 0..<count * channels { samples[index] = value(source[index]) }
            }
        }

        @inline(__always)
        func planar<Sample>(_ type: Sample.Type, _ samples: inout [Float], _ value: (Sample) -> Float) {
            for channel in 0..<channels {
                guard let plane = planes[channel] else { continue }
                plane.withMemoryRebound(to: Sample.self, capacity: count) { source in
                    for index in 0..<count { samples[index * channels + channel] = value(source[index]) }
                }
            }
        }
    }
}
