internal import EntryIntake
internal import MediaFacts

/// What a request sent: form fields and at most one file.
struct Upload {
    /// Text fields by name, the contest's id not among them.
    var fields: [String: String] = [:]
    /// Id of the contest; nil when the request named none.
    var contest: String?
    /// The file; nil when none was sent.
    var media: StagedMedia?
    /// The name that the file was sent under, reduced to its last part; nil when it had none.
    var filename: String?
    /// A note to the sender about the file name's character set; nil when all is well.
    var filenameNote: LocalizedText?
}

/// The last part of a path that a client sent as a file name, without control characters, at most 255 bytes; nil when
/// nothing is left. Names are shown and stored, never opened.
func reducedFilename(_ name: String?) -> String? {
    // By scalar, not by character: a slash and a combining mark are one character, but still a slash.
    guard let last = name?.unicodeScalars.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last else { return nil }
    var visible = String(
        String.UnicodeScalarView(
            last.filter {
                $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
            }))
    while visible.utf8.count > 255 { visible.removeLast() }
    return visible.isEmpty || visible == "." || visible == ".." ? nil : visible
}
