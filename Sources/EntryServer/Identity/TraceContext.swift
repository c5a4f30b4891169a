/// The trace that a request belongs to, across several services.
///
/// Source: W3C Trace Context, level 1.
struct TraceContext: Sendable, Hashable {
    /// Id of the trace, 32 lower-case hexadecimal digits, not all zero.
    let traceID: String
    /// Id of the client's part of the trace, 16 digits, not all zero.
    let parentID: String
    /// Id of this request as a part of the trace, 16 digits.
    let spanID: String
    /// Whether the client records the trace.
    let isSampled: Bool

    /// Reads the values of the header field `traceparent`. nil when there is none, more than one, or one that breaks the
    /// format; the client's trace is not continued then.
    ///
    /// Of a version above 00, the parts of version 00 are read, and more may follow after a hyphen. Source: §3.2.2,
    /// §4.3.
    init?(traceparent values: [String], spanID: String = RandomHex.digits(16)) {
        guard values.count == 1, let value = values.first, value.utf8.count >= 55 else { return nil }
        let parts = value.split(separator: "-", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, zip(parts, [2, 32, 16, 2]).allSatisfy({ Self.isHex($0, digits: $1) }),
            parts[0] != "ff", parts[0] != "00" || parts.count == 4,
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" }),
            let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        (traceID, parentID, self.spanID) = (parts[1], parts[2], spanID)
        isSampled = flags & 1 == 1
    }

    /// The value of `traceparent` for whatever this request calls: version 00, with this request as the parent. Flags
    /// that version 00 does not define are zero. Source: §3.2.2.5.
    var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    private static func isHex(_ text: String, digits: Int) -> Bool {
        text.utf8.count == digits
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
