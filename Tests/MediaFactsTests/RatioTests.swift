import TestSupport
import Testing

@testable import MediaFacts

@Suite("A ratio")
struct RatioTests {
    @Test(
        "`Ratio` is kept in lowest terms",
        arguments: [
            (1920, 1080, "16:9"), (1080, 1920, "9:16"), (50, 2, "25:1"), (30_000, 1001, "30000:1001"), (7, 7, "1:1"),
            (1, .max, "1:9223372036854775807"), (.max, .max, "1:1"),
        ] as [(Int64, Int64, String)])
    func reduction(numerator: Int64, denominator: Int64, text: String) throws {
        let ratio = try #require(Ratio(numerator, denominator))
        #expect(ratio.colonText == text)
        #expect(ratio.slashText == text.replacing(":", with: "/"))
    }

    @Test(
        "`Ratio` is nil unless both terms are positive",
        arguments: [(0, 1), (1, 0), (0, 0), (-16, 9), (16, -9), (-16, -9), (.min, 1), (1, .min)] as [(Int64, Int64)])
    func nonsense(numerator: Int64, denominator: Int64) {
        #expect(Ratio(numerator, denominator) == nil)
    }

    @Test(
        "`Ratio(text:)` reads 16:9, 30000/1001 and whole numbers",
        arguments: [
            ("16:9", "16/9"), ("32:18", "16/9"), ("30000/1001", "30000/1001"), ("25", "25/1"),
            ("2147483647:1", "2147483647/1"), ("1:2147483647", "1/2147483647"),
        ])
    func parsing(text: String, expected: String) {
        #expect(Ratio(text: text)?.slashText == expected)
    }

    @Test(
        "`Ratio(text:)` is nil for any other text",
        arguments: [
            "", ":", "/", "16:", ":9", "16:9:1", "16::9", "0:1", "1:0", "-16:9", "16:-9", "16.0:9", " 16:9", "16:9 ",
            "16x9", "2147483648:1", "1:99999999999999999999", "１６:９", "nan", "inf",
        ])
    func notParsed(text: String) {
        #expect(Ratio(text: text) == nil)
    }

    @Test("`Ratio.inverted` swaps the terms")
    func inversion() throws {
        let ratio = try #require(Ratio(16, 9))
        #expect(ratio.inverted == Ratio(9, 16))
        #expect(ratio.inverted.inverted == ratio)
        #expect(Ratio.one.inverted == .one)
    }

    @Test(
        "`Ratio.isWithin` includes both ends of its tolerance",
        arguments: [
            ("134:75", 0.005, true),  // 16:9 × 1.005
            ("398:225", 0.005, true),  // 16:9 × 0.995
            ("4467:2500", 0.005, false), ("39799:22500", 0.005, false), ("16:9", 0, true), ("853:480", 0, false),
            ("853:480", 0.005, true), ("9:16", 0.005, false), ("9:16", 0.9, true), ("4:3", 0.25, true),
            ("4:3", 0.249, false),
        ] as [(String, Double, Bool)])
    func tolerance(text: String, tolerance: Double, isWithin: Bool) throws {
        let ratio = try #require(Ratio(text: text))
        let wide = try #require(Ratio(16, 9))
        #expect(ratio.isWithin(tolerance, of: wide) == isWithin)
    }
}

@Suite("A ratio that approximates a number")
struct RatioApproximationTests {
    @Test(
        "`Ratio(approximating:)` finds the fraction from which a number was computed",
        arguments: [
            (30_000.0 / 1001, "30000/1001"), (29.970_029_97, "30000/1001"), (24_000.0 / 1001, "24000/1001"),
            (60_000.0 / 1001, "60000/1001"), (25, "25/1"), (12.5, "25/2"), (25.000_000_000_1, "25/1"), (0.5, "1/2"),
            (1.0 / 3, "1/3"), (29.97, "2997/100"), (2_147_483_646, "2147483646/1"),
        ] as [(Double, String)])
    func rates(value: Double, expected: String) {
        #expect(Ratio(approximating: value, maximumDenominator: 1001)?.slashText == expected)
    }

    @Test(
        "`Ratio(approximating:)` is nil for zero, negative, infinite and huge numbers",
        arguments: [
            0, -0.0, -25, .nan, .infinity, -.infinity, 2_147_483_647, 1e300, .greatestFiniteMagnitude,
            .leastNonzeroMagnitude,
        ] as [Double])
    func nonsense(value: Double) {
        #expect(Ratio(approximating: value, maximumDenominator: 1001) == nil)
    }

    @Test(
        "`Ratio(approximating:)` is nil when the maximum denominator is not positive",
        arguments: [0, -1, .min] as [Int64])
    func noDenominator(maximum: Int64) {
        #expect(Ratio(approximating: 25, maximumDenominator: maximum) == nil)
    }

    @Test("`Ratio(approximating:)` never traps, keeps to the maximum denominator and stays close to the number")
    func anyValue() {
        var random = SeededGenerator(seed: 20_240_227)
        for _ in 0..<20_000 {
            let value = Self.anyRate(&random)
            guard let ratio = Ratio(approximating: value, maximumDenominator: 1001) else {
                // The value is so small that only 0 approximates it.
                #expect(value < 1.0 / 1001)
                continue
            }
            #expect((1...1001).contains(ratio.denominator))
            let nearest = 1 / (Double(ratio.denominator) * 1001)
            #expect(abs(ratio.value - value) <= nearest + value * 1e-9, "\(value) became \(ratio.slashText)")
        }
    }

    @Test("`Ratio(approximating:)` never traps with a large denominator")
    func largeDenominator() async {
        await #expect(processExitsWith: .success) {
            for value in [11_645_874.000_659_943, 39_870_865.696_958_54] {
                _ = Ratio(approximating: value, maximumDenominator: 1_000_000)
            }
        }
    }

    /// Numbers of all magnitudes, exact fractions, and the next number above such a fraction.
    private static func anyRate(_ random: inout SeededGenerator) -> Double {
        let numerator = Double(Int.random(in: 1...2_000_000_000, using: &random))
        let fraction = numerator / Double(Int.random(in: 1...1001, using: &random))
        return switch Int.random(in: 0..<4, using: &random) {
        case 0: Double.random(in: 0..<2_147_483_646, using: &random)
        case 1: Double(sign: .plus, exponent: Int.random(in: -40..<30, using: &random), significand: 1.618)
        case 2: fraction.nextUp
        default: fraction
        }
    }
}
