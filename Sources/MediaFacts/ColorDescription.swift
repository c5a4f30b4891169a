/// The meaning of a video's sample values, as the file states it; a nil member is not stated.
///
/// Names are FFmpeg's (`bt709`, `smpte2084`), each a code of ITU-T H.273. Where container and coded stream state different
/// values, the container's holds (ISO/IEC 14496-12 §12.1.5.1).
public struct ColorDescription: Sendable, Hashable, Codable {
    /// The values from black to white. Where H.264 and HEVC state none, the standard's default holds, which is limited
    /// (ITU-T H.264 §E.2.1, H.265 §E.3.1). Source: `AVColorRange`.
    public var range: ColorRange?
    /// The colours that the components stand for (`bt709`, `bt2020`). Source: `av_color_primaries_name`.
    public var primaries: String?
    /// The curve from sample values to light (`bt709`, `smpte2084`, `arib-std-b67`). Source: `av_color_transfer_name`.
    public var transfer: String?
    /// The equation from luma and chroma to RGB (`bt709`, `bt2020nc`). Source: `av_color_space_name`.
    public var matrix: String?

    /// Makes a description; nil is not stated.
    public init(
        range: ColorRange? = nil, primaries: String? = nil, transfer: String? = nil, matrix: String? = nil
    ) {
        self.range = range
        self.primaries = primaries
        self.transfer = transfer
        self.matrix = matrix
    }

    /// Whether nothing is stated.
    public var isEmpty: Bool { self == ColorDescription() }

    /// The kind of high dynamic range that the transfer curve states, PQ or HLG; nil for any other curve, and for none.
    public var highDynamicRange: HighDynamicRange? { transfer.flatMap { HighDynamicRange(transfer: $0) } }

    /// These values, and those of `other` where these are nil.
    public func completed(by other: ColorDescription?) -> ColorDescription {
        ColorDescription(
            range: range ?? other?.range, primaries: primaries ?? other?.primaries,
            transfer: transfer ?? other?.transfer, matrix: matrix ?? other?.matrix)
    }
}

/// The values that samples take from black to white. A name that only a later version knows is kept as text.
public struct ColorRange: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire and in contest files.
    public var rawValue: String
    /// Accepts any name, also one that this version does not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Black is 16 and white 235 in 8 bits; FFmpeg's `tv`.
    public static let limited = ColorRange(rawValue: "limited")
    /// Black is 0 and white 255 in 8 bits; FFmpeg's `pc`.
    public static let full = ColorRange(rawValue: "full")

    /// The names of this version.
    public static let known: [ColorRange] = [.limited, .full]
}

/// A transfer curve for high dynamic range.
public enum HighDynamicRange: String, Sendable, Hashable, CaseIterable {
    /// Perceptual quantiser. Source: SMPTE ST 2084, ITU-R BT.2100.
    case pq = "PQ"
    /// Hybrid log-gamma. Source: ARIB STD-B67, ITU-R BT.2100.
    case hlg = "HLG"

    /// The kind that FFmpeg's name of a transfer curve stands for; nil for curves of standard range.
    public init?(transfer: String) {
        switch transfer {
        case "smpte2084": self = .pq
        case "arib-std-b67": self = .hlg
        default: return nil
        }
    }
}
