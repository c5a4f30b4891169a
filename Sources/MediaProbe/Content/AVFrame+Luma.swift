internal import CFFmpeg

extension AVFrame {
    /// The range of the samples as the decoder wrote them. Source: `AVFrame.color_range`, and the pixel formats that are
    /// always full range.
    var sampleRange: SampleRange {
        let full = [AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUVJ440P]
        if color_range == AVCOL_RANGE_JPEG || full.contains(AVPixelFormat(rawValue: format)) { return .full }
        let flags = av_pix_fmt_desc_get(AVPixelFormat(rawValue: format))?.pointee.flags ?? 0
        return flags & UInt64(AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL) != 0 ? .full : .limited
    }

    /// The luma plane; nil unless the pixel format stores luma in a plane of its own with one byte for each sample.
    var lumaPlane: LumaPlane? {
        guard let described = av_pix_fmt_desc_get(AVPixelFormat(rawValue: format))?.pointee,
            described.flags & UInt64(AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM) == 0,
            described.comp.0.plane == 0, described.comp.0.offset == 0, described.comp.0.step == 1,
            described.comp.0.depth == 8, let data = data.0, linesize.0 >= width, width > 0, height > 0
        else { return nil }
        return LumaPlane(samples: data, width: Int(width), height: Int(height), stride: Int(linesize.0))
    }
}
