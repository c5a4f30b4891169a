internal import CFFmpeg

/// Scales decoded pictures with libswscale. Owns one scaler and frees the scaler exactly once.
final class Scaler {
    /// The size and format of the scaled picture.
    struct Target: Equatable {
        var (width, height) = (0, 0)
        /// A pixel format of libav, for example `AV_PIX_FMT_YUVJ420P.rawValue`.
        var format: CInt
        /// A picture with the full sample range and the matrix of BT.601, as JPEG defines.
        static func jpeg(_ width: Int, _ height: Int, format: CInt) -> Target {
            Target(width: width, height: height, format: format, flags: cff_scale_bilinear)
        }
        /// A full-range grey picture in the size of the frame; samples are not interpolated.
        static func grey(_ width: Int, _ height: Int) -> Target {
            Target(width: width, height: height, format: AV_PIX_FMT_GRAY8.rawValue, flags: cff_scale_point)
        }
        /// The flags exclude SWS_FAST_BILINEAR: libswscale generates machine code for it, which a locked-down process
        /// may not run.
        fileprivate var flags: CInt
    }

    /// The figures that determine a scaler.
    private struct Setup: Equatable {
        var (width, height, format) = (CInt(0), CInt(0), CInt(0))
        var (matrix, isFullRange) = (CInt(0), false)
        var target: Target
    }

    private var setup: Setup?
    private var scaler: OpaquePointer?

    deinit { cff_scaler_free(scaler) }

    /// Writes the scaled picture to `planes` in the size and format of `target`.
    ///
    /// - Parameters:
    ///   - planes: four addresses; nil for planes that the format lacks.
    ///   - strides: bytes from one line to the next of each plane.
    /// - Returns: `false` when libswscale fails.
    func scale(
        _ frame: AVFrame, to target: Target, into planes: [UnsafeMutablePointer<UInt8>?], strides: [CInt]
    ) -> Bool {
        guard frame.width > 0, frame.height > 0, planes.count >= 4, strides.count >= 4 else { return false }
        prepare(
            Setup(
                width: frame.width, height: frame.height, format: frame.format, matrix: Self.matrix(of: frame),
                isFullRange: frame.sampleRange == .full, target: target))
        guard let scaler else { return false }
        let lines = withUnsafePointer(to: frame.data) { data in
            withUnsafePointer(to: frame.linesize) { sizes in
                data.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) { data in
                    sizes.withMemoryRebound(to: CInt.self, capacity: 8) { sizes in
                        cff_scaler_scale(scaler, data, sizes, 0, frame.height, planes, strides)
                    }
                }
            }
        }
        return lines > 0
    }

    /// Makes a new scaler when a picture differs in size, format or colour from the last one.
    private func prepare(_ wanted: Setup) {
        guard wanted != setup || scaler == nil else { return }
        setup = wanted
        scaler = cff_scaler_cached(
            scaler, wanted.width, wanted.height, AVPixelFormat(rawValue: wanted.format), CInt(wanted.target.width),
            CInt(wanted.target.height), AVPixelFormat(rawValue: wanted.target.format), wanted.target.flags)
        guard let scaler else { return }
        // Formats without a matrix (RGB) need none; for them this call sets both ranges and then reports an error,
        // which is ignored.
        _ = cff_scaler_set_colorspace(
            scaler, wanted.isFullRange ? 1 : 0, wanted.matrix, 1, CInt(AVCOL_SPC_SMPTE170M.rawValue))
    }

    /// The matrix that the picture states, or the one that players assume: BT.709 for HD sizes, BT.601 for smaller
    /// ones.
    private static func matrix(of frame: AVFrame) -> CInt {
        let stated = [
            AVCOL_SPC_BT709, AVCOL_SPC_FCC, AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M, AVCOL_SPC_SMPTE240M,
            AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL,
        ]
        if stated.contains(frame.colorspace) { return CInt(frame.colorspace.rawValue) }
        let isHD = frame.width >= 1280 || frame.height > 576
        return CInt((isHD ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M).rawValue)
    }
}
