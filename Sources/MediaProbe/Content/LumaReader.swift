internal import CFFmpeg
internal import Foundation

/// Copies the luma of frames of any pixel format into a `LumaImage`.
final class LumaReader {
    private let scaler = Scaler()
    private var scratch: UnsafeMutablePointer<UInt8>?
    private var scratchBytes = 0

    deinit { scratch?.deallocate() }

    /// Fills `image`, which must have the frame's size.
    ///
    /// - Returns: the sample range of `image`. It differs from the frame's where libswscale converts the frame. Nil
    ///   when the pixel format cannot be read.
    func read(_ frame: AVFrame, into image: LumaImage) -> SampleRange? {
        if let plane = frame.lumaPlane {
            copyBytes(plane.samples, plane.stride, into: image)
            return frame.sampleRange
        }
        if copyWords(of: frame, into: image) { return frame.sampleRange }
        return convert(frame, into: image) ? .full : nil
    }

    private func copyBytes(_ data: UnsafePointer<UInt8>, _ stride: Int, into image: LumaImage) {
        for row in 0..<image.rows { memcpy(image.line(row), data + row * image.step * stride, image.width) }
    }

    /// Copies the upper eight bits of luma with 9 to 16 bits in little-endian order; `false` for other formats.
    private func copyWords(of frame: AVFrame, into image: LumaImage) -> Bool {
        let excluded = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_BE
        guard let format = av_pix_fmt_desc_get(AVPixelFormat(rawValue: frame.format))?.pointee,
            format.flags & UInt64(excluded) == 0, format.comp.0.plane == 0, format.comp.0.offset == 0,
            format.comp.0.step == 2, (9...16).contains(format.comp.0.depth), let data = frame.data.0,
            Int(frame.linesize.0) >= 2 * image.width
        else { return false }
        let drop = UInt16(format.comp.0.depth - 8 + format.comp.0.shift)
        for row in 0..<image.rows {
            let (line, source) = (image.line(row), data + row * image.step * Int(frame.linesize.0))
            source.withMemoryRebound(to: UInt16.self, capacity: image.width) { words in
                for column in 0..<image.width { line[column] = UInt8(truncatingIfNeeded: words[column] &>> drop) }
            }
        }
        return true
    }

    /// Converts a frame to full-range grey with libswscale: RGB, palettes, packed and big-endian formats.
    private func convert(_ frame: AVFrame, into image: LumaImage) -> Bool {
        guard let scratch = scratch(bytes: image.width * image.height),
            scaler.scale(
                frame, to: .grey(image.width, image.height), into: [scratch, nil, nil, nil],
                strides: [CInt(image.width), 0, 0, 0])
        else { return false }
        copyBytes(scratch, image.width, into: image)
        return true
    }

    private func scratch(bytes: Int) -> UnsafeMutablePointer<UInt8>? {
        if scratchBytes < bytes {
            scratch?.deallocate()
            scratch = .allocate(capacity: bytes)
            scratchBytes = bytes
        }
        return scratch
    }
}
