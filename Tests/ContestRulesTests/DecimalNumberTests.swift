import Testing

@testable import ContestRules

@Suite("DecimalNumber")
struct DecimalNumberTests {
    @Test(
        "`DecimalNumber` reads digits of any width, decimals, a sign and separators of thousands",
        arguments: [
            ("3", "3"), ("０３", "3"), ("2.5", "2.5"), ("２．５０", "2.5"), ("-0.5", "-0.5"), ("−3", "-3"), ("+7", "7"),
            ("1,200", "1200"), ("12,345,678.25", "12345678.25"), (" 3 ", "3"), ("0.000001", "0.000001"),
            ("999999999999.999999", "999999999999.999999"), ("0", "0"), ("-0", "0"),
        ])
    func numbers(text: String, expected: String) {
        #expect(DecimalNumber(text)?.text == expected)
    }

    @Test(
        "`DecimalNumber` refuses a text that is no number or could be two",
        arguments: [
            "", "-", ".", ".5", "5.", "1,20", "1,2000", ",200", "1,200,", "1，200", "1 200", "3人", "三", "1e3", "0x10",
            "1.2.3",
            "--3", "1000000000000", "0.0000001", "½", "NaN", "∞", String(repeating: "1", count: 1000),
        ])
    func refused(text: String) {
        #expect(DecimalNumber(text) == nil)
    }

    @Test("`DecimalNumber` orders numbers by their value")
    func order() {
        let numbers = ["-10", "-9.5", "0", "0.1", "9", "10"].compactMap { DecimalNumber($0) }
        #expect(numbers.count == 6 && numbers == numbers.reversed().sorted())
    }
}
