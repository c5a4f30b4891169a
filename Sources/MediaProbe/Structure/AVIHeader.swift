/// The stream headers of an AVI file.
///
/// Source: Microsoft, "AVI RIFF File Reference"; OpenDML AVI File Format Extensions 1.02.
struct AVIHeader: Sendable, Hashable {
    /// The streams in the order of their `strl` lists, at most 100.
    private(set) var streams: [AVIStreamHeader] = []

    /// Reads the `hdrl` list; nil when the source does not begin with `RIFF` and `AVI `. Without an `hdrl` list there
    /// are no streams.
    init?(_ source: FileBytes) {
        guard let head = source.read(at: 0, count: 12), head.starts(with: "RIFF".utf8),
            head[8...].elementsEqual("AVI ".utf8)
        else { return nil }
        var left = 10_000
        let chunks = RIFFChunk.list(in: 12..<max(12, source.count), source, left: &left) { $0.listType == "hdrl" }
        guard let header = chunks.last, header.listType == "hdrl" else { return }
        for chunk in RIFFChunk.list(in: header.content, source, left: &left) where chunk.listType == "strl" {
            guard streams.count < 100 else { return }
            let fields = RIFFChunk.list(in: chunk.content, source, left: &left)
            let stream = fields.first { $0.type == "strh" }.flatMap { AVIStreamHeader($0.content, source) }
            streams += [stream].compactMap(\.self)
        }
    }
}
