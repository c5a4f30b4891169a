internal import CFFmpeg

/// Scales decoded pictures to JPEG's colours with libswscale. Owns one scaler and frees the scaler exactly once.
final class Scaler {
    /// Everything a scaler depends on.
    private struct Setup: Equatable {
        var (width, height, format) = (CInt(0), CInt(0), CInt(0))
        var (toWidth, toHeight, toFormat) = (CInt(0), CInt(0), CInt(0))
        var (matrix, isFullRange) = (CInt(0), false)
    }

    private var setup = Setup()
    private var context: OpaquePointer?

    deinit { sws_freeContext(context) }

    /// Writes the picture to `planes` in the wanted size: full range, matrix of BT.601, as JPEG has them.
    ///
    /// - Parameters:
    ///   - format: a pixel format of libav, for example `AV_PIX_FMT_YUVJ420P.rawValue`.
    ///   - planes: four addresses; nil for planes that the format lacks.
    ///   - strides: bytes from one line to the next of each plane.
    /// - Returns: `false` when libswscale refuses.
    func scale(
        _ frame: AVFrame, to width: Int, _ height: Int, format: CInt,
        into planes: [UnsafeMutablePointer<UInt8>?], strides: [CInt]
    ) -> Bool {
        guard frame.width > 0, frame.height > 0, planes.count >= 4, strides.count >= 4 else { return false }
        prepare(
            Setup(
                width: frame.width, height: frame.height, format: frame.format, toWidth: CInt(width),
                toHeight: CInt(height), toFormat: format, matrix: Self.matrix(of: frame),
                isFullRange: Self.isFullRange(frame)))
        guard let context else { return false }
        let lines = withUnsafePointer(to: frame.data) { data in
            withUnsafePointer(to: frame.linesize) { sizes in
                data.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) { data in
                    sizes.withMemoryRebound(to: CInt.self, capacity: 8) { sizes in
                        sws_scale(context, data, sizes, 0, frame.height, planes, strides)
                    }
                }
            }
        }
        return lines > 0
    }

    /// Makes the scaler anew when a picture differs from the last one.
    private func prepare(_ wanted: Setup) {
        guard wanted != setup || context == nil else { return }
        sws_freeContext(context)
        setup = wanted
        // Not SWS_FAST_BILINEAR: libswscale writes machine code for that, which a locked-down process may not run.
        context = sws_getContext(
            wanted.width, wanted.height, AVPixelFormat(rawValue: wanted.format), wanted.toWidth, wanted.toHeight,
            AVPixelFormat(rawValue: wanted.toFormat), SWS_BILINEAR, nil, nil, nil)
        guard let context else { return }
        // Formats without a matrix (RGB) refuse this call, and need no matrix.
        _ = sws_setColorspaceDetails(
            context, sws_getCoefficients(wanted.matrix), wanted.isFullRange ? 1 : 0,
            sws_getCoefficients(SWS_CS_ITU601), 1, 0, 1 << 16, 1 << 16)
    }

    /// The matrix that the picture states, else the matrix that players take: BT.709 for HD sizes, BT.601 for smaller ones.
    private static func matrix(of frame: AVFrame) -> CInt {
        switch frame.colorspace {
        case AVCOL_SPC_BT709: SWS_CS_ITU709
        case AVCOL_SPC_FCC: SWS_CS_FCC
        case AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M: SWS_CS_ITU601
        case AVCOL_SPC_SMPTE240M: SWS_CS_SMPTE240M
        case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: SWS_CS_BT2020
        default: frame.width >= 1280 || frame.height > 576 ? SWS_CS_ITU709 : SWS_CS_ITU601
        }
    }

    private static func isFullRange(_ frame: AVFrame) -> Bool {
        let full = [AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUVJ440P]
        return frame.color_range == AVCOL_RANGE_JPEG || full.contains(AVPixelFormat(rawValue: frame.format))
    }
}
