extension ISOTrack {
    /// Reads the content of a `trak` box. A missing or broken box leaves its facts at their defaults.
    ///
    /// - Parameter movieTimescale: Time scale of `mvhd`; nil when the movie has none.
    static func read(_ content: Range<UInt64>, movieTimescale: UInt32?, _ walk: inout ISOBoxWalk) -> ISOTrack {
        var track = ISOTrack()
        let boxes = walk.boxes(in: content)
        if let header = boxes.first(where: { $0.type == "tkhd" }) {
            track.readHeader(header.content, movieTimescale, walk.source)
        }
        if let list = boxes.first(where: { $0.type == "edts" }).flatMap({ walk.first("elst", in: $0.content) }) {
            let edits = ISOEdit.list(list, &walk)
            (track.edits, track.hasEditList) = (edits ?? [], edits != [])
        }
        if let media = boxes.first(where: { $0.type == "mdia" }) {
            track.readMedia(media.content, &walk)
        }
        return track
    }

    /// Reads the track header. Source: ISO/IEC 14496-12 §8.3.2 (`tkhd`).
    private mutating func readHeader(_ content: Range<UInt64>, _ movieTimescale: UInt32?, _ source: FileBytes) {
        guard let head = source.read(0, into: content, count: 4), head[0] <= 1 else { return }
        let (timesSize, durationSize) = head[0] == 1 ? (16, 8) : (8, 4)
        guard let fields = source.read(4, into: content, count: timesSize + 8 + durationSize + 60) else { return }
        isEnabled = head[3] & 1 != 0
        identifier = UInt32(truncatingIfNeeded: fields[timesSize..<timesSize + 4].bigEndian)
        let durationAt = timesSize + 8
        let units = ISODuration.units(fields[durationAt..<durationAt + durationSize])
        if let units, let movieTimescale { duration = ISODuration(units: units, timescale: movieTimescale) }
        let rest = fields.dropFirst(durationAt + durationSize)  // two reserved words, layer, group, volume, matrix
        alternateGroup = Int(Int16(truncatingIfNeeded: rest.dropFirst(10).prefix(2).bigEndian))
        displayWidth = Double(rest.dropFirst(52).prefix(4).bigEndian) / 65_536
        displayHeight = Double(rest.dropFirst(56).prefix(4).bigEndian) / 65_536
    }

    /// Reads the media box. Source: ISO/IEC 14496-12 §8.4.1 (`mdia`).
    private mutating func readMedia(_ content: Range<UInt64>, _ walk: inout ISOBoxWalk) {
        let boxes = walk.boxes(in: content)
        func part(_ type: String) -> Range<UInt64>? { boxes.first { $0.type == type }?.content }
        handler = part("hdlr").flatMap { walk.source.read(8, into: $0, count: 4)?.fourCharacterCode }
        if let header = part("mdhd").flatMap({ ISOTimeHeader($0, walk.source) }) {
            mediaTimescale = header.timescale
            mediaDuration = header.duration
        }
        guard let information = part("minf") else { return }
        if let samples = walk.first("stbl", in: information) { readSampleTable(samples, &walk) }
        if let references = walk.first(["dinf", "dref"], in: information) { readReferences(references, &walk) }
    }

    private mutating func readSampleTable(_ content: Range<UInt64>, _ walk: inout ISOBoxWalk) {
        let boxes = walk.boxes(in: content)
        if let descriptions = boxes.first(where: { $0.type == "stsd" }) {
            sampleEntries = ISOSampleEntry.list(descriptions.content, handler: handler, &walk)
        }
        if let times = boxes.first(where: { $0.type == "stts" }) { readTimes(times.content, &walk) }
    }

    /// Adds up the runs of samples. Source: ISO/IEC 14496-12 §8.6.1.2 (`stts`).
    private mutating func readTimes(_ content: Range<UInt64>, _ walk: inout ISOBoxWalk) {
        var (samples, units, isPlausible) = (UInt64(0), UInt64(0), true)
        let isWhole = walk.readTable(content, width: 8, limit: 10_000_000) { entry in
            let (count, delta) = (entry.prefix(4).bigEndian, entry.suffix(4).bigEndian)
            samples += count  // at most 10⁷ counts below 2³²
            let (sum, overflow) = units.addingReportingOverflow(count * delta)
            units = overflow ? .max : sum
            if delta > UInt64(Int32.max) { isPlausible = false }
        }
        guard isWhole else { return }
        sampleCount = samples
        sampleDurationSum = isPlausible ? units : nil
    }

    /// Finds out whether a sample entry refers to another file. Source: ISO/IEC 14496-12 §8.7.2 (`dref`).
    private mutating func readReferences(_ content: Range<UInt64>, _ walk: inout ISOBoxWalk) {
        guard content.count > 8 else { return }
        let references = walk.boxes(in: content.lowerBound + 8..<content.upperBound)
        isExternal = sampleEntries.contains { entry in
            let index = entry.dataReferenceIndex - 1
            return references.indices.contains(index) && Self.namesAnotherFile(references[index], walk.source)
        }
    }

    /// Whether a data reference lacks the flag "same file" and has a location.
    ///
    /// An address (`url `, `urn `) of only zero bytes is empty text and names no other file: some writers of
    /// self-contained files forget the flag. A QuickTime alias (`alis`, `rsrc`) is a record in which zeros have a
    /// meaning, so any content counts as a location.
    private static func namesAnotherFile(_ reference: ISOBox, _ source: FileBytes) -> Bool {
        guard let head = source.read(0, into: reference.content, count: 4), head[3] & 1 == 0 else { return false }
        let length = reference.content.count - 4
        switch reference.type {
        case "alis", "rsrc": return length > 0
        case "url ", "urn ":
            return source.read(4, into: reference.content, count: min(1024, length))?.contains { $0 != 0 } ?? false
        default: return false
        }
    }
}
