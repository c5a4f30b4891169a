internal import CFFmpeg

/// The index of samples that the demuxer built from the container's tables.
enum SampleIndex {
    /// Number of entries in `stream`'s index. Source: `avformat_index_get_entries_count`.
    static func count(_ stream: UnsafeMutablePointer<AVStream>) -> Int {
        Int(avformat_index_get_entries_count(stream))
    }

    /// Number of entries, of all streams, whose data lies wholly or partly past the end of a file of `fileBytes` bytes.
    static func entriesBeyond(_ fileBytes: Int64, of streams: [UnsafeMutablePointer<AVStream>]) -> Int {
        streams.reduce(0) { total, stream in
            total
                + (0..<avformat_index_get_entries_count(stream)).count { position in
                    guard let entry = avformat_index_get_entry(stream, position)?.pointee else { return false }
                    return entry.pos > fileBytes - Int64(entry.size)
                }
        }
    }

    /// The end of the last sample of any stream, in bytes from the file's start; nil without an index.
    static func end(of streams: [UnsafeMutablePointer<AVStream>]) -> UInt64? {
        var end: Int64?
        for stream in streams {
            for position in 0..<avformat_index_get_entries_count(stream) {
                guard let entry = avformat_index_get_entry(stream, position)?.pointee else { continue }
                let (sampleEnd, overflow) = entry.pos.addingReportingOverflow(Int64(entry.size))
                if !overflow { end = max(end ?? sampleEnd, sampleEnd) }
            }
        }
        return end.flatMap { UInt64(exactly: $0) }
    }
}
