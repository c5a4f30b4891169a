import TestSupport

/// Texts that a reader of some output format would take for syntax.
enum HostileText {
    /// One text for each kind of syntax.
    static let all = [
        "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", " =1", "\u{3000}=1", "\u{a0}@a", "\u{200b}=1", "\u{feff}=1",
        "\t=1", "\r=1", "\n=1", "\u{0}=1", "=\u{301}1", "＝1", "＋1", "－1", "＠1", "\t", "\r", "\n", "\r\n", "a\rb",
        "a\nb",
        "a\r\nb", "\"", "\"\"", "a\"b", "\"a\"", ",", "a,b", ";", "a;b", "\"\r\n,", "\"\u{301},\u{301}", " a ", " ", "",
        "\u{0}", "\u{1b}[31m", "\u{7}\u{8}\u{7f}", "\u{85}", "\u{9b}1m", "\u{2028}", "\u{2029}", "\u{b}\u{c}",
        "\u{202e}4pm", "\u{fffe}", "\u{ffff}", "\u{fffd}", "😀\u{200d}👧", "0991123456", "16:9", "2024-01-02", "1E5",
        "张三",
        "\nb::error::x", "\n::set-output name=a::b", "\r::stop-commands::x", "##[error]x", "::error::x",
        "%0A::error::x",
        "%", "%25", "%0D%0A", "a:b,c=d", "::", "</testcase>", "<!--", "]]>", "<![CDATA[", "&amp;", "&#0;", "<\u{301}b>",
        "\"/><x y=\"", "'", "'=1", "<?xml?>", "\u{10ffff}",
    ]

    /// The texts above for seed 0; for any other seed, random combinations of them and ordinary text, the same in every
    /// run.
    static func texts(_ seed: UInt64) -> [String] {
        guard seed > 0 else { return all }
        var random = SeededGenerator(seed: seed)
        return (0..<30).map { _ in
            (0..<Int.random(in: 0...6, using: &random)).map { _ in
                Bool.random(using: &random) ? "诚信a1." : all[Int.random(in: all.indices, using: &random)]
            }.joined()
        }
    }
}
