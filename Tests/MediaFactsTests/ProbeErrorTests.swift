import Testing

@testable import MediaFacts

@Suite("A failure to read")
struct ProbeErrorTests {
    @Test(
        "Every `ProbeError.Code` has the fault of the file, of the environment, or an undetermined one",
        arguments: [
            ("empty", .file), ("not-media", .file), ("damaged", .file), ("excessive", .file),
            ("timed-out", .undetermined), ("out-of-memory", .undetermined), ("crashed", .undetermined),
            ("garbled", .undetermined), ("cancelled", .environment),
            ("input-output", .environment), ("no-worker", .environment),
        ] as [(String, ProbeError.Fault)])
    func faults(name: String, fault: ProbeError.Fault) throws {
        let code = try #require(ProbeError.Code(rawValue: name))
        #expect(ProbeError(code, LocalizedText(zh: "读不了", en: "unreadable")).fault == fault)
    }

    @Test("Every `ProbeError.Code` keeps its name on the wire")
    func names() {
        #expect(
            ProbeError.Code.allCases.map(\.rawValue) == [
                "empty", "not-media", "damaged", "excessive", "timed-out", "out-of-memory", "crashed", "garbled",
                "cancelled", "input-output", "no-worker",
            ])
    }

    @Test("A `ProbeError` has its message in both languages")
    func languages() {
        let message = LocalizedText(zh: "读不了", en: "unreadable")
        #expect(message[.chinese] == "读不了")
        #expect(message[.english] == "unreadable")
    }
}
