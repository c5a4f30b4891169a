/// The boxes of one track. A test may replace each of them.
struct StructureTracks: BuildsStructures {
    var handler = "vide"
    /// Content of `stbl`.
    var sampleTable: [UInt8]?
    /// Content of `dref`; one reference to the same file when nil.
    var references: [UInt8]?
    /// Boxes of `trak` besides `tkhd` and `mdia`.
    var beside: [UInt8] = []
    var mediaHeader: [UInt8]?

    /// A `trak` box.
    var whole: [UInt8] {
        let table = sampleTable ?? stsd(videoEntry("avc1", box("pasp", u32(4, 3)))) + stts((300, 512), (1, 100))
        let information = box("minf", box("dinf", references ?? dref(sameFile)), box("stbl", table))
        return box("trak", header, beside, box("mdia", mediaHeader ?? mdhd(duration: 153_700), hdlr, information))
    }

    private var header: [UInt8] { fullBox("tkhd", flags: 3, u32(0, 0, 1, 0, 12_010), zeros(60)) }

    private var hdlr: [UInt8] { fullBox("hdlr", zeros(4), Array(handler.utf8), zeros(13)) }

    /// A reference with the flag "same file".
    var sameFile: [UInt8] { fullBox("url ", flags: 1) }

    func dref(_ references: [UInt8]...) -> [UInt8] {
        fullBox("dref", u32(references.count), references.flatMap(\.self))
    }

    func mdhd(version: Int = 0, timescale: Int = 12_800, duration: Int) -> [UInt8] {
        version == 1
            ? fullBox("mdhd", version: 1, zeros(16), u32(timescale), u64(duration), zeros(4))
            : fullBox("mdhd", zeros(8), u32(timescale), u32(duration), zeros(4))
    }

    func stsd(version: Int = 0, _ entries: [UInt8]...) -> [UInt8] {
        fullBox("stsd", version: version, u32(entries.count), entries.flatMap(\.self))
    }

    func stts(_ runs: (Int, Int)...) -> [UInt8] {
        fullBox("stts", u32(runs.count), runs.flatMap { u32($0.0, $0.1) })
    }

    /// A video sample entry of 1088 by 1920 samples: 78 bytes of fields, then `boxes`.
    func videoEntry(_ format: String, reference: Int = 1, _ boxes: [UInt8]...) -> [UInt8] {
        box(format, zeros(6), u16(reference), zeros(16), u16(1088, 1920), zeros(50), boxes.flatMap(\.self))
    }

    /// A sound sample entry with `extra` bytes of fields behind the first 28.
    func soundEntry(_ format: String, version: Int = 0, extra: Int = 0, _ boxes: [UInt8]...) -> [UInt8] {
        box(format, zeros(6), u16(1), u16(version), zeros(18), zeros(extra), boxes.flatMap(\.self))
    }

    /// A protection box with the scheme `cenc`.
    var protection: [UInt8] {
        box("sinf", box("frma", Array("avc1".utf8)), fullBox("schm", Array("cenc".utf8), u32(0x1_0000)))
    }
}
