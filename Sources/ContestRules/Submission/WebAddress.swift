/// A web address that stands in a text.
struct WebAddress: Sendable, Hashable {
    /// The address from its scheme on, as it is written.
    let text: String
    /// The host in small letters, without user, port and final dot; an IPv6 address without its brackets. Nil when the
    /// address has no usable host.
    let host: String?

    /// Longest value that is searched, in scalars.
    static let longestText = 4096

    /// The different addresses in `text`, in their order.
    ///
    /// A value of a form may be an address or a text that an app shares: `复制打开抖音，看看… https://v.douyin.com/xyz/ …`. An
    /// address begins with `http://` or `https://` and ends before white space, a sign that no address holds, or a sign of
    /// Chinese text. Punctuation at its end belongs to the sentence. Full-width signs are read as ASCII only where no
    /// address is written in ASCII.
    static func all(in text: String) -> [WebAddress] {
        guard text.unicodeScalars.count <= longestText else { return [] }
        let found = scan(Array(text.unicodeScalars))
        return found.isEmpty ? scan(Array(HalfWidth.folded(text).unicodeScalars)) : found
    }

    /// Whether the host is one of `hosts` or a subdomain of one. Every host fits an empty list.
    func isAt(_ hosts: [String]) -> Bool {
        guard let host else { return false }
        return hosts.isEmpty || hosts.contains { host == $0 || host.hasSuffix(".\($0)") }
    }

    private static func scan(_ scalars: [Unicode.Scalar]) -> [WebAddress] {
        var found: [WebAddress] = []
        var place = 0
        while place < scalars.count {
            guard let body = afterScheme(scalars, at: place) else {
                place += 1
                continue
            }
            let authority = authority(scalars, from: body)
            var end = authority.upperBound
            if end < scalars.count, "/?#".unicodeScalars.contains(scalars[end]) {
                end = pathEnd(scalars, from: end)
            }
            while end > body, ".,;:!?)]'*".unicodeScalars.contains(scalars[end - 1]), !authority.contains(end - 1) {
                end -= 1
            }
            let address = WebAddress(
                text: string(scalars[place..<end]), host: WebHost.read(string(scalars[authority])))
            if !found.contains(address) { found.append(address) }
            place = max(end, body)
        }
        return found
    }

    /// The place behind `http://` or `https://` at `place`; nil when no scheme begins there.
    private static func afterScheme(_ scalars: [Unicode.Scalar], at place: Int) -> Int? {
        for scheme in ["https://", "http://"] {
            let end = place + scheme.unicodeScalars.count
            guard end <= scalars.count else { continue }
            let isScheme = zip(scalars[place..<end], scheme.unicodeScalars).allSatisfy { written, wanted in
                written == wanted || written.isASCII && written.properties.lowercaseMapping == String(wanted)
            }
            if isScheme { return end }
        }
        return nil
    }

    /// The user, host and port behind a scheme. Letters of other scripts belong to the host only where the ASCII signs before
    /// them are no whole host: `https://v.douyin.com复制` ends before 复.
    private static func authority(_ scalars: [Unicode.Scalar], from start: Int) -> Range<Int> {
        let isEnd = { (scalar: Unicode.Scalar) in
            "/?#,;".unicodeScalars.contains(scalar) || !isPartOfAddress(scalar)
        }
        let end = scalars[start...].firstIndex(where: isEnd) ?? scalars.count
        let isWhole = WebHost.read(string(scalars[start..<end])) != nil
        guard !isWhole, end < scalars.count, !scalars[end].isASCII else {
            return start..<trimmed(scalars, start..<end)
        }
        let wideEnd = scalars[start...].firstIndex { isEnd($0) && !$0.properties.isAlphabetic } ?? scalars.count
        return start..<trimmed(scalars, start..<wideEnd)
    }

    /// The end of path, query and fragment from `start` on. A scheme in them begins another address, unless it is the value
    /// of a query or a step of the path: `?to=https://…`.
    private static func pathEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
        var place = start
        while place < scalars.count, isPartOfAddress(scalars[place]) {
            if place > start, !"=/?#".unicodeScalars.contains(scalars[place - 1]),
                afterScheme(scalars, at: place) != nil
            {
                break
            }
            place += 1
        }
        return place
    }

    /// The end of an authority without the punctuation at its end, unless a path follows. A closing bracket stays, because it
    /// may end an IPv6 address.
    private static func trimmed(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Int {
        if range.upperBound < scalars.count, "/?#".unicodeScalars.contains(scalars[range.upperBound]) {
            return range.upperBound
        }
        let last = scalars[range].lastIndex { !".,;:!?)'*".unicodeScalars.contains($0) }
        return last.map { $0 + 1 } ?? range.lowerBound
    }

    /// Whether an address may hold `scalar`. Source: RFC 3986, 2; the signs `"<>\^`{|}` are not in it.
    private static func isPartOfAddress(_ scalar: Unicode.Scalar) -> Bool {
        (0x21...0x7E).contains(scalar.value) && !"\"<>\\^`{|}".unicodeScalars.contains(scalar)
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }
}
