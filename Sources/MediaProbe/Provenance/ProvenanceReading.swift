internal import CFFmpeg
internal import MediaFacts

/// Reads what a file states about how it was made. It decodes nothing; the cost is a few small reads, and one of each
/// statement.
struct ProvenanceReading {
    private let bytes: FileBytes
    private let family: ContainerFamily

    /// Prepares to read a file.
    init(_ bytes: FileBytes, family: ContainerFamily) {
        self.bytes = bytes
        self.family = family
    }

    /// The statements that the boxes or chunks of the container hold, and those that libavformat exports.
    ///
    /// libavformat keeps one value of each key, so its values count only where the container was not read here, or held
    /// no label.
    func facts(_ demuxer: borrowing Demuxer) -> Provenance {
        var found = statements(isISO: DemuxerCatalogue.isISOBaseMedia(demuxer.name))
        found.searched.formUnion([.metadata, .streamMetadata])
        if found.labels.isEmpty {
            for value in demuxer.labelTags { found.addLabel(value, at: .metadata) }
            for value in demuxer.streamLabelTags { found.addLabel(value, at: .streamMetadata) }
        }
        return found.facts
    }

    private func statements(isISO: Bool) -> ProvenanceStatements {
        if isISO { return .iso(bytes) }
        switch family {
        case .avi: return .riff(bytes)
        case .flv: return .flv(bytes)
        case .matroska, .webm: return .matroska(bytes)
        default: return ProvenanceStatements()
        }
    }
}

extension Demuxer {
    /// The AI label of the container's metadata, as libavformat exports it.
    var labelTags: [BoundedValue] { withMetadata { Self.labels($0) } }

    /// The AI labels of the metadata of streams, at most one of each stream.
    var streamLabelTags: [BoundedValue] { streams.flatMap { Self.labels($0.pointee.metadata) } }

    /// The value of key `AIGC`, in letters of any case, or else of the same key with a language behind it
    /// (`AIGC-chi`, which is how libavformat exports a Matroska tag of another language).
    private static func labels(_ metadata: OpaquePointer?) -> [BoundedValue] {
        if let entry = av_dict_get(metadata, "AIGC", nil, 0) { return [value(entry)] }
        let entry = av_dict_get(metadata, "AIGC-", nil, CInt(AV_DICT_IGNORE_SUFFIX))
        return entry.map { [value($0)] } ?? []
    }

    private static func value(_ entry: UnsafeMutablePointer<AVDictionaryEntry>) -> BoundedValue {
        guard let text = entry.pointee.value else { return .bytes([]) }
        let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        var count = 0
        while count <= BoundedValue.labelBytes, bytes[count] != 0 { count += 1 }
        return BoundedValue(UnsafeBufferPointer(start: bytes, count: count), most: BoundedValue.labelBytes)
    }
}
