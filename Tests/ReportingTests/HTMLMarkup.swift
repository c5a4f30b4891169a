import Crypto
import Foundation

/// What a browser makes of a page, as far as tests need to know.
enum HTMLMarkup {
    /// The tags of a page, found scalar by scalar, as a browser finds them.
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

    /// `text` as it must stand in a page.
    static func escaped(_ text: String) -> String {
        let names: [Unicode.Scalar: String] = ["<": "&lt;", ">": "&gt;", "&": "&amp;", "\"": "&quot;"]
        return text.unicodeScalars.map { names[$0] ?? String($0) }.joined()
    }

    /// SHA-256 in base 64, as a Content-Security-Policy names scripts and style sheets.
    static func digest(_ text: String) -> String {
        Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }

    /// What stands between `start` and `end`, everywhere in `page`.
    static func contents(of page: String, from start: String, to end: String) -> [String] {
        page.split(separator: start, omittingEmptySubsequences: false).dropFirst()
            .map { String($0.split(separator: end, maxSplits: 1, omittingEmptySubsequences: false)[0]) }
    }

    /// Text that would become markup if it were not escaped.
    static let hostileTexts = [
        "<script>alert(1)</script>", "</title><script>", "\"><img src=x onerror=alert(1)>", "&lt;b&gt;",
        "<\u{301}script>", "<\u{20e3}b onclick=x>", ">\u{301}", "\"\u{301}", "&\u{301}lt;", "<!--", "]]>",
    ]
}
