internal import MediaFacts

extension ColorDescription {
    /// Reads the start of the VUI parameters, which H.264 and HEVC share; nil when they describe no samples. Sources: ITU-T
    /// H.264 §E.1.1, H.265 §E.2.1, `vui_parameters()`.
    init?(vui reader: inout BitReader) {
        guard let hasShape = reader.flag() else { return nil }
        if hasShape {
            // 255 stands for a pixel shape of two numbers.
            guard let shape = reader.bits(8), shape != 255 || reader.skip(32) else { return nil }
        }
        guard let hasOverscan = reader.flag(), !hasOverscan || reader.skip(1), reader.flag() == true, reader.skip(3),
            let isFull = reader.flag()
        else { return nil }
        self.init(range: isFull ? .full : .limited)
        guard reader.flag() == true, let primaries = reader.bits(8), let transfer = reader.bits(8),
            let matrix = reader.bits(8)
        else { return }
        self = completed(by: ColorDescription(primaries: primaries, transfer: transfer, matrix: matrix))
    }
}
