import TestSupport
import Testing

@testable import ReportSigning

@Suite("`CanonicalJSON`")
struct CanonicalJSONTests {
    private static func canonical(
        _ text: String, numbers: CanonicalJSON.Numbers = .nearestDouble
    ) throws(JSONFault) -> String {
        String(decoding: try CanonicalJSON.bytes(of: Array(text.utf8), numbers: numbers), as: UTF8.self)
    }

    @Test("`CanonicalJSON` writes the example of RFC 8785 §3.2.2 as §3.2.3 does")
    func example() throws {
        let text = #"""
            {
              "numbers": [333333333.33333329, 1E30, 4.50,
                          2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        let expected =
            #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
            + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        #expect(try Self.canonical(text) == expected)
    }

    @Test("`CanonicalJSON` sorts the names of RFC 8785 §3.2.3 by UTF-16 code units")
    func order() throws {
        let text = #"""
            {
              "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """#
        let members = try #require(try CanonicalJSON.value(of: Array(try Self.canonical(text).utf8)).names)
        #expect(members == ["\r", "1", "\u{80}", "\u{f6}", "\u{20ac}", "\u{1f600}", "\u{fb33}"])
    }

    @Test(
        "`CanonicalNumber` writes the doubles of RFC 8785 appendix B as the appendix does",
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"), (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
            (0x41b3_de43_5555_5557, "333333333.33333343"), (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] as [(UInt64, String)])
    func doubles(bits: UInt64, text: String) throws {
        #expect(try CanonicalNumber.form(Double(bitPattern: bits)) == text)
    }

    @Test("`CanonicalNumber` refuses the infinite doubles and NaN", arguments: [0x7fff << 48, 0x7ff0 << 48])
    func infinite(bits: UInt64) {
        #expect(throws: JSONFault(code: .numberOutOfRange, offset: nil)) {
            try CanonicalNumber.form(Double(bitPattern: bits))
        }
    }

    @Test(
        "`CanonicalJSON` keeps every digit of a number for a signature, and spells equal numbers alike",
        arguments: [
            ("9007199254740993", "9007199254740993"), ("9223372036854775807", "9223372036854775807"),
            ("25", "25"), ("25.0", "25"), ("2.5e1", "25"), ("250E-1", "25"), ("-0", "0"), ("0e5", "0"),
            ("1e20", "100000000000000000000"), ("100000000000000000000", "100000000000000000000"),
            ("1e21", "1e+21"), ("1000000000000000000000", "1e+21"), ("0.1", "0.1"), ("-23.456", "-23.456"),
        ])
    func everyDigit(text: String, form: String) throws {
        #expect(try Self.canonical(text, numbers: .everyDigit) == form)
    }

    @Test(
        "`CanonicalJSON` refuses text that is not JSON, or that two readers could take for different values",
        arguments: [
            ("", .unexpectedEnd), (" ", .unexpectedEnd), ("{", .unexpectedEnd), ("[1", .unexpectedEnd),
            ("[1,", .unexpectedEnd), (#"{"a""#, .unexpectedEnd), (#""a"#, .unexpectedEnd), ("tru", .unexpectedEnd),
            ("-", .unexpectedEnd), ("1.", .unexpectedEnd), ("1e", .unexpectedEnd), ("1e+", .unexpectedEnd),
            (#""\"#, .unexpectedEnd), (#""\u12"#, .unexpectedEnd), ("01", .trailingBytes), ("1 2", .trailingBytes),
            ("{}x", .trailingBytes), ("nulll", .trailingBytes), ("\u{feff}1", .unexpectedByte),
            ("+1", .unexpectedByte), (".5", .unexpectedByte), ("NaN", .unexpectedByte), ("[1,]", .unexpectedByte),
            (#"{"a":1,}"#, .unexpectedByte), ("{a:1}", .unexpectedByte), ("'a'", .unexpectedByte),
            ("nuLl", .unexpectedByte), ("[1 2]", .unexpectedByte), (#"{"a" 1}"#, .unexpectedByte),
            (#""\x""#, .unexpectedByte), (#""\u12g4""#, .unexpectedByte), ("\"\t\"", .unexpectedByte),
            ("\"\n\"", .unexpectedByte), (#"{"a":1,"a":1}"#, .duplicateName),
            (#"{"a":1,"\u0061":2}"#, .duplicateName), (#""\ud800""#, .loneSurrogate),
            (#""\udc00""#, .loneSurrogate), (#""\ud800\ud800""#, .loneSurrogate), (#""\ud800\n""#, .loneSurrogate),
            (#""\ud800x""#, .loneSurrogate), ("1e400", .numberOutOfRange),
            ("-1e9999999999999999999", .numberOutOfRange),
            ("0.30000000000000005", .numberInexact), ("333333333.33333329", .numberInexact),
            ("1e-400", .numberInexact), ("1e-9223372036854775808", .numberInexact),
            ("1e23000000000000000000000", .numberOutOfRange),
        ] as [(String, JSONFault.Code)])
    func faults(text: String, code: JSONFault.Code) {
        let fault = #expect(throws: JSONFault.self) { try Self.canonical(text, numbers: .everyDigit) }
        #expect(fault?.code == code)
    }

    @Test("`CanonicalJSON` takes two spellings of one accented letter for two names")
    func spellings() throws {
        let text = #"{"e\u0301":1,"\u00e9":2}"#
        #expect(try CanonicalJSON.value(of: Array(text.utf8)).names?.count == 2)
    }

    @Test(
        "`CanonicalJSON` refuses strings that are not UTF-8",
        arguments: [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80]])
    func notUTF8(bytes: [UInt8]) {
        #expect(throws: JSONFault(code: .invalidUTF8, offset: 0)) {
            try CanonicalJSON.value(of: [0x22] + bytes + [0x22])
        }
    }

    @Test("`CanonicalJSON` takes 64 levels and refuses 65, and 100,000 without a crash")
    func depth() throws {
        func nested(_ levels: Int) -> [UInt8] {
            Array(repeating: UInt8(ascii: "["), count: levels) + Array(repeating: UInt8(ascii: "]"), count: levels)
        }
        #expect(try CanonicalJSON.bytes(of: nested(64)) == nested(64))
        for levels in [65, 100_000] {
            #expect(throws: JSONFault(code: .tooDeep, offset: 64)) { try CanonicalJSON.bytes(of: nested(levels)) }
        }
    }

    @Test("`CanonicalJSON` answers 20,000 damaged texts with a fault or with a canonical form")
    func damaged() throws {
        var random = SeededGenerator(seed: 8785)
        let text = Array(#"{"a":[1,-2.5e3,true,null,"é\u00e9\ud83d\ude00\n"],"b":{"":"","c":[{}]}}"#.utf8)
        for _ in 0..<20_000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(text.randomElement(using: &random) ?? 0, at: place)
                }
            }
            guard let form = try? CanonicalJSON.bytes(of: bytes) else { continue }
            #expect(try CanonicalJSON.bytes(of: form) == form)
        }
    }
}
