internal import CFFmpeg

/// Converts the samples of audio frames of any format to interleaved floats; ±1 is the full scale.
enum SampleReader {
    /// Writes the samples of `frame` to the beginning of `samples`, which grows as needed.
    ///
    /// - Returns: `false` for a sample format that this type does not know, or a frame without samples.
    static func read(_ frame: AVFrame, into samples: inout [Float]) -> Bool {
        let (count, channels) = (Int(frame.nb_samples), Int(frame.ch_layout.nb_channels))
        guard count > 0, channels > 0, let planes = frame.extended_data else { return false }
        if samples.count < count * channels { samples = [Float](repeating: 0, count: count * channels) }
        let place = Place(count: count, channels: channels, planes: planes)
        switch AVSampleFormat(rawValue: frame.format) {
        case AV_SAMPLE_FMT_FLT: return place.packed(Float.self, &samples, bounded)
        case AV_SAMPLE_FMT_FLTP: return place.planar(Float.self, &samples, bounded)
        case AV_SAMPLE_FMT_S16: return place.packed(Int16.self, &samples) { Float($0) / 32768 }
        case AV_SAMPLE_FMT_S16P: return place.planar(Int16.self, &samples) { Float($0) / 32768 }
        case AV_SAMPLE_FMT_S32: return place.packed(Int32.self, &samples) { Float($0) / 2_147_483_648 }
        case AV_SAMPLE_FMT_S32P: return place.planar(Int32.self, &samples) { Float($0) / 2_147_483_648 }
        case AV_SAMPLE_FMT_S64: return place.packed(Int64.self, &samples) { Float($0) / 0x1p63 }
        case AV_SAMPLE_FMT_S64P: return place.planar(Int64.self, &samples) { Float($0) / 0x1p63 }
        case AV_SAMPLE_FMT_DBL: return place.packed(Double.self, &samples) { bounded(Float($0)) }
        case AV_SAMPLE_FMT_DBLP: return place.planar(Double.self, &samples) { bounded(Float($0)) }
        case AV_SAMPLE_FMT_U8: return place.packed(UInt8.self, &samples) { (Float($0) - 128) / 128 }
        case AV_SAMPLE_FMT_U8P: return place.planar(UInt8.self, &samples) { (Float($0) - 128) / 128 }
        default: return false
        }
    }

    /// `sample` limited to ±10⁶ (120 dBFS), and zero for NaN: one NaN would make the loudness of the whole file NaN.
    @inline(__always)
    static func bounded(_ sample: Float) -> Float {
        if sample.magnitude <= 1e6 { return sample }
        return sample.isNaN ? 0 : sample < 0 ? -1e6 : 1e6
    }

    private struct Place {
        let count: Int
        let channels: Int
        let planes: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>

        @inline(__always)
        func packed<Sample>(_ type: Sample.Type, _ samples: inout [Float], _ value: (Sample) -> Float) -> Bool {
            guard let plane = planes[0] else { return false }
            plane.withMemoryRebound(to: Sample.self, capacity: count * channels) { source in
                for index in 0..<count * channels { samples[index] = value(source[index]) }
            }
            return true
        }

        @inline(__always)
        func planar<Sample>(_ type: Sample.Type, _ samples: inout [Float], _ value: (Sample) -> Float) -> Bool {
            for channel in 0..<channels {
                guard let plane = planes[channel] else { return false }
                plane.withMemoryRebound(to: Sample.self, capacity: count) { source in
                    for index in 0..<count { samples[index * channels + channel] = value(source[index]) }
                }
            }
            return true
        }
    }
}
