internal import CFFmpeg
internal import MediaFacts

extension ColorDescription {
    /// The description by codes of ITU-T H.273; reserved and unspecified codes become nil.
    init(primaries: Int, transfer: Int, matrix: Int) {
        self.init(
            primaries: Self.stated(av_color_primaries_name(AVColorPrimaries(UInt32(primaries)))),
            transfer: Self.stated(av_color_transfer_name(AVColorTransferCharacteristic(UInt32(transfer)))),
            matrix: Self.stated(av_color_space_name(AVColorSpace(UInt32(matrix)))))
    }

    /// The description by values of libav.
    init(
        _ range: AVColorRange, _ primaries: AVColorPrimaries, _ transfer: AVColorTransferCharacteristic,
        _ matrix: AVColorSpace
    ) {
        self.init(
            range: range == AVCOL_RANGE_JPEG ? .full : range == AVCOL_RANGE_MPEG ? .limited : nil,
            primaries: Self.stated(av_color_primaries_name(primaries)),
            transfer: Self.stated(av_color_transfer_name(transfer)),
            matrix: Self.stated(av_color_space_name(matrix)))
    }

    /// The container's description, completed by what libav found when it read ahead.
    init(_ parameters: AVCodecParameters) {
        self.init(
            parameters.color_range, parameters.color_primaries, parameters.color_trc, parameters.color_space)
    }

    /// The description that a decoder found in the stream.
    init(_ context: AVCodecContext) {
        self.init(context.color_range, context.color_primaries, context.color_trc, context.colorspace)
    }

    /// The description of a decoded picture.
    init(_ frame: AVFrame) {
        self.init(frame.color_range, frame.color_primaries, frame.color_trc, frame.colorspace)
    }

    /// A name of libav's, or nil for one that says nothing.
    private static func stated(_ name: UnsafePointer<CChar>?) -> String? {
        let text = name.map { String(cString: $0) }
        return text == "unspecified" || text == "unknown" || text == "reserved" ? nil : text
    }
}
