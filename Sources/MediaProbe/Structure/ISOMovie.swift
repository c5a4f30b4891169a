/// The brands, the lengths and the tracks of an ISO base media file (mp4, mov, 3gp, HEIF), which libavformat 5.1 does
/// not report.
///
/// Source: ISO/IEC 14496-12. The cost is one small read for each box up to the end of `moov`, and one read for every
/// 4,096 entries of `stts`.
struct ISOMovie: Sendable, Hashable {
    /// Main brand of `ftyp`, such as `isom` or `qt  `; nil for a file without `ftyp`.
    private(set) var majorBrand: String?
    /// Brands that the file is compatible with, at most 32.
    private(set) var compatibleBrands: [String] = []
    /// Whether the file has a `moov` box, cut short or not.
    private(set) var hasMovie = false
    /// Whether media data (`mdat`, §8.1.1) lies before the movie.
    private(set) var followsData = false
    /// Whether the movie names other movies (`rmra`) instead of having tracks of its own (QuickTime File Format).
    private(set) var isReferenceMovie = false
    /// Units per second of the movie's times; nil without a readable `mvhd`.
    private(set) var timescale: UInt32?
    /// Stated length (`mvhd`); nil when the field says "unknown".
    private(set) var movieDuration: ISODuration?
    /// Stated length with all fragments (`mehd`, §8.8.2); nil when the box is missing or says "unknown".
    private(set) var fragmentDuration: ISODuration?
    /// Whether samples may follow in fragments (`mvex`, §8.8.1).
    private(set) var isFragmented = false
    /// The tracks in the order of their `trak` boxes, which is the order of libavformat's streams.
    private(set) var tracks: [ISOTrack] = []
    /// Handler of a `meta` box outside the movie: `pict` for pictures (ISO/IEC 23008-12 §6.2).
    private(set) var metadataHandler: String?

    /// Whether the file holds pictures and no movie: by its brands, or by a `meta` box for pictures. A file with a
    /// movie is no photograph, whatever its brands.
    var isPhotograph: Bool {
        guard !hasMovie else { return false }
        let brands = compatibleBrands + [majorBrand].compactMap(\.self)
        return metadataHandler == "pict" || brands.contains(where: Self.pictureBrands.contains)
    }

    /// Reads the boxes up to the end of the first `moov`. A source that is no ISO base media file gives a value without
    /// brands, movie and tracks.
    init(_ source: FileBytes) {
        var walk = ISOBoxWalk(source)
        let file = 0..<source.count
        var offset: UInt64 = 0
        while !hasMovie, let box = walk.box(at: offset, in: file) {
            read(box, &walk)
            offset = box.content.upperBound
        }
    }

    private mutating func read(_ box: ISOBox, _ walk: inout ISOBoxWalk) {
        switch box.type {
        case "ftyp" where majorBrand == nil: readBrands(box.content, walk.source)
        case "meta" where metadataHandler == nil: readMetadata(box.content, &walk)
        case "moov": readMovie(box.content, &walk)
        case "mdat" where !box.content.isEmpty: followsData = true
        default: break
        }
    }

    /// Reads the brands. Source: ISO/IEC 14496-12 §4.3 (`ftyp`).
    private mutating func readBrands(_ content: Range<UInt64>, _ source: FileBytes) {
        majorBrand = source.read(0, into: content, count: 4)?.fourCharacterCode
        compatibleBrands = (0..<32).compactMap { index in
            source.read(8 + 4 * index, into: content, count: 4)?.fourCharacterCode
        }
    }

    /// Reads the handler. Source: ISO/IEC 14496-12 §8.11.1 (`meta`); QuickTime's box of this name lacks the four bytes
    /// of version and flags.
    private mutating func readMetadata(_ content: Range<UInt64>, _ walk: inout ISOBoxWalk) {
        guard content.count > 8 else { return }
        let isQuickTime = walk.source.read(4, into: content, count: 4)?.fourCharacterCode == "hdlr"
        let handler = walk.first("hdlr", in: content.lowerBound + (isQuickTime ? 0 : 4)..<content.upperBound)
        metadataHandler = handler.flatMap { walk.source.read(8, into: $0, count: 4)?.fourCharacterCode }
    }

    /// Reads the movie header and the tracks. Source: ISO/IEC 14496-12 §8.2.1 (`moov`).
    private mutating func readMovie(_ content: Range<UInt64>, _ walk: inout ISOBoxWalk) {
        hasMovie = true
        let boxes = walk.boxes(in: content)
        isReferenceMovie = boxes.contains { $0.type == "rmra" }
        if let header = boxes.first(where: { $0.type == "mvhd" }).flatMap({ ISOTimeHeader($0.content, walk.source) }) {
            timescale = header.timescale
            movieDuration = header.duration
        }
        for box in boxes where box.type == "trak" {
            tracks.append(ISOTrack.read(box.content, movieTimescale: timescale, &walk))
        }
        if let extends = boxes.first(where: { $0.type == "mvex" }) {
            isFragmented = true
            walk.first("mehd", in: extends.content).map { readFragmentDuration($0, walk.source) }
        }
    }

    /// Reads the length with all fragments. Source: ISO/IEC 14496-12 §8.8.2 (`mehd`).
    private mutating func readFragmentDuration(_ content: Range<UInt64>, _ source: FileBytes) {
        guard let version = source.read(0, into: content, count: 1)?.first, version <= 1, let timescale,
            let field = source.read(4, into: content, count: version == 1 ? 8 : 4)
        else { return }
        fragmentDuration = ISODuration.units(field).flatMap { ISODuration(units: $0, timescale: timescale) }
    }

    /// Brands of files that hold pictures. Source: ISO/IEC 23008-12 §10, AV1 Image File Format §8.
    private static let pictureBrands: Set = [
        "mif1", "msf1", "heic", "heix", "heim", "heis", "hevc", "hevx", "avif", "avis", "miaf",
    ]
}
