internal import MediaFacts

/// One sample entry of a track: the coding of a run of samples.
///
/// Source: ISO/IEC 14496-12 §8.5.2 (`stsd`), §12.1.3 (video), §12.2.3 (sound); QuickTime File Format, "Sound Sample
/// Descriptions" (versions 1 and 2).
struct ISOSampleEntry: Sendable, Hashable {
    /// Four-character code of the coding, such as `avc1`; `encv` or `enca` when the samples are encrypted.
    let format: String
    /// Number of the entry in the track's `dref` table that says which file holds the samples; the first entry is 1.
    let dataReferenceIndex: Int
    /// Whether the samples are encrypted, by the code of the entry or by a protection box (`sinf`).
    let isEncrypted: Bool
    /// Code of the protection, such as `cenc`; nil when the file names none. Source: §8.12.6 (`schm`).
    let protectionScheme: String?
    /// Width of the coded picture; nil for anything but video.
    let width: Int?
    /// Height of the coded picture; nil for anything but video.
    let height: Int?
    /// Width of one sample over its height (`pasp`); nil when the entry has no `pasp` or a zero in it.
    let pixelAspectRatio: Ratio?
    /// The part of the picture that a player shows (`clap`); nil when the entry has no `clap` or an invalid one.
    let cleanAperture: ISOCleanAperture?

    /// The clean aperture in whole samples; nil when there is none or nothing is cut off.
    var crop: CropRectangle? {
        guard let width, let height else { return nil }
        return cleanAperture?.rectangle(codedWidth: width, codedHeight: height)
    }

    /// Reads the entries of an `stsd` box, at most 256.
    ///
    /// - Parameter handler: Type of the track; the layout of an entry depends on it.
    static func list(_ content: Range<UInt64>, handler: String?, _ walk: inout ISOBoxWalk) -> [ISOSampleEntry] {
        guard let head = walk.source.read(0, into: content, count: 8) else { return [] }
        var entries: [ISOSampleEntry] = []
        var offset = content.lowerBound + 8
        while entries.count < min(256, Int(clamping: head[4...].bigEndian)),
            let box = walk.box(at: offset, in: content)
        {
            entries.append(ISOSampleEntry(box, handler: handler, tableVersion: head[0], &walk))
            offset = box.content.upperBound
        }
        return entries
    }

    private init(_ box: ISOBox, handler: String?, tableVersion: UInt8, _ walk: inout ISOBoxWalk) {
        format = box.type
        let source = walk.source
        dataReferenceIndex = Int(source.read(6, into: box.content, count: 2)?.bigEndian ?? 0)
        let size = handler == "vide" ? source.read(24, into: box.content, count: 4) : nil
        width = size.map { Int($0[..<2].bigEndian) }
        height = size.map { Int($0[2...].bigEndian) }
        let children = Self.children(of: box, handler: handler, tableVersion: tableVersion, &walk)
        func content(_ type: String, _ length: Int) -> [UInt8]? {
            children.first { $0.type == type }.flatMap { source.read(0, into: $0.content, count: length) }
        }
        let protection = children.first { $0.type == "sinf" }
        isEncrypted = protection != nil || Self.encryptedFormats.contains(box.type)
        let scheme = protection.flatMap { walk.first("schm", in: $0.content) }
        protectionScheme = scheme.flatMap { source.read(4, into: $0, count: 4)?.fourCharacterCode }
        pixelAspectRatio = content("pasp", 8).flatMap {
            Ratio(Int64($0[..<4].bigEndian), Int64($0[4...].bigEndian))
        }
        let (codedWidth, codedHeight) = (width ?? 0, height ?? 0)
        cleanAperture = content("clap", 32).flatMap {
            ISOCleanAperture($0, codedWidth: codedWidth, codedHeight: codedHeight)
        }
    }

    /// The boxes behind the fixed fields of an entry; none for a handler other than video and sound.
    private static func children(
        of box: ISOBox, handler: String?, tableVersion: UInt8, _ walk: inout ISOBoxWalk
    ) -> [ISOBox] {
        let fixed: UInt64
        switch handler {
        case "vide": fixed = 78
        case "soun": fixed = soundHeaderSize(box, tableVersion: tableVersion, walk.source)
        default: fixed = 8
        }
        guard UInt64(box.content.count) > fixed else { return [] }
        return walk.boxes(in: box.content.lowerBound + fixed..<box.content.upperBound)
    }

    /// Bytes before the boxes of a sound entry: 28, and 16 or 36 more in QuickTime's versions 1 and 2. Version 1 of the
    /// `stsd` table marks ISO's own second layout, which has none of them.
    private static func soundHeaderSize(_ box: ISOBox, tableVersion: UInt8, _ source: FileBytes) -> UInt64 {
        guard tableVersion == 0, let version = source.read(8, into: box.content, count: 2)?.bigEndian else { return 28 }
        return switch version {
        case 1: 44
        case 2: 64
        default: 28
        }
    }

    /// Codes of entries whose samples are encrypted: Common Encryption (§8.12) and Apple's FairPlay.
    private static let encryptedFormats: Set = ["encv", "enca", "enct", "encs", "drmi", "drms"]
}
