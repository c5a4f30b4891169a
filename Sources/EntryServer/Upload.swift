internal import EntryIntake
internal import MediaFacts

/// The content of a request: form fields and at most one file.
struct Upload {
    /// Text fields by name, without the contest's id.
    var fields: [String: String] = [:]
    /// Id of the contest; nil when the request named none.
    var contest: String?
    /// The received file; nil when the request has none.
    var media: StagedMedia?
    /// The file's name as the client sent it, shortened by `reducedFilename`; nil when there is none.
    var filename: String?
    /// A note to the client about the file name's character set; nil when there is nothing to say.
    var filenameNote: LocalizedText?
}

/// The last component of a path that a client sent as a file name, without control characters, cut to 255 bytes of
/// UTF-8; nil when nothing is left, or only `.` or `..`. The name is shown and stored, but no file is opened by it.
func reducedFilename(_ name: String?) -> String? {
    // The name is split by Unicode scalar: a slash with a combining mark is a character of its own, but still a
    // separator.
    guard let last = name?.unicodeScalars.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last else { return nil }
    var visible = String(
        String.UnicodeScalarView(
            last.filter {
                $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
            }))
    while visible.utf8.count > 255 { visible.removeLast() }
    return visible.isEmpty || visible == "." || visible == ".." ? nil : visible
}
