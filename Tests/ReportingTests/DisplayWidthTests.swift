import Testing

@testable import Reporting

@Suite("DisplayWidth")
struct DisplayWidthTests {
    @Test(
        "`DisplayWidth.of` counts columns as a terminal does",
        arguments: [
            ("", 0), ("abc", 3), (" a ", 3), ("作品.mp4", 8), ("中", 2), ("，", 2), ("。", 2), ("“中”", 4), ("（1）", 5),
            ("：", 2), ("　", 2), ("ＡＢ", 4), ("ｱ", 1), ("ア", 2), ("한글", 4), ("\u{1112}\u{1161}\u{11ab}", 2), ("é", 1),
            ("e\u{301}", 1), ("e\u{301}\u{302}", 1), ("中\u{301}", 2), ("\u{301}", 0), ("½", 1), ("×", 1), ("–", 1),
            ("😀", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇨🇳", 2), ("⌚", 2), ("🚀", 2), ("𠀀", 2), ("Ω", 1), ("Я", 1), ("〔2024〕", 8),
            ("\u{200b}", 0), ("㎡", 2), ("℃", 1), ("①", 1), ("々", 2), ("〇", 2), ("〈〉", 4), ("￥", 2), ("…", 1),
        ])
    func columns(text: String, expected: Int) {
        #expect(DisplayWidth.of(text) == expected, "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
    }

    @Test(
        "`DisplayWidth.padded` adds spaces up to the width and returns wider text unchanged",
        arguments: [
            ("合格", 6, "合格  "), ("合格", 5, "合格 "), ("合格", 4, "合格"), ("合格", 3, "合格"), ("", 2, "  "), ("ab", 4, "ab  "),
            ("ab", -1, "ab"),
        ])
    func padded(text: String, width: Int, expected: String) {
        #expect(DisplayWidth.padded(text, to: width) == expected)
    }

    @Test(
        "`DisplayWidth.wrapped` breaks at spaces and between wide characters, not before closing punctuation",
        arguments: [
            ("", 10, [""]), ("   ", 10, [""]), ("one two", 10, ["one two"]),
            ("one two three", 8, ["one two", "three"]),
            ("one two three", 7, ["one two", "three"]), ("one two three", 6, ["one", "two", "three"]),
            ("画面比例为十六比九", 8, ["画面比例", "为十六比", "九"]), ("画面比例为十六比九", 9, ["画面比例", "为十六比", "九"]),
            ("画面比例，要求", 8, ["画面比", "例，要求"]), ("画面比例。", 8, ["画面比", "例。"]), ("画面比（例子）", 8, ["画面比", "（例子）"]),
            ("画面 1920×1080 像素", 10, ["画面", "1920×1080", "像素"]), ("要求9:16。请", 10, ["要求9:16。", "请"]),
            ("a  b   c", 80, ["a  b   c"]), ("比例“16:9”，好", 12, ["比例“16:9”，", "好"]),
            ("./作品.mp4", 80, ["./作品.mp4"]), ("）", 8, ["）"]),
        ] as [(String, Int, [String])])
    func wrapped(text: String, width: Int, expected: [String]) {
        #expect(DisplayWidth.wrapped(text, to: width) == expected)
    }

    @Test(
        "`DisplayWidth.wrapped` breaks a word that is wider than a line",
        arguments: [
            (String(repeating: "x", count: 25), 10, ["xxxxxxxxxx", "xxxxxxxxxx", "xxxxx"]),
            ("see https://example.org/a", 12, ["see", "https://exam", "ple.org/a"]),
        ])
    func longWord(text: String, width: Int, expected: [String]) {
        #expect(DisplayWidth.wrapped(text, to: width) == expected)
    }
}
