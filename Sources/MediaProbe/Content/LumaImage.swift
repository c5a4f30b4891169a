internal import CFFmpeg

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Brightness of every eighth line or so of a picture, one byte a sample, in the picture's own range.
///
/// A class, because two of them change places from frame to frame and are as large as an eighth of a picture.
final class LumaImage {
    /// Samples in a line.
    let width: Int
    /// Lines kept.
    let rows: Int
    /// Every how many lines of the picture one is kept.
    let step: Int
    /// Lines of the picture.
    let height: Int
    let samples: UnsafeMutablePointer<UInt8>

    /// Lines of a picture that are looked at: movement and bars are seen in an eighth of 1080 as well as in all.
    private static let usualRows = 135

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        step = max(1, height / Self.usualRows)
        rows = (height + step - 1) / step
        samples = .allocate(capacity: max(1, width * rows))
    }

    deinit { samples.deallocate() }

    /// The line `row` of those kept.
    func line(_ row: Int) -> UnsafeMutablePointer<UInt8> { samples + row * width }
}

/// Brings the brightness of frames of any pixel format into a `LumaImage`.
final class LumaReader {
    private var scaler: OpaquePointer?
    private var scratch: UnsafeMutablePointer<UInt8>?
    private var scratchBytes = 0

    deinit {
        sws_freeContext(scaler)
        scratch?.deallocate()
    }

    /// Fills `image` from `frame`, which has its size; false when its pixel format cannot be read.
    func read(_ frame: AVFrame, into image: LumaImage) -> Bool {
        guard let described = av_pix_fmt_desc_get(AVPixelFormat(rawValue: frame.format)) else { return false }
        let format = described.pointee
        let isPlain = format.flags & UInt64(AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM) == 0
        let isBigEndian = format.flags & UInt64(AV_PIX_FMT_FLAG_BE) != 0
        let luma = format.comp.0
        guard isPlain, !isBigEndian, luma.plane == 0, luma.offset == 0, frame.linesize.0 > 0, let data = frame.data.0
        else { return convert(frame, into: image) }
        switch (luma.step, luma.depth) {
        case (1, 8): copyBytes(data, Int(frame.linesize.0), into: image)
        case (2, 9...16): copyWords(data, Int(frame.linesize.0), depth: luma.depth, shift: luma.shift, into: image)
        default: return convert(frame, into: image)
        }
        return true
    }

    private func copyBytes(_ data: UnsafePointer<UInt8>, _ stride: Int, into image: LumaImage) {
        for row in 0..<image.rows { memcpy(image.line(row), data + row * image.step * stride, image.width) }
    }

    private func copyWords(
        _ data: UnsafePointer<UInt8>, _ stride: Int, depth: CInt, shift: CInt, into image: LumaImage
    ) {
        let drop = UInt16(depth - 8 + shift)
        for row in 0..<image.rows {
            let line = image.line(row)
            (data + row * image.step * stride).withMemoryRebound(to: UInt16.self, capacity: image.width) { words in
                for column in 0..<image.width { line[column] = UInt8(truncatingIfNeeded: words[column] &>> drop) }
            }
        }
    }

    /// Lets libswscale make the picture grey: RGB, palettes, packed and big-endian formats.
    private func convert(_ frame: AVFrame, into image: LumaImage) -> Bool {
        scaler = sws_getCachedContext(
            scaler, frame.width, frame.height, AVPixelFormat(rawValue: frame.format), frame.width, frame.height,
            AV_PIX_FMT_GRAY8, SWS_POINT, nil, nil, nil)
        let needed = image.width * image.height
        if scratchBytes < needed {
            scratch?.deallocate()
            scratch = .allocate(capacity: needed)
            scratchBytes = needed
        }
        guard let scaler, let scratch else { return false }
        let done = frame.scaled(
            by: scaler, into: [scratch, nil, nil, nil], strides: [CInt(image.width), 0, 0, 0])
        guard done > 0 else { return false }
        copyBytes(scratch, image.width, into: image)
        return true
    }
}

extension AVFrame {
    /// Has libswscale bring the whole picture into `planes`; the number of lines written.
    func scaled(by scaler: OpaquePointer, into planes: [UnsafeMutablePointer<UInt8>?], strides: [CInt]) -> CInt {
        withUnsafePointer(to: data) { data in
            withUnsafePointer(to: linesize) { sizes in
                data.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) { data in
                    sizes.withMemoryRebound(to: CInt.self, capacity: 8) { sizes in
                        sws_scale(scaler, data, sizes, 0, height, planes, strides)
                    }
                }
            }
        }
    }
}
