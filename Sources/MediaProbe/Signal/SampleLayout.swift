internal import CFFmpeg

/// Colour sampling and depth of a pixel format. Source: `AVPixFmtDescriptor`.
struct SampleLayout: Equatable {
    /// Colour sampling such as `4:2:0`; `4:0:0` has no colour. RGB counts as `4:4:4`. Nil for formats of raw sensors and of
    /// graphics cards, and for samplings without a name.
    var chroma: String?
    /// Bits of one sample of the first component.
    var bitDepth: Int?

    /// The layout of the pixel format that libav calls `name`; nil when there is none.
    init?(ofPixelFormat name: String) {
        guard let found = av_pix_fmt_desc_get(av_get_pix_fmt(name))?.pointee else { return nil }
        let opaque = UInt64(AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BAYER)
        guard found.flags & opaque == 0 else { return }
        bitDepth = found.comp.0.depth > 0 ? Int(found.comp.0.depth) : nil
        let isColoured = found.nb_components > 2 || found.flags & UInt64(AV_PIX_FMT_FLAG_PAL) != 0
        chroma = isColoured ? Self.name(found.log2_chroma_w, found.log2_chroma_h) : "4:0:0"
    }

    /// The name of a sampling by the binary logarithms of the columns and lines that share a colour sample.
    private static func name(_ columns: UInt8, _ lines: UInt8) -> String? {
        switch (columns, lines) {
        case (0, 0): "4:4:4"
        case (0, 1): "4:4:0"
        case (1, 0): "4:2:2"
        case (1, 1): "4:2:0"
        case (2, 0): "4:1:1"
        case (2, 2): "4:1:0"
        default: nil
        }
    }
}
