import Testing

@testable import EntryServer

@Suite("TraceContext")
struct TraceContextTests {
    private static let trace = "0af7651916cd43dd8448eb211c80319c"
    private static let parent = "b7ad6b7169203331"
    private static let span = "00f067aa0ba902b7"

    /// A row for each rule of W3C Trace Context, level 1, §3.2.2; the last column is whether the value is valid.
    private static let rows: [(value: String, isValid: Bool)] = [
        ("00-\(trace)-\(parent)-01", true), ("00-\(trace)-\(parent)-00", true), ("00-\(trace)-\(parent)-ff", true),
        // Version ff is forbidden. A higher version is read like 00, and may have more after a hyphen.
        ("ff-\(trace)-\(parent)-01", false), ("01-\(trace)-\(parent)-01", true),
        ("cc-\(trace)-\(parent)-01-what-the-future-will-be", true), ("cc-\(trace)-\(parent)-01-", true),
        ("cc-\(trace)-\(parent)-01.what", false), ("cc-\(trace)-\(parent)-0100", false),
        // Version 00 has exactly four parts.
        ("00-\(trace)-\(parent)-01-more", false), ("00-\(trace)-\(parent)-01-", false),
        ("00-\(trace)-\(parent)", false), ("00-\(trace)-\(parent)-", false),
        // All zeros are no id.
        ("00-00000000000000000000000000000000-\(parent)-01", false), ("00-\(trace)-0000000000000000-01", false),
        // Digits are hexadecimal, in lower case, and as many as the format says.
        ("00-\(trace.uppercased())-\(parent)-01", false), ("00-\(trace)-\(parent.uppercased())-01", false),
        ("00-\(trace.dropLast())g-\(parent)-01", false), ("00-\(trace.dropLast())-\(parent)-01", false),
        ("00-\(trace)0-\(parent)-01", false), ("00-\(trace)-\(parent.dropLast())-01", false),
        ("00-\(trace)-\(parent)0-01", false), ("00-\(trace)-\(parent)-1", false), ("00-\(trace)-\(parent)-0x", false),
        ("0-\(trace)-\(parent)-01", false), ("0x-\(trace)-\(parent)-01", false),
        ("00_\(trace)_\(parent)_01", false), ("00-\(trace)\u{301}-\(parent)-01", false),
        (" 00-\(trace)-\(parent)-01", false), ("", false), ("-", false), ("00", false),
    ]

    @Test("`TraceContext` reads a valid `traceparent` and ignores any other", arguments: rows)
    func format(row: (value: String, isValid: Bool)) {
        let context = TraceContext(traceparent: [row.value], spanID: Self.span)
        #expect((context != nil) == row.isValid)
        guard let context else { return }
        #expect(context.traceID == Self.trace)
        #expect(context.parentID == Self.parent)
    }

    @Test("Of two header fields `traceparent` neither is valid")
    func twice() {
        let value = "00-\(Self.trace)-\(Self.parent)-01"
        #expect(TraceContext(traceparent: [value, value]) == nil)
        #expect(TraceContext(traceparent: []) == nil)
    }

    @Test(
        "`TraceContext` passes the trace on in version 00, with its own span and only the flag `sampled`",
        arguments: [("00", "01", "01"), ("00", "00", "00"), ("00", "ff", "01"), ("cc", "fe", "00")])
    func passedOn(version: String, flags: String, passed: String) throws {
        let value = "\(version)-\(Self.trace)-\(Self.parent)-\(flags)"
        let context = try #require(TraceContext(traceparent: [value], spanID: Self.span))
        #expect(context.traceparent == "00-\(Self.trace)-\(Self.span)-\(passed)")
        #expect(context.isSampled == (passed == "01"))
    }

    @Test("`RandomHex` gives lower-case digits, differently each time", arguments: [1, 16, 17, 32])
    func random(count: Int) {
        let made = (0..<4).map { _ in RandomHex.digits(count) }
        for digits in made { #expect(digits.wholeMatch(of: /[0-9a-f]+/) != nil && digits.count == count) }
        #expect(count == 1 || Set(made).count == 4)
    }
}
