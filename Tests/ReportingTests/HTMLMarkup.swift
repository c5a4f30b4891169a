import Crypto
import Foundation

/// Reads HTML as far as the tests need it.
enum HTMLMarkup {
    /// The tags of a page. The search goes by scalar, as in a browser.
    static func tags(_ page: String) -> [String] {
        let scalars = Array(page.unicodeScalars)
        return scalars.indices.filter { scalars[$0] == "<" }.map { start in
            let end = scalars[start...].firstIndex(of: ">") ?? scalars.endIndex
            return String(String.UnicodeScalarView(scalars[start..<end]))
        }
    }

    /// The tags without the values of their attributes.
    static func bareTags(_ page: String) -> [String] {
        tags(page).map { $0.split(separator: "\"", omittingEmptySubsequences: false).enumerated() }
            .map { $0.filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined(separator: "\"") }
    }

    /// `text` as a page must escape it.
    static func escaped(_ text: String) -> String {
        let names: [Unicode.Scalar: String] = ["<": "&lt;", ">": "&gt;", "&": "&amp;", "\"": "&quot;"]
        return text.unicodeScalars.map { names[$0] ?? String($0) }.joined()
    }

    /// The SHA-256 of `text` in Base64, as a Content-Security-Policy names scripts and style sheets.
    static func digest(_ text: String) -> String {
        Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }

    /// The texts between `start` and `end`, at every place in `page`.
    static func contents(of page: String, from start: String, to end: String) -> [String] {
        page.split(separator: start, omittingEmptySubsequences: false).dropFirst()
            .map { String($0.split(separator: end, maxSplits: 1, omittingEmptySubsequences: false)[0]) }
    }

    /// Texts that would become markup if a page did not escape them.
    static let hostileTexts = [
        "<script>alert(1)</script>", "</title><script>", "\"><img src=x onerror=alert(1)>", "&lt;b&gt;",
        "<\u{301}script>", "<\u{20e3}b onclick=x>", ">\u{301}", "\"\u{301}", "&\u{301}lt;", "<!--", "]]>",
    ]
}
