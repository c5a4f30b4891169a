/// The boxes at the top level of an ISO base media file. Source: ISO/IEC 14496-12 §4.2.
struct ISOTopLevel {
    /// The bytes behind the last whole box.
    enum Rest: Equatable {
        /// No bytes, or bytes that are no box.
        case noBox
        /// A box of this known type, which reaches past the end of the file.
        case cut(String)
        /// A box without a length, which reaches to the end of the file.
        case unlimited
        /// Boxes that were not read: there are too many, or reading had to stop.
        case notRead
    }

    private(set) var hasMovie = false
    /// Whether there is a top-level `meta` box (HEIF).
    private(set) var hasItems = false
    private(set) var hasMediaData = false
    /// Whether there is a `moof` box.
    private(set) var hasFragments = false
    /// Whether the last box other than filler and unknown ones is `mfra`, which writers put behind the last fragment.
    private(set) var hasFragmentIndex = false
    /// Type of the last whole box other than filler.
    private(set) var lastType: String?
    /// Offset behind the last byte that a segment index before the first fragment lists. Nil when there is no such
    /// index, or when it lists one fragment of several, as in DASH files with one index for each fragment.
    private(set) var segmentIndexEnd: UInt64?
    /// The declared and the actual length of a fragmented film, from its `moov` and `moof` boxes.
    private(set) var fragments = ISOFragmentClock()
    /// Offset of the first byte behind the last whole box.
    private(set) var end: UInt64 = 0
    private(set) var rest = Rest.noBox

    /// Most boxes that are read: a fragmented file of an hour has some ten thousand.
    private static let mostBoxes = 500_000

    /// Reads the boxes from the beginning of the file until no whole box follows.
    static func walk(_ bytes: FileBytes, _ stop: StopFlag) -> ISOTopLevel {
        var boxes = ISOTopLevel()
        var budget = WalkBudget(mostBoxes, stop)
        while boxes.end < bytes.count {
            guard budget.allowsStep() else {
                boxes.rest = .notRead
                break
            }
            guard boxes.accept(at: boxes.end, bytes) else { break }
        }
        return boxes
    }

    /// Reads the box at `offset`; `false` when no whole box begins there.
    private mutating func accept(at offset: UInt64, _ bytes: FileBytes) -> Bool {
        guard let box = ISOBoxHeader(at: offset, in: bytes) else {
            rest = Self.isCutLargeHeader(bytes.prefix(at: offset, count: 16)) ? .cut("mdat") : .noBox
            return false
        }
        let isKnown = ISOBoxHeader.topLevelTypes.contains(box.type)
        guard let boxEnd = box.end else {
            rest = isKnown ? .unlimited : .noBox
            hasMediaData = hasMediaData || box.type == "mdat"
            return false
        }
        guard boxEnd <= bytes.count else {
            rest = isKnown ? .cut(box.type) : .noBox
            return false
        }
        note(box, bytes)
        end = boxEnd
        return true
    }

    /// Whether `rest`, the end of the file, is the cut-off header of a media data box with a 64-bit length.
    private static func isCutLargeHeader(_ rest: [UInt8]) -> Bool {
        (8..<16).contains(rest.count) && rest[..<4].bigEndian == 1 && rest[4..<8].elementsEqual("mdat".utf8)
    }

    private mutating func note(_ box: ISOBoxHeader, _ bytes: FileBytes) {
        switch box.type {
        case "free", "skip", "wide": return
        case "moov":
            hasMovie = true
            fragments.readMovie(box, bytes)
        case "meta": hasItems = true
        case "mdat", "imda": hasMediaData = true
        case "moof":
            // A segment index with one reference before the first of several fragments covers only that fragment.
            if hasFragments, isSegmentIndexOfOne { segmentIndexEnd = nil }
            hasFragments = true
            fragments.readFragment(box, bytes)
        case "sidx" where !hasFragments: readSegmentIndex(box, bytes)
        default: break
        }
        lastType = box.type
        hasFragmentIndex = box.type == "mfra" || (hasFragmentIndex && !["moof", "mdat"].contains(box.type))
    }

    private var isSegmentIndexOfOne = false

    /// Adds up the sizes that the segment index lists. Source: ISO/IEC 14496-12 §8.16.3.
    private mutating func readSegmentIndex(_ box: ISOBoxHeader, _ bytes: FileBytes) {
        guard let end = box.end, let head = bytes.read(at: box.body, count: 32) else { return }
        let isLong = head[0] != 0
        let firstOffset = isLong ? head[20..<28].bigEndian : head[16..<20].bigEndian
        let countAt = isLong ? 30 : 22
        let references = Int(head[countAt..<(countAt + 2)].bigEndian)
        let list = bytes.prefix(at: box.body + UInt64(countAt) + 2, count: references * 12)
        guard references > 0, list.count == references * 12 else { return }
        let listed = stride(from: 0, to: list.count, by: 12).reduce(UInt64(0)) {
            $0 + list[$1..<($1 + 4)].bigEndian & 0x7fff_ffff
        }
        let (start, overflow) = end.addingReportingOverflow(firstOffset)
        guard !overflow, start < 1 << 62 else { return }
        isSegmentIndexOfOne = references == 1 && segmentIndexEnd == nil
        segmentIndexEnd = max(segmentIndexEnd ?? 0, start + listed)
    }
}
