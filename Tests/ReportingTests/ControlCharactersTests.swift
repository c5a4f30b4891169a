import Testing

@testable import Reporting

@Suite("ControlCharacters")
struct ControlCharactersTests {
    @Test("`ControlCharacters.replaced` replaces U+0000 to U+001F and U+007F to U+009F and no other scalar")
    func everyScalar() {
        let controls = Set<UInt32>(Array(0...0x1f) + Array(0x7f...0x9f))
        for value in UInt32(0)...0x10ffff {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let written = ControlCharacters.replaced(in: String(scalar), by: "")
            guard written.isEmpty != controls.contains(value) else { continue }
            Issue.record("U+\(String(value, radix: 16))")
        }
    }

    @Test("`ControlCharacters.replaced` writes U+FFFD unless the caller names another substitute")
    func substitutes() {
        #expect(ControlCharacters.replaced(in: "a\u{0}\r\n\u{9b}作") == "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}作")
        #expect(ControlCharacters.replaced(in: "a\u{0}\r\n\u{9b}作", by: "") == "a作")
    }

    @Test("The rule of a format comes before the substitute, and gets the scalar before each scalar")
    func rules() {
        let text = ControlCharacters.replaced(in: "<\u{301}\r\n\n\t") { scalar, previous in
            switch scalar {
            case "<" where previous == nil: "&lt;"
            case "\n": previous == "\r" ? "" : "\n"
            default: nil
            }
        }
        #expect(Array(text.unicodeScalars) == Array("&lt;\u{301}\u{fffd}\n\u{fffd}".unicodeScalars))
    }
}
