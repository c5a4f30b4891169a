internal import MediaFacts

/// Reads the times of SubRip subtitles. Only lines with an arrow are looked at: their signs are ASCII in UTF-8, UTF-16 and
/// GB18030, so that no other character has to be understood.
enum SubtitleReader {
    /// Most bytes that are read.
    static let mostBytes = 16 << 20
    /// Most cues that are read.
    static let mostCues = 100_000

    /// Adds the format of a text, and its cues when it holds some or its name says that it is a subtitle file.
    ///
    /// - Parameter isNamed: whether the name ends in `.srt`.
    static func read(
        _ source: some ByteSource, _ head: ByteView, isNamed: Bool, into facts: inout AttachmentFacts
    ) throws(AttachmentReadingError) {
        let encoding = SubtitleText.Encoding(head)
        let start = SubtitleText.ascii(head.bytes[...], encoding)
        guard SubtitleText.isText(start) else { return }
        facts.format = .text
        if start.starts(with: "WEBVTT".utf8) {
            facts.format = .vtt
            return
        }
        guard isNamed || hasTimes(start) else { return }
        facts.format = .srt
        let bytes = try source.view(at: 0, count: mostBytes).bytes
        let scan = scan(SubtitleText.ascii(bytes[...], encoding))
        facts.subtitles = scan.facts
        if source.count > Int64(mostBytes) || scan.isFull { facts.note(.tooManyCues) }
        for problem in scan.problems { facts.note(problem) }
    }

    /// Reads line by line; a list of all lines would take many times the memory of the text.
    private static func scan(_ signs: [UInt8]) -> SubtitleScan {
        var scan = SubtitleScan()
        var start = 0
        while start < signs.count, !scan.isFull {
            let end = signs[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? signs.count
            scan.add(signs[start..<end])
            start = end + 1
        }
        return scan
    }

    private static func hasTimes(_ text: [UInt8]) -> Bool {
        text.split { $0 == 0x0A || $0 == 0x0D }.contains { SubtitleTimes($0) != nil }
    }
}
