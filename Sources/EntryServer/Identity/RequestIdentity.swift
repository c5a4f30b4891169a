internal import HTTPTypes

/// The id of a request, which the log, the answer's header and a problem name alike; and the trace that it belongs to.
struct RequestIdentity: Sendable, Hashable {
    /// The client's own id when it is short and plain, else 32 random hexadecimal digits.
    let id: String
    /// The trace that the client continues with this request; nil without a valid `traceparent`.
    let trace: TraceContext?

    /// The identity of a context whose request has none yet.
    static let unassigned = RequestIdentity(id: "unassigned", trace: nil)

    /// Most characters of a client's own id.
    static let mostCharacters = 64

    /// Reads `X-Request-ID` and `traceparent`. An id with other characters than ASCII letters, digits, `.`, `_` and `-`
    /// is replaced, because it goes to the log.
    init(_ headers: HTTPFields) {
        let named = headers[values: .requestID]
        id = named.count == 1 && Self.isPlain(named[0]) ? named[0] : RandomHex.digits(32)
        trace = TraceContext(traceparent: headers[values: .traceparent])
    }

    private init(id: String, trace: TraceContext?) { (self.id, self.trace) = (id, trace) }

    private static func isPlain(_ text: String) -> Bool {
        (1...mostCharacters).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
