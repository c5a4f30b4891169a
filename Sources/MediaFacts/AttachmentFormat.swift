/// The format of a file that accompanies a video, by its content and never by its name.
public enum AttachmentFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// Portable Document Format, ISO 32000.
    case pdf
    /// Portable Network Graphics.
    case png
    /// JPEG, JFIF or Exif.
    case jpeg
    /// Graphics Interchange Format.
    case gif
    /// WebP in a RIFF container.
    case webp
    /// Windows bitmap.
    case bmp
    /// High Efficiency Image Format with a picture of HEVC.
    case heic
    /// Office Open XML text, ECMA-376.
    case docx
    /// An OLE compound file: the `.doc` of Word 97 to 2003, or a `.docx` under a password.
    case doc
    /// A ZIP archive that is no `docx`.
    case zip
    /// SubRip subtitles.
    case srt
    /// WebVTT subtitles.
    case vtt
    /// Text of no other format.
    case text
    /// A file without bytes.
    case empty
    /// None of the formats above.
    case other

    /// Whether the format is one of pictures.
    public var isImage: Bool { [.png, .jpeg, .gif, .webp, .bmp, .heic].contains(self) }

    /// The formats whose files bear the extension `ending`, in lower case and without a dot; empty for an extension that
    /// promises none of the formats.
    public static func promised(by ending: String) -> Set<AttachmentFormat> { byEnding[ending] ?? [] }

    private static let byEnding: [String: Set<AttachmentFormat>] = [
        "pdf": [.pdf], "png": [.png], "jpg": [.jpeg], "jpeg": [.jpeg], "jpe": [.jpeg], "jfif": [.jpeg], "gif": [.gif],
        "webp": [.webp], "bmp": [.bmp], "dib": [.bmp], "heic": [.heic], "heif": [.heic], "docx": [.docx],
        "doc": [.doc], "wps": [.doc], "zip": [.zip], "xlsx": [.zip], "pptx": [.zip], "srt": [.srt], "vtt": [.vtt],
        "txt": [.text, .srt, .vtt],
    ]
}
