import MediaFacts
import Testing

@testable import ContestRules

@Suite("Wording")
struct WordingTests {
    @Test(
        "`Wording.duration` writes minutes and seconds, and decimals only for broken seconds",
        arguments: [
            (0, "0 秒", "0 s"), (500, "0.500 秒", "0.500 s"), (59_999, "59.999 秒", "59.999 s"), (60_000, "1 分", "1 min"),
            (119_499, "1 分 59.499 秒", "1 min 59.499 s"), (120_000, "2 分", "2 min"),
            (146_140, "2 分 26.140 秒", "2 min 26.140 s"),
            (300_001, "5 分 0.001 秒", "5 min 0.001 s"), (330_000, "5 分 30 秒", "5 min 30 s"),
            (-1500, "-1.500 秒", "-1.500 s"),
            (3_600_000, "60 分", "60 min"),
        ])
    func lengths(milliseconds: Int, zh: String, en: String) {
        #expect(Wording.duration(.milliseconds(milliseconds)).zh == zh)
        #expect(Wording.duration(.milliseconds(milliseconds)).en == en)
    }

    @Test(
        "`Wording.seconds` writes three decimals",
        arguments: [(0, "0.000"), (7, "0.007"), (146_140, "146.140"), (-40, "-0.040"), (-1040, "-1.040")])
    func seconds(milliseconds: Int, text: String) {
        #expect(Wording.seconds(.milliseconds(milliseconds)) == text)
    }

    @Test(
        "`Wording.bytes` writes decimal units with at most two decimals",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1000, "1 kB"), (2_230_393, "2.23 MB"), (200_000_000, "200 MB"),
            (1_500_000_000, "1.5 GB"),
            (1_050_000, "1.05 MB"), (1_000_000, "1 MB"), (999_999, "1000 kB"),
        ] as [(Int64, String)])
    func bytes(count: Int64, text: String) {
        #expect(Wording.bytes(count) == text)
    }

    @Test(
        "`Wording.bitRate` writes decimal units with at most two decimals",
        arguments: [(0, "0 bit/s"), (999, "999 bit/s"), (119_000, "119 kbit/s"), (8_200_000, "8.2 Mbit/s")]
            as [(Int64, String)])
    func bitRates(bits: Int64, text: String) {
        #expect(Wording.bitRate(bits) == text)
    }

    @Test("The greatest and the least numbers are written without a trap")
    func largest() async {
        #expect(Wording.bytes(.max).hasSuffix(" GB"))
        #expect(Wording.bitRate(.max).hasSuffix(" Mbit/s"))
        #expect(Wording.duration(.milliseconds(Int64.max)).en.hasSuffix(" s"))
        await #expect(processExitsWith: .success) {
            _ = Wording.duration(.milliseconds(Int64.min))
            _ = Wording.seconds(.milliseconds(Int64.min))
        }
    }

    @Test(
        "`Wording.decimal` rounds to two decimals, with the sign in front",
        arguments: [
            (0, "0"), (-0.5, "-0.5"), (-12.25, "-12.25"), (-0.05, "-0.05"), (-0.004, "0"), (-3, "-3"), (0.05, "0.05"),
            (29.97, "29.97"), (1.999, "2"), (.infinity, "–"), (.nan, "–"), (1e300, "90000000000000000"),
        ] as [(Double, String)])
    func decimals(value: Double, text: String) {
        #expect(Wording.decimal(value) == text)
    }

    @Test(
        "`Wording.clock` rounds down to whole seconds",
        arguments: [(0, "0:00"), (-1, "0:00"), (999, "0:00"), (65_999, "1:05"), (3_725_000, "1:02:05")]
            as [(Int64, String)])
    func clock(milliseconds: Int64, text: String) {
        #expect(Wording.clock(milliseconds) == text)
    }

    @Test("`Wording.places` writes three time ranges and an ellipsis for more")
    func places() {
        let range = TimeRange(start: .seconds(30), end: .seconds(41))
        #expect(Wording.places([]) == "")
        #expect(Wording.places([range, range, range]) == "0:30–0:41, 0:30–0:41, 0:30–0:41")
        #expect(Wording.places([range, range, range, range]) == "0:30–0:41, 0:30–0:41, 0:30–0:41, …")
    }

    @Test("`Wording.list` joins with 、 in Chinese and with a comma in English")
    func lists() {
        #expect(Wording.list(["mp4", "mov"]).zh == "mp4、mov")
        #expect(Wording.list(["mp4", "mov"]).en == "mp4, mov")
    }

    @Test("`Spelling.nearest` finds words one or two letters away")
    func spelling() {
        let words = ["duration", "resolution", "min", "max", "level"]
        #expect(Spelling.nearest(to: "duraton", among: words) == "duration")
        #expect(Spelling.nearest(to: "Duration", among: words) == "duration")
        #expect(Spelling.nearest(to: "levle", among: words) == "level")
        #expect(Spelling.nearest(to: "mn", among: words) == "min")
        #expect(Spelling.nearest(to: "colour", among: words) == nil)
        #expect(Spelling.nearest(to: "x", among: words) == nil)
        #expect(Spelling.nearest(to: "", among: words) == nil)
        #expect(Spelling.nearest(to: "duraton", among: []) == nil)
    }
}
