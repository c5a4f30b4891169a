internal import CFFmpeg

/// Counts frames that show two moments in alternate lines: interlaced video that was never put together.
struct CombDetector {
    private(set) var combed = 0
    private(set) var examined = 0

    /// Every how many frames one is looked at.
    static let pause = 10
    /// How much a line must stand out from both its neighbours, in steps of 256.
    private static let tooth: Int32 = 24
    /// Share of such samples that makes a frame combed.
    private static let share = 0.02

    /// Looks at an eighth of the lines of a frame with one byte a sample; others are left out.
    mutating func take(_ frame: AVFrame) {
        guard let format = av_pix_fmt_desc_get(AVPixelFormat(rawValue: frame.format))?.pointee,
            format.flags & UInt64(AV_PIX_FMT_FLAG_RGB) == 0, format.comp.0.step == 1, format.comp.0.depth == 8,
            let data = frame.data.0, frame.linesize.0 > 0, frame.height > 16
        else { return }
        let (width, stride) = (Int(frame.width), Int(frame.linesize.0))
        var (teeth, samples) = (0, 0)
        for y in Swift.stride(from: 4, to: Int(frame.height) - 4, by: 8) {
            let (above, line, below) = (data + (y - 1) * stride, data + y * stride, data + (y + 1) * stride)
            var count = Int32(0)
            for x in 0..<width {
                let (a, b, c) = (Int32(above[x]), Int32(line[x]), Int32(below[x]))
                let stands = min(abs(a &- b), abs(c &- b)) > Self.tooth && abs(a &- c) < Self.tooth / 2
                count &+= stands ? 1 : 0
            }
            teeth += Int(count)
            samples += width
        }
        examined += 1
        if Double(teeth) > Self.share * Double(samples) { combed += 1 }
    }
}
