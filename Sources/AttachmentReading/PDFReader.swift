internal import MediaFacts

/// Checks whether a PDF has its end.
enum PDFReader {
    /// The marker of the end may have foreign bytes behind it. Source: ISO 32000-1, annex H.3, note 18.
    private static let endWithin = 4096
    /// The trailer, or the dictionary of a cross-reference stream, begins this close to the end.
    private static let trailerWithin = 1 << 16
    private static let endMarker = Array("%%EOF".utf8)
    private static let encryption = "/Encrypt"

    /// Notes a PDF without an end as damaged, and one whose trailer names a key as encrypted.
    static func read(_ source: some ByteSource, into facts: inout AttachmentFacts) throws(AttachmentReadingError) {
        let tail = try source.tail(trailerWithin)
        let end = tail.last(endMarker)
        if end.map({ tail.count - $0 > endWithin }) ?? true { facts.note(.damaged) }
        if tail.first(encryption) != nil { facts.note(.encrypted) }
    }
}
