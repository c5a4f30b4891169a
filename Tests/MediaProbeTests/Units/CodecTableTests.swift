import MediaFacts
import Testing

@testable import ContestRules
@testable import MediaProbe

/// The tables of `ContestRules`, which does not import FFmpeg, agree with the linked library.
@Suite("Tables of codecs")
struct CodecTableTests {
    /// Names in the tables that FFmpeg 5.1 does not have.
    private static let later: Set<String> = [
        "ac4", "adpcm_circus", "adpcm_ima_escape", "adpcm_ima_hvqm2", "adpcm_ima_hvqm4", "adpcm_ima_magix",
        "adpcm_ima_pda", "adpcm_ima_xbox", "adpcm_n64", "adpcm_psxc", "adpcm_sanyo", "adpcm_xmd", "ahx", "apac", "apv",
        "bonk", "cbd2_dpcm", "dnxuc", "evc", "ftr", "g728", "jpegxl_anim", "jpegxs", "lc3", "lead", "media100", "misc4",
        "osq", "pdv", "prores_raw", "qoa", "radiance_hdr", "rka", "rtv1", "rv60", "vmix", "vqc", "wavarc", "wbmp",
        "xHE-AAC", "Multiview Main", "Scc", "DTS-HD MA + DTS:X", "DTS-HD MA + DTS:X IMAX",
    ]

    @Test("`CodecName.known` has every name of the linked library, and no other but those of later versions")
    func names() {
        for (stream, isVideo) in [(CodecName.Stream.video, true), (.audio, false)] {
            let linked = Set(CodecCatalogue.codecs.filter { $0.isVideo == isVideo }.map(\.name))
            let known = CodecName.known[stream] ?? []
            #expect(linked.subtracting(known).sorted() == [])
            #expect(known.subtracting(linked).subtracting(Self.later).sorted() == [])
        }
    }

    @Test("`CodecProfile.known` has every profile of the linked library, and no other but those of later versions")
    func profiles() {
        let linked = Dictionary(uniqueKeysWithValues: CodecCatalogue.codecs.map { ($0.name, Set($0.profiles)) })
        for (codec, profiles) in linked {
            #expect(profiles.subtracting(CodecProfile.known[codec] ?? []).subtracting(["Reserved"]).sorted() == [])
        }
        for (codec, profiles) in CodecProfile.known {
            #expect(Set(profiles).subtracting(linked[codec] ?? []).subtracting(Self.later).sorted() == [], "\(codec)")
        }
    }

    @Test("`CodecLevelLimit.known` lists the levels that the prober reads, the lowest first")
    func levels() {
        for (codec, levels) in CodecLevelLimit.known {
            let read = (Int32(0)...300).compactMap { CodecCatalogue.level($0, ofCodec: codec) }
            // Level 1b has the number 9, below that of 1.0.
            #expect(Set(read) == Set(levels), "\(codec)")
            #expect(read.filter { $0 != "1b" } == levels.filter { $0 != "1b" }, "\(codec)")
        }
        #expect(CodecCatalogue.level(-99, ofCodec: "h264") == nil)
        #expect(CodecCatalogue.level(40, ofCodec: "mpeg2video") == nil)
    }

    @Test("`ColorDescription` of the prober has names of `ColorSpaceName` and of `HighDynamicRange`")
    func colors() {
        let codes = { ColorDescription(primaries: $0, transfer: $1, matrix: $2) }
        #expect(ColorSpaceName.bt709.matches(codes(1, 1, 1), pixelFormat: nil) == true)
        #expect(ColorSpaceName.bt601.matches(codes(6, 6, 6), pixelFormat: nil) == true)
        #expect(ColorSpaceName.bt601.matches(codes(5, 6, 5), pixelFormat: nil) == true)
        #expect(ColorSpaceName.bt2020.matches(codes(9, 16, 9), pixelFormat: nil) == true)
        #expect(ColorSpaceName.bt2020.matches(codes(9, 18, 14), pixelFormat: nil) == true)
        #expect(ColorSpaceName.p3.matches(codes(12, 13, 5), pixelFormat: nil) == true)
        #expect(ColorSpaceName.p3.matches(codes(11, 17, 0), pixelFormat: nil) == true)
        #expect(ColorSpaceName.xyz.matches(codes(10, 17, 2), pixelFormat: nil) == true)
        #expect(codes(9, 16, 9).highDynamicRange == .pq)
        #expect(codes(9, 18, 9).highDynamicRange == .hlg)
        #expect(codes(1, 1, 1).highDynamicRange == nil)
    }
}
