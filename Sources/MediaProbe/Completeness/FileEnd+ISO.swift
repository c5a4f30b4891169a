/// ISO base media files: mp4, mov, 3gp. Source: ISO/IEC 14496-12 §4.2 (boxes), §8.8 (fragments).
extension FileEnd {
    static func isoBaseMedia(_ bytes: FileBytes, samplesEnd: UInt64?, _ stop: StopFlag) -> FileEnd {
        let boxes = ISOTopLevel.walk(bytes, stop)
        let isFragmented = boxes.hasFragments || (samplesEnd == nil && boxes.fragments.announcesFragments)
        return isFragmented ? fragmented(boxes, bytes) : indexed(boxes, bytes, samplesEnd)
    }

    /// The end of a file whose `moov` box lists all samples.
    private static func indexed(_ boxes: ISOTopLevel, _ bytes: FileBytes, _ samplesEnd: UInt64?) -> FileEnd {
        let holdsSamples = samplesEnd.map { $0 <= bytes.count } ?? false
        guard boxes.hasMovie else {
            // A photograph (HEIF) has a `meta` box instead of `moov`.
            if case .cut = boxes.rest { return .missing }
            return boxes.hasItems ? .end(at: boxes.end, of: bytes) : .missing
        }
        switch boxes.rest {
        case .cut("mdat"):
            guard holdsSamples else { return .missing }
            var end = FileEnd(.reached)
            end.isLengthFieldWrong = true
            return end
        case .cut: return .missing
        case .unlimited: return holdsSamples ? FileEnd(.reached) : .unknown
        case .notRead: return .unknown
        case .noBox:
            if let samplesEnd, samplesEnd > bytes.count { return .missing }
            // A movie without media data refers to another file, or the file was cut before the data; the structure
            // does not show which.
            guard holdsSamples || boxes.hasMediaData else { return .unknown }
            return .end(at: boxes.end, of: bytes)
        }
    }

    /// The end of a fragmented file. It is stated by the fragment index behind the last fragment, by the segment index
    /// before the first one, or by the length in `mehd`. Without them a cut between two fragments looks like the end.
    private static func fragmented(_ boxes: ISOTopLevel, _ bytes: FileBytes) -> FileEnd {
        switch boxes.rest {
        case .cut: return .missing
        case .unlimited, .notRead: return .unknown
        case .noBox: break
        }
        if boxes.hasFragmentIndex { return .end(at: boxes.end, of: bytes) }
        if ISOBoxHeader.canBegin(with: bytes.prefix(at: boxes.end, count: 8)) { return .missing }
        // A box of these types is followed by media data, which is missing.
        if let last = boxes.lastType, ["moof", "styp", "sidx", "prft", "emsg"].contains(last) { return .missing }
        if let promised = boxes.segmentIndexEnd {
            return promised > bytes.count ? .missing : .end(at: boxes.end, of: bytes)
        }
        return .end(
            at: boxes.end, of: bytes,
            boxes.fragments.reachesDeclaredDuration.map { $0 ? .reached : .missing } ?? .unknown)
    }
}
