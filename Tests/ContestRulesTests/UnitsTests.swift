import MediaFacts
import Testing

@testable import ContestRules

@Suite("Units of a contest file")
struct UnitsTests {
    @Test(
        "measure lengths",
        arguments: [
            ("2m", 120_000), ("90s", 90_000), ("500ms", 500), ("1m30s", 90_000), ("1h", 3_600_000), ("0s", 0),
            ("0ms", 0),
            ("1h2m3s4ms", 3_723_004), ("5m500ms", 300_500), ("120000ms", 120_000), ("999999h", 3_599_996_400_000),
            ("02m", 120_000),
        ])
    func lengths(text: String, milliseconds: Int) {
        #expect(Units.duration(text) == .milliseconds(milliseconds))
    }

    @Test(
        "are never guessed for a length",
        arguments: [
            "", "5", "5min", "2 m", "m", "ms", "2M", "-2m", "+2m", "2.5m", "2m2m", "30s1m", "1m 30s", "2分", "5m3",
            "1000000s", "２m", "5m３0s", "５00ms", "٢m", "2m\n",
        ])
    func noLengths(text: String) {
        #expect(Units.duration(text) == nil)
    }

    @Test("measure tolerances", arguments: [("0.5%", 0.005), ("0%", 0), ("99%", 0.99), ("12.3456%", 0.123_456)])
    func fractions(text: String, fraction: Double) throws {
        #expect(abs(try #require(Units.fraction(text)) - fraction) < 1e-15)
    }

    @Test(
        "are never guessed for a tolerance",
        arguments: ["", "%", "0.5", "0.5 %", "100%", "-1%", "0,5%", ".5%", "5.%", "0.12345%", "５%", "0.5％"])
    func noFractions(text: String) {
        #expect(Units.fraction(text) == nil)
    }

    @Test(
        "read picture sizes as notices print them",
        arguments: [
            ("1920x1080", 1920, 1080), ("1920*1080", 1920, 1080), ("1920×1080", 1920, 1080), ("1x99999", 1, 99_999),
        ])
    func sizes(text: String, width: Int, height: Int) {
        #expect(Units.size(text) == PictureSize(width: width, height: height))
    }

    @Test(
        "are never guessed for a picture size",
        arguments: [
            "", "1920", "1920x", "x1080", "1920X1080", "1920 x 1080", "0x1080", "1920x0", "-1x1", "100000x1",
            "１920x1080", "1080p",
        ])
    func noSizes(text: String) {
        #expect(Units.size(text) == nil)
    }

    @Test("read ratios", arguments: [("16:9", "16:9"), ("32:18", "16:9"), ("9:16", "9:16")])
    func ratios(text: String, ratio: String) {
        #expect(Units.ratio(text)?.colonText == ratio)
    }

    @Test(
        "are never guessed for a ratio",
        arguments: ["", "16", "16/9", "16:9:1", "0:9", "16:0", "16: 9", "1.78:1", "１６:９", "16：9"])
    func noRatios(text: String) {
        #expect(Units.ratio(text) == nil)
    }

    @Test("read frame rates", arguments: [("25", "25/1"), ("30000/1001", "30000/1001"), ("50/2", "25/1")])
    func rates(text: String, rate: String) {
        #expect(Units.rate(text)?.slashText == rate)
    }

    @Test(
        "are never guessed for a frame rate", arguments: ["", "25fps", "29.97", "0", "25/0", "-25", "30000:1001", "２５"])
    func noRates(text: String) {
        #expect(Units.rate(text) == nil)
    }

    @Test(
        "tell thousands from 1024s",
        arguments: [
            ("200MB", 200_000_000), ("200MiB", 209_715_200), ("2GB", 2_000_000_000), ("2GiB", 2_147_483_648),
            ("5kB", 5000),
            ("5KB", 5000), ("5KiB", 5120), ("0B", 0), ("7B", 7), ("999999GiB", 1_073_740_750_258_176),
        ] as [(String, Int64)])
    func bytes(text: String, bytes: Int64) {
        #expect(Units.bytes(text) == bytes)
    }

    @Test(
        "are never guessed for a file size",
        arguments: ["", "200", "200M", "200mb", "200 MB", "1.5GB", "-1MB", "1TB", "２00MB"])
    func noBytes(text: String) {
        #expect(Units.bytes(text) == nil)
    }

    @Test(
        "measure bit rates",
        arguments: [("8Mbit/s", 8_000_000), ("800kbit/s", 800_000), ("1bit/s", 1), ("999999Mbit/s", 999_999_000_000)]
            as [(String, Int64)])
    func bitRates(text: String, bits: Int64) {
        #expect(Units.bitRate(text) == bits)
    }

    @Test(
        "are never guessed for a bit rate",
        arguments: ["", "8", "8M", "8Mbps", "8Mb/s", "8 Mbit/s", "8mbit/s", "8.5Mbit/s", "８Mbit/s"])
    func noBitRates(text: String) {
        #expect(Units.bitRate(text) == nil)
    }

    @Test(
        "measure shares up to the whole",
        arguments: [("0%", 0), ("0.49%", 0.49), ("10%", 10), ("98.5%", 98.5), ("100%", 100)])
    func shares(text: String, percent: Double) {
        #expect(Units.percent(text) == percent)
    }

    @Test(
        "are never guessed for a share",
        arguments: ["", "%", "0.5", "10 %", "100.01%", "101%", "-1%", "0,5%", ".5%", "5.%", "0.123%", "５%", "5％"])
    func noShares(text: String) {
        #expect(Units.percent(text) == nil)
    }

    @Test(
        "measure levels in the unit that is asked for",
        arguments: [
            ("-60dBFS", "dBFS", -60), ("-1.5dBTP", "dBTP", -1.5), ("0LUFS", "LUFS", 0), ("-99.9dBFS", "dBFS", -99.9),
        ])
    func levels(text: String, unit: String, level: Double) {
        #expect(Units.decibels(text, unit) == level)
    }

    @Test(
        "are never guessed for a level",
        arguments: [
            "", "-60", "dBFS", "-60dB", "-60 dBFS", "-60dbfs", "+60dBFS", "-60.55dBFS", "-100dBFS", "-６0dBFS",
            "-60LUFS",
        ])
    func noLevels(text: String) {
        #expect(Units.decibels(text, "dBFS") == nil)
    }
}
