public import MediaFacts

/// Reads the facts of attachments: format, picture size, damage, subtitles.
///
/// The reader decompresses nothing and reads a bounded part of a file: at most 16 MiB of subtitles or of a ZIP archive's
/// directory, and about 1 MiB of any other format, however large the file is.
public enum AttachmentReader {
    /// Reads the facts of one file.
    ///
    /// - Parameters:
    ///   - source: the bytes.
    ///   - name: name of the file as sent; its extension is compared with the content.
    /// - Throws: `AttachmentReadingError` when the machine cannot read the bytes. Damage is a fact.
    public static func facts(
        of source: some ByteSource, named name: String? = nil
    ) throws(AttachmentReadingError) -> AttachmentFacts {
        let filename = name.flatMap { $0.split { $0 == "/" || $0 == "\\" }.last.map(String.init) }
        let head = try source.view(at: 0, count: FormatSignature.length)
        var facts = AttachmentFacts(format: FormatSignature.format(head), bytes: source.count, filename: filename)
        switch facts.format {
        case .pdf: try PDFReader.read(source, into: &facts)
        case .png, .jpeg, .gif, .webp, .bmp, .heic: try ImageReader.read(source, head, into: &facts)
        case .zip: try ZipReader.read(source, into: &facts)
        case .doc: try CompoundFileReader.read(source, into: &facts)
        case .other: try SubtitleReader.read(source, head, isNamed: ending(filename) == "srt", into: &facts)
        case .docx, .srt, .vtt, .text, .empty: break
        }
        let promised = AttachmentFormat.promised(by: ending(filename))
        if !promised.isEmpty, !promised.contains(facts.format) { facts.note(.wrongExtension) }
        return facts
    }

    /// The extension of `filename` in lower case; empty without one.
    private static func ending(_ filename: String?) -> String {
        let parts = (filename ?? "").split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 ? parts[parts.count - 1].lowercased() : ""
    }
}

extension AttachmentFacts {
    /// Adds a problem unless it is there already.
    mutating func note(_ problem: AttachmentProblem) {
        if !problems.contains(problem) { problems.append(problem) }
    }
}
