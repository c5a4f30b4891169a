import Foundation
import Testing

@testable import ContestRules

@Suite("The count of 字")
struct CharacterCountTests {
    @Test(
        "takes every CJK character and every full-width mark for one",
        arguments: [
            ("", 0), ("诚", 1), ("诚信为本", 4), ("诚信，为本。", 6), ("《诚信》", 4), ("他说：“守信！”", 8), ("——……", 4), ("、；？·", 4),
            ("㐀㐁", 2), ("𠀀𪚥𰀀", 3), ("𰀀𰀁𲎯", 3), ("豈更", 2), ("⼀⺀", 2), ("〇々〆", 3), ("㈱㊣", 2), ("\u{E000}", 1),
            ("かなカナー", 5), ("ｶﾅ", 2), ("ㄅㄆ", 2), ("ＡＢ１２", 4), ("（＋）", 3), ("￥￥", 2), ("﹙﹚", 2),
        ])
    func fullWidth(text: String, count: Int) {
        #expect(CharacterCount.of(text) == count)
    }

    @Test(
        "takes a run of anything else for one",
        arguments: [
            ("hello", 1), ("hello world", 2), ("2024", 1), ("2024年", 2), ("第3名", 3), ("A级企业", 4), ("CEO是张三", 4),
            ("3.14", 1), ("3.14%", 1), ("1,000.50", 1), ("don't", 1), ("don’t", 1), ("e-mail", 1), ("a@b.cn", 1),
            ("https://example.com/a?b=c", 1), ("10×20", 1), ("25℃", 1), ("→", 1), ("①诚信", 3), ("Привет мир", 2),
            ("한국어 신용", 2), ("a\tb\nc\r\nd", 4), ("中a国", 3), ("中 a 国", 3), ("Go诚信Go", 4), ("a——b", 4),
        ])
    func runs(text: String, count: Int) {
        #expect(CharacterCount.of(text) == count)
    }

    @Test(
        "takes half-width punctuation for part of its run and for nothing alone",
        arguments: [
            (",", 0), ("你好,世界", 4), ("诚信.", 2), ("...", 0), ("- - -", 0), ("hello, world!", 2), ("(a)", 1),
            ("1. 诚信", 3), ("诚信(信用)", 4), ("\"hello\"", 1), ("a - b", 2),
        ])
    func punctuation(text: String, count: Int) {
        #expect(CharacterCount.of(text) == count)
    }

    @Test(
        "takes what cannot be seen for nothing",
        arguments: [
            (" \t\r\n\u{3000}\u{A0}", 0), ("诚\u{3000}信", 2), ("诚\u{200B}信", 2), ("a\u{200B}b", 1), ("诚\u{FE00}信", 2),
            ("葛\u{E0100}城", 2), ("e\u{301}t", 1), ("\u{301}", 0), ("か\u{3099}", 1), ("\u{FEFF}诚", 1), ("a\u{0}b", 2),
            ("\u{600}中国", 2),
        ])
    func invisible(text: String, count: Int) {
        #expect(CharacterCount.of(text) == count)
    }

    @Test(
        "takes an emoji with all that is joined to it for one",
        arguments: [
            ("😀", 1), ("😀😀", 2), ("诚信👍", 3), ("👍🏽", 1), ("👨‍👩‍👧‍👦", 1), ("🇨🇳", 1), ("🇨🇳🇨🇳", 2), ("❤️", 1), ("a😀b", 3),
            ("1️⃣", 1),
        ])
    func emoji(text: String, count: Int) {
        #expect(CharacterCount.of(text) == count)
    }

    @Test("adds up over lines, and does not depend on composition", arguments: ["诚信 hello，3.14！", "é 한국어 が。"])
    func additive(text: String) {
        #expect(CharacterCount.of(text + "\n" + text) == 2 * CharacterCount.of(text))
        #expect(CharacterCount.of(text.decomposedStringWithCanonicalMapping) == CharacterCount.of(text))
    }
}
