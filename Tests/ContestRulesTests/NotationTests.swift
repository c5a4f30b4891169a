import MediaFacts
import Testing

@testable import ContestRules

/// Values as notices write them, in files of `clipcheck.contest/2`.
@Suite("Spellings of values")
struct NotationTests {
    /// The notations of a contest file.
    enum Sort: Sendable {
        case length, share, percent, loudness, peak, level, bytes, bitRate, frameRate, shape, size, shortSide, container
    }

    /// The value that `text` means, with its unit, or the English refusal.
    private static func read(_ sort: Sort, _ text: String, in schema: Contest.Schema = .second) -> String {
        func read<Value>(_ notation: Notation<Value>, _ write: (Value) -> String) -> String {
            do { return write(try notation.value(text, in: schema)) } catch { return error.message.en }
        }
        return switch sort {
        case .length: read(.duration) { "\($0.wholeMilliseconds) ms" }
        case .share: read(.fraction) { "\(Int(($0 * 1_000_000).rounded())) ppm" }
        case .percent: read(.percent) { "\(Wording.decimal($0)) %" }
        case .loudness: read(.loudness) { "\(Wording.decimal($0)) LUFS" }
        case .peak: read(.truePeak) { "\(Wording.decimal($0)) dBTP" }
        case .level: read(.level) { "\(Wording.decimal($0)) dBFS" }
        case .bytes: read(.bytes) { "\($0) B" }
        case .bitRate: read(.bitRate) { "\($0) bit/s" }
        case .frameRate: read(.frameRate, \.slashText)
        case .shape: read(.pictureShape) { "\($0.ratio.slashText) as \($0.text)" }
        case .size: read(.pictureSize, \.text)
        case .shortSide: read(.shortSide) { "\($0) px" }
        case .container: read(.container) { $0.families.map(\.rawValue).joined(separator: ", ") }
        }
    }

    @Test(
        "A spelling that means one thing is read",
        arguments: [
            (.length, "2m30s", "150000 ms"), (.length, "2分30秒", "150000 ms"), (.length, "2分钟", "120000 ms"),
            (.length, "11:30", "690000 ms"), (.length, "１１：３０", "690000 ms"), (.length, "5min", "300000 ms"),
            (.length, "2 m", "120000 ms"), (.length, "２m", "120000 ms"), (.length, "1小时30分", "5400000 ms"),
            (.length, "90 seconds", "90000 ms"), (.length, "0.5秒", "500 ms"), (.length, "５００ｍｓ", "500 ms"),
            (.share, "0.5 %", "5000 ppm"), (.share, "０．５％", "5000 ppm"), (.percent, "98 %", "98 %"),
            (.loudness, "-24LKFS", "-24 LUFS"), (.loudness, "-24 LKFS", "-24 LUFS"),
            (.loudness, "−23.5 lufs", "-23.5 LUFS"),
            (.peak, "-1 dBTP", "-1 dBTP"), (.peak, "-1dB TP", "-1 dBTP"), (.level, "－60dBFS", "-60 dBFS"),
            (.bytes, "1.5GB", "1500000000 B"), (.bytes, "30 MB", "30000000 B"), (.bytes, "200MiB", "209715200 B"),
            (.bytes, "30mb", "30000000 B"), (.bytes, "２００MB", "200000000 B"), (.bytes, "1.5KiB", "1536 B"),
            (.bytes, "500字节", "500 B"),
            (.bitRate, "5Mbps", "5000000 bit/s"), (.bitRate, "1024kbps", "1024000 bit/s"),
            (.bitRate, "1024Kbps", "1024000 bit/s"), (.bitRate, "8.5 Mbit/s", "8500000 bit/s"),
            (.bitRate, "8Mb/s", "8000000 bit/s"), (.bitRate, "５Mbps", "5000000 bit/s"),
            (.bitRate, "516 kbps", "516000 bit/s"),
            (.bitRate, "0.5Mbps", "500000 bit/s"), (.bitRate, "9600bps", "9600 bit/s"),
            (.frameRate, "25fps", "25/1"), (.frameRate, "25 FPS", "25/1"), (.frameRate, "25帧/s", "25/1"),
            (.frameRate, "每秒25帧", "25/1"), (.frameRate, "25帧", "25/1"), (.frameRate, "50p", "50/1"),
            (.frameRate, "29.97", "30000/1001"), (.frameRate, "29.970fps", "30000/1001"),
            (.frameRate, "23.976", "24000/1001"), (.frameRate, "23.98", "24000/1001"),
            (.frameRate, "59.94", "60000/1001"), (.frameRate, "12.5", "25/2"), (.frameRate, "25.00", "25/1"),
            (.frameRate, "30000/1001 fps", "30000/1001"), (.frameRate, "２５", "25/1"),
            (.shape, "16:9", "16/9 as 16:9"), (.shape, "１６：９", "16/9 as 16:9"), (.shape, "16 : 9", "16/9 as 16:9"),
            (.shape, "16/9", "16/9 as 16:9"), (.shape, "16比9", "16/9 as 16:9"), (.shape, "1.85:1", "37/20 as 1.85:1"),
            (.shape, "2.390:1", "239/100 as 2.39:1"), (.shape, "37:20", "37/20 as 37:20"),
            (.size, "1920*1080", "1920×1080"), (.size, "1920 X 1080", "1920×1080"), (.size, "１９２０×１０８０", "1920×1080"),
            (.size, "1920＊1080像素", "1920×1080"),
            (.shortSide, "1080", "1080 px"), (.shortSide, "1080P", "1080 px"), (.shortSide, "720p", "720 px"),
            (.shortSide, "4K", "2160 px"), (.shortSide, "8k", "4320 px"), (.shortSide, "全高清", "1080 px"),
            (.shortSide, "Full HD", "1080 px"), (.shortSide, "７２０Ｐ", "720 px"),
            (.container, "MP4", "mp4"), (.container, ".mov", "mov"), (.container, "wmv", "asf"),
            (.container, "MKV", "matroska"),
            (.container, "mpg", "mpeg-ps, mpeg-ts, mpeg-es"), (.container, "ts", "mpeg-ts"),
            (.container, "f4v", "mp4, flv"), (.container, "m4v", "mp4"), (.container, "3GPP", "3gp"),
            (.container, "mpeg-ps", "mpeg-ps"),
        ] as [(Sort, String, String)])
    func accepted(sort: Sort, text: String, value: String) {
        #expect(Self.read(sort, text) == value)
    }

    @Test(
        "A spelling that could mean two things is refused, and the refusal names both",
        arguments: [
            (.length, "30", "30s", "30m"), (.length, "2.5", "2.5s", "2.5m"), (.share, "0.005", "0.005%", "0.5%"),
            (.percent, "0.98", "0.98%", "98%"), (.loudness, "-24dB", "-24LUFS", "-24dBFS"),
            (.peak, "-1 dB", "-1dBTP", "-1dBFS"),
            (.bytes, "200M", "200MB", "200MiB (209.72 MB)"), (.bytes, "300兆", "300MB", "300MiB (314.57 MB)"),
            (.bytes, "1G", "1GB", "1GiB (1.07 GB)"), (.bytes, "500 k", "500kB", "500KiB (512 kB)"),
            (.bytes, "200兆字节", "200MB", "200MiB (209.72 MB)"), (.bytes, "500Mb", "500MB", "62.5MB (500 Mbit)"),
            (.bitRate, "100M", "100Mbit/s", "800Mbit/s (100 MB/s)"), (.bitRate, "1M", "1Mbit/s", "8Mbit/s (1 MB/s)"),
            (.bitRate, "5MB/s", "5Mbit/s", "40Mbit/s (5 MB/s)"), (.bitRate, "8兆", "8Mbit/s", "64Mbit/s (8 MB/s)"),
            (.bitRate, "1.5 MBps", "1.5Mbit/s", "12Mbit/s (1.5 MB/s)"),
            (.bitRate, "800K", "800kbit/s", "6400kbit/s (800 kB/s)"),
            (.frameRate, "50i", "25", "50"), (.frameRate, "59.94i", "29.97", "59.94"),
            (.shortSide, "高清", "720P", "1080P"), (.shortSide, "2K", "1080P (2048×1080)", "1440P (2560×1440)"),
            (.shortSide, "标清", "480P", "576P"), (.shortSide, "超高清", "4K", "8K"), (.shortSide, "HD", "720P", "1080P"),
        ] as [(Sort, String, String, String)])
    func doubtful(sort: Sort, text: String, first: String, second: String) {
        #expect(Self.read(sort, text) == "\"\(text)\" can mean \(first) or \(second): write the one that is meant")
    }

    @Test(
        "A spelling that means nothing is refused with the expected shape",
        arguments: [
            (.length, "2.5分到3分", "length with unit"), (.length, "约3分钟", "length with unit"),
            (.length, "2分90秒", "length"),
            (.length, "5 30", "length with unit"), (.share, "5", "percentage"), (.share, "100%", "percentage"),
            (.percent, "101%", "percentage"), (.loudness, "-24", "loudness with unit"),
            (.loudness, "-71LUFS", "loudness"),
            (.peak, "-1dBFS", "peak with unit"), (.level, "-60dB", "level with unit"),
            (.bytes, "200", "size with unit"),
            (.bytes, "1 000MB", "size with unit"), (.bytes, "0.0001KB", "size with unit"), (.bytes, "1.3333GB", "size"),
            (.bytes, "100-300MB", "size with unit"), (.bitRate, "5000000", "bit rate with unit"),
            (.bitRate, "1024-1280Kbps", "bit rate"), (.frameRate, "0", "frame rate"),
            (.frameRate, "25 30", "frame rate"),
            (.frameRate, "25/0", "frame rate"), (.shape, "16", "picture ratio"), (.shape, "16:0", "picture ratio"),
            (.shape, "宽屏", "picture ratio"), (.size, "1920", "picture size"),
            (.size, "1080P", "names the short side of a picture only: use shortSide instead"),
            (.size, "2K", "use shortSide instead"), (.size, "0x1080", "picture size"), (.shortSide, "0", "short side"),
            (.shortSide, "1080i", "short side in pixels or by name"), (.container, "rmvb", "one of mp4, mov"),
            (.container, "", "one of mp4"),
        ] as [(Sort, String, String)])
    func refused(sort: Sort, text: String, fragment: String) {
        let message = Self.read(sort, text)
        #expect(message.contains(fragment) && message.hasPrefix("\"\(text)\" "), "\(message)")
    }

    @Test(
        "A file of `clipcheck.contest/1` has none of these spellings, and is told that the later schema has them",
        arguments: [
            (.length, "2分钟"), (.bytes, "1.5GB"), (.bitRate, "5Mbps"), (.frameRate, "29.97"), (.loudness, "-24LKFS"),
            (.container, "wmv"), (.shape, "1.85:1"), (.size, "1920X1080"),
        ] as [(Sort, String)])
    func firstSchema(sort: Sort, text: String) {
        #expect(Self.read(sort, text, in: .first).hasSuffix("; schema: clipcheck.contest/2 accepts it"))
        #expect(!Self.read(sort, "200M", in: .first).contains("can mean"))
    }

    @Test("A refusal is written in both languages")
    func languages() throws {
        let refusal = #expect(throws: Notation<Int64>.Refusal.self) {
            try Notation<Int64>.bytes.value("300兆", in: .second)
        }
        #expect(
            refusal?.message.zh == "“300兆”有两种理解：300MB 或 300MiB (314.57 MB)，请写明其中一种")
    }

    @Test("Two shapes of one ratio are equal, however they are written")
    func equalShapes() throws {
        let (one, other) = (
            try Notation<PictureShape>.pictureShape.value("1.85:1", in: .second), PictureShape(Ratio(37, 20) ?? .one)
        )
        #expect(one == other && Set([one, other]).count == 1 && one.text != other.text)
    }
}
