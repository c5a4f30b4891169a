internal import MediaFacts

/// A colour space of a contest file, which a colour description belongs to or not.
enum ColorSpaceName: String, Sendable, Encodable, CaseIterable {
    /// ITU-R BT.601, standard definition of either line count.
    case bt601
    /// ITU-R BT.709, high definition.
    case bt709
    /// ITU-R BT.2020, ultra high definition; BT.2100 has the same colours.
    case bt2020
    /// P3 with the white point of D65 (Display P3) or of cinemas (DCI-P3).
    case p3
    /// CIE XYZ, digital cinema. Source: SMPTE ST 428-1.
    case xyz

    /// Primaries of the space, as FFmpeg names them.
    private var primaries: Set<String> {
        switch self {
        case .bt601: ["smpte170m", "bt470bg"]
        case .bt709: ["bt709"]
        case .bt2020: ["bt2020"]
        case .p3: ["smpte431", "smpte432"]
        case .xyz: ["smpte428"]
        }
    }

    /// Matrices that the space is coded with, as FFmpeg names them; nil for any. RGB has the matrix `gbr`.
    private var matrices: Set<String>? {
        switch self {
        case .bt601: ["smpte170m", "bt470bg", "gbr"]
        case .bt709: ["bt709", "gbr"]
        case .bt2020: ["bt2020nc", "bt2020c", "ictcp", "gbr"]
        case .p3, .xyz: nil
        }
    }

    /// Whether a picture is coded in this space; nil when the file states too little.
    ///
    /// - Parameter pixelFormat: FFmpeg's name of the pixel format. One format holds XYZ samples and no others.
    func matches(_ color: ColorDescription, pixelFormat: String?) -> Bool? {
        if let pixelFormat, pixelFormat.hasPrefix("xyz") { return self == .xyz }
        if let matrix = color.matrix, let matrices, !matrices.contains(matrix) { return false }
        return color.primaries.map(primaries.contains)
    }
}
