import MediaFacts
import Testing

@testable import MediaProbe

/// Packs of both versions, padding, stuffing and frames of sound.
@Suite("`FileEnd` of program streams")
struct FileEndProgramStreamTests {
    private static let packs = (0..<4).flatMap { _ in PS.pack2() + PS.video(200) }

    @Test("`FileEnd` reads MPEG-2 pack headers with 0 to 7 stuffing bytes", arguments: 0...7)
    func stuffing(count: Int) {
        let film = (0..<4).flatMap { _ in PS.pack2(stuffing: count) + PS.video(200) }
        #expect(FileEnd(film + PS.endCode, .mpegPS) == FileEnd(.reached))
        #expect(FileEnd(film.dropLast() + [], .mpegPS) == .missing)
        #expect(FileEnd(film + PS.pack2(stuffing: count) + PS.video(100), .mpegPS) == FileEnd(.reached))
    }

    @Test("`FileEnd` reads MPEG-1 pack headers, which have 12 bytes")
    func version1() {
        let film = (0..<4).flatMap { _ in PS.pack1 + PS.video(200) }
        #expect(FileEnd(film, .mpegPS) == .unknown)
        #expect(FileEnd(film + PS.endCode, .mpegPS) == FileEnd(.reached))
        #expect(FileEnd(film + PS.pack1 + PS.video(200).dropLast(), .mpegPS) == .missing)
    }

    @Test("`FileEnd` is unknown behind a full pack and reached behind a padded or shorter one")
    func border() {
        #expect(FileEnd(Self.packs, .mpegPS) == .unknown)
        #expect(FileEnd(Self.packs + PS.pack2(), .mpegPS) == .unknown)
        #expect(FileEnd(Self.packs + PS.pack2() + PS.video(199), .mpegPS) == FileEnd(.reached))
        #expect(FileEnd(Self.packs + PS.pack2() + PS.video(200), .mpegPS) == .unknown)
        let padded = PS.pack2() + PS.video(94) + PS.packet(0xbe, filler(100))
        #expect(FileEnd(Self.packs + padded, .mpegPS) == FileEnd(.reached))
    }

    @Test("`FileEnd` counts bytes behind the last packet and skips zeros between packs")
    func rest() {
        #expect(FileEnd(Self.packs + PS.endCode + filler(50), .mpegPS) == FileEnd(.reached, trailing: 50))
        #expect(FileEnd(Self.packs + [0, 0], .mpegPS) == FileEnd(.unknown, trailing: 2))
        #expect(FileEnd(Self.packs + [0, 0, 1], .mpegPS) == .missing)
        #expect(FileEnd(Self.packs + [0, 0, 1, 0xe0, 0], .mpegPS) == .missing)
        let zeros = [UInt8](repeating: 0, count: 20)
        #expect(FileEnd(Self.packs + zeros + PS.endCode, .mpegPS) == FileEnd(.reached))
        #expect(FileEnd(Self.packs + zeros + Self.packs.dropLast(), .mpegPS) == .missing)
    }

    @Test("`FileEnd` of a program stream is reached where the sound ends with a whole frame")
    func sound() {
        // Each packet has 116 bytes of sound in frames of 72 bytes, so 18 packets hold 29 whole frames.
        let sound = (0..<29).flatMap { _ in PS.frame }
        let packs = stride(from: 0, to: sound.count, by: 116).map {
            PS.pack2() + PS.sound(Array(sound[$0..<($0 + 116)]))
        }
        #expect(packs.count == 18)
        // Video behind the sound may be cut off although the sound is whole.
        let pictures = packs.flatMap { $0 } + PS.pack2() + PS.video(116)
        #expect(FileEnd(pictures, .mpegPS) == .unknown)
        #expect(FileEnd(packs.flatMap { $0 }, .mpegPS) == FileEnd(.reached))
        for count in 3..<18 { #expect(FileEnd(packs.prefix(count).flatMap { $0 }, .mpegPS) == .unknown, "\(count)") }
    }

    @Test("`FileEnd` finds the end of a program stream that is followed by 400,000 other bytes")
    func far() {
        let rest = filler(400_000)
        #expect(FileEnd(Self.packs + PS.endCode + rest, .mpegPS) == FileEnd(.reached, trailing: 400_000))
        #expect(FileEnd(rest, .mpegPS) == .unknown)
    }

    @Test(
        "`MPEGAudioFrames` computes the frame length of every layer and version",
        arguments: [
            ([0xff, 0xfb, 0x90, 0], 417), ([0xff, 0xfb, 0x92, 0], 418), ([0xff, 0xfd, 0xa4, 0], 576),
            ([0xff, 0xff, 0xc8, 0], 576), ([0xff, 0xf3, 0x84, 0], 192), ([0xff, 0xf5, 0x18, 0], 72),
            ([0xff, 0xe3, 0x88, 0], 576),
        ] as [([UInt8], Int)])
    func frames(head: [UInt8], size: Int) {
        for (surplus, isWhole) in [(-1, false), (0, true), (1, false)] {
            var frames = MPEGAudioFrames()
            frames.append(filler(50))
            for _ in 0..<3 { frames.append(head + filler(size - 4)) }
            frames.append(head + filler(size - 4 + surplus))
            #expect(frames.endsWithWholeFrame == isWhole, "\(surplus)")
        }
    }
}
