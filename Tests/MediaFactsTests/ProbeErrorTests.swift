import Testing

@testable import MediaFacts

@Suite("A failure to read")
struct ProbeErrorTests {
    @Test(
        "is blamed on the file, on nobody or on us",
        arguments: [
            ("empty", .file), ("not-media", .file), ("damaged", .file), ("excessive", .file),
            ("timed-out", .undetermined), ("out-of-memory", .undetermined), ("crashed", .undetermined),
            ("garbled", .undetermined), ("cancelled", .environment),
            ("input-output", .environment),
        ] as [(String, ProbeError.Fault)])
    func faults(name: String, fault: ProbeError.Fault) throws {
        let code = try #require(ProbeError.Code(rawValue: name))
        #expect(ProbeError(code, LocalizedText(zh: "读不了", en: "unreadable")).fault == fault)
    }

    @Test("has a name on the wire for every code")
    func names() {
        #expect(
            ProbeError.Code.allCases.map(\.rawValue) == [
                "empty", "not-media", "damaged", "excessive", "timed-out", "out-of-memory", "crashed", "garbled",
                "cancelled", "input-output",
            ])
    }

    @Test("is told in the reader's language")
    func languages() {
        let message = LocalizedText(zh: "读不了", en: "unreadable")
        #expect(message[.chinese] == "读不了")
        #expect(message[.english] == "unreadable")
    }
}
