import Testing

@testable import Reporting

@Suite("HTMLText")
struct HTMLTextTests {
    @Test(
        "`HTMLText.escaped` escapes markup and replaces control characters and those that turn the reading direction",
        arguments: [
            ("作品 1.mp4", "作品 1.mp4"), ("<b a=\"c\">&'", "&lt;b a=&quot;c&quot;&gt;&amp;'"),
            ("<\u{301}b", "&lt;\u{301}b"), ("a\u{202e}4pm.exe", "a\u{fffd}4pm.exe"),
            ("\u{202a}\u{202b}\u{202c}\u{202d}", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
            ("\u{2066}\u{2067}\u{2068}\u{2069}", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
            ("\u{0}\u{1b}\r\u{7f}\u{85}", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}"), ("a\n\tb", "a\n\tb"),
            ("👩\u{200d}🎨", "👩\u{200d}🎨"),
        ])
    func escapes(text: String, html: String) {
        #expect(Array(HTMLText.escaped(text).unicodeScalars) == Array(html.unicodeScalars))
    }

    @Test("`HTMLText.path` replaces line breaks and invisible characters")
    func paths() {
        #expect(
            HTMLText.path("a\nb\t<\u{200d}\u{feff}\u{2069}.mp4") == "a\u{fffd}b\u{fffd}&lt;\u{fffd}\u{fffd}\u{fffd}.mp4"
        )
    }
}
