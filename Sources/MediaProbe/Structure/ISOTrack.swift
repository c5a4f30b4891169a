/// One track of an ISO base media file, with the facts of its boxes that libavformat does not report.
struct ISOTrack: Sendable, Hashable {
    /// Number of the track (`tkhd`), equal to `AVStream.id`; 0 when the track has no readable header.
    var identifier: UInt32 = 0
    /// Whether players show the track (bit 0 of the flags of `tkhd`); `true` when the track has no readable header.
    var isEnabled = true
    /// Length in the presentation, in the movie's time scale; nil when the field says "unknown".
    var duration: ISODuration?
    /// Number of a group of tracks of which a player shows one; 0 for none.
    var alternateGroup = 0
    /// Width at which a player shows the picture, before the matrix; 0 for sound.
    var displayWidth = 0.0
    /// Height at which a player shows the picture, before the matrix; 0 for sound.
    var displayHeight = 0.0
    /// Kind of the media: `vide`, `soun`, `text`, `tmcd`…; nil when the track has no readable `hdlr`.
    var handler: String?
    /// Units per second of the media's times; nil when the track has no readable `mdhd`.
    var mediaTimescale: UInt32?
    /// Length of the media (`mdhd`); nil when the field says "unknown".
    var mediaDuration: ISODuration?
    /// The coding of the samples, at most 256 entries.
    var sampleEntries: [ISOSampleEntry] = []
    /// Whether a sample entry keeps its samples in another file (`dref` without the flag "same file").
    var isExternal = false
    /// The edit list; empty when there is none or its table is broken.
    var edits: [ISOEdit] = []
    /// Whether there is an edit list with at least one entry, readable or not.
    var hasEditList = false
    /// Number of samples by `stts`; nil when the table is missing, broken or longer than 10 million entries.
    var sampleCount: UInt64?
    /// Length of all samples by `stts`, in `mediaTimescale`, at most 2⁶⁴ − 1; nil when `sampleCount` is nil or a length
    /// has its top bit set (some writers keep negative corrections there).
    var sampleDurationSum: UInt64?

    /// Whether one of the sample entries is encrypted.
    var isEncrypted: Bool { sampleEntries.contains(where: \.isEncrypted) }

    /// The clean aperture of the first sample entry.
    var cleanAperture: ISOCleanAperture? { sampleEntries.first?.cleanAperture }

    /// Whether an edit shows media at a speed other than normal (ISO/IEC 14496-12 §8.6.6); holding one picture (speed
    /// 0) counts as well.
    var hasRateChange: Bool { edits.contains(where: \.changesRate) }

    /// The length of all samples as a time; nil when the sum or the time scale is unknown.
    var samplesDuration: ISODuration? {
        guard let sampleDurationSum, let mediaTimescale else { return nil }
        return ISODuration(units: sampleDurationSum, timescale: mediaTimescale)
    }
}
