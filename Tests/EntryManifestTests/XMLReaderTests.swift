import ContestRules
import Testing

@testable import EntryManifest

@Suite("XMLReader")
struct XMLReaderTests {
    /// Collects what an `XMLReader` reports.
    private final class Recorder: XMLHandler {
        var found: [String] = []
        var textBytes = 0

        func start(_ name: String, _ attributes: XMLAttributes) -> Bool {
            found.append("<" + name.prefix(8))
            return name != "stop"
        }
        func end(_ name: String) -> Bool {
            found.append(">" + name.prefix(8))
            return true
        }
        func text(_ bytes: UnsafeBufferPointer<UInt8>) { textBytes += bytes.count }
    }

    /// Reads `document` in portions of `portion` bytes and returns why the reader stopped.
    private static func failure(
        _ document: [UInt8], portion: Int = 1 << 16, meter: ReadingMeter = ManifestSamples.meter(),
        recorder: Recorder = Recorder()
    ) throws -> XMLReader.Failure? {
        let reader = try #require(XMLReader(recorder, meter: meter))
        var rest = document[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(portion))
            guard part.withUnsafeBytes(reader.read) else { return reader.failure }
            rest = rest.dropFirst(portion)
        }
        return reader.finish() ? nil : reader.failure
    }

    private static func failure(_ document: String, portion: Int = 1 << 16) throws -> XMLReader.Failure? {
        try failure(Array(document.utf8), portion: portion)
    }

    private static let limit = ManifestLimits.tokenBytes

    /// Documents whose longest token has `count` bytes.
    private static func documents(longest count: Int) -> [String] {
        func fill(_ start: String, _ end: String) -> String {
            start + String(repeating: "a", count: count - start.utf8.count - end.utf8.count) + end
        }
        return [
            "<r>" + fill("<", "/>") + "</r>", "<r>" + fill("<x b=\"", "\"/>") + "</r>",
            "<r>" + fill("<!--", "-->") + "</r>", fill("<?x ", "?>") + "<r/>", "<r/>" + fill("<!--", "-->"),
            // The token begins late in a portion.
            "<r>" + String(repeating: "<b/>", count: 16_000) + fill("<", "/>") + "</r>",
        ]
    }

    @Test("`XMLReader` reads a token of 1 MiB in portions of any size", arguments: [1000, 1 << 16, 3 << 20])
    func longestToken(portion: Int) throws {
        for document in Self.documents(longest: Self.limit) {
            #expect(try Self.failure(document, portion: portion) == nil)
        }
    }

    @Test(
        "`XMLReader` refuses a token of more than 1 MiB in portions of any size", arguments: [1000, 1 << 16, 3 << 20])
    func longerToken(portion: Int) throws {
        for document in Self.documents(longest: Self.limit + 1) {
            #expect(try Self.failure(document, portion: portion) == .tokenTooLong)
        }
    }

    @Test("`XMLReader` refuses a token that never ends once more than 1 MiB of it has arrived")
    func endlessToken() throws {
        #expect(try Self.failure("<" + String(repeating: "a", count: Self.limit - 1)) == .malformed)
        #expect(try Self.failure("<" + String(repeating: "a", count: Self.limit)) == .tokenTooLong)
        #expect(try Self.failure("<" + String(repeating: "a", count: 3 * Self.limit)) == .tokenTooLong)
        #expect(try Self.failure(String(repeating: "<r ", count: 1_000_000)) == .malformed)
    }

    @Test(
        "`XMLReader` delivers a text of 3 MiB, which is no token, in every portion size",
        arguments: [1000, 1 << 16, 4 << 20])
    func longText(portion: Int) throws {
        let recorder = Recorder()
        let text =
            "<r>" + String(repeating: "a", count: 3 << 20) + "<![CDATA[" + String(repeating: "b", count: 3 << 20)
            + "]]></r>"
        #expect(try Self.failure(Array(text.utf8), portion: portion, recorder: recorder) == nil)
        #expect(recorder.textBytes == 6 << 20)
    }

    @Test("`XMLReader` reads many comments of 100 bytes without taking them for one long token")
    func manyComments() throws {
        let comment = "<!--" + String(repeating: "a", count: 93) + "-->"
        let comments = String(repeating: comment, count: 3 * Self.limit / 100)
        #expect(try Self.failure("<r>" + comments + "</r>") == nil)
        #expect(try Self.failure(comments + "<r/>" + comments) == nil)
    }

    @Test("`XMLReader` reports the same elements for every portion size", arguments: [1, 2, 3, 7, 100])
    func portions(portion: Int) throws {
        let recorder = Recorder()
        let document = "<?xml version=\"1.0\"?>\n<a:r xmlns:a=\"x\"><b c=\"1\">tx&amp;t</b><d/><!-- e --></a:r>\n"
        #expect(try Self.failure(Array(document.utf8), portion: portion, recorder: recorder) == nil)
        #expect(recorder.found == ["<r", "<b", ">b", "<d", ">d", ">r"])
        #expect(recorder.textBytes == 4)
    }

    @Test(
        "`XMLReader` admits as many events as the budget has and refuses one more",
        arguments: [
            // start, start, end, text, end
            ("<a><b/>x</a>", 5),
            // comment, start, processing instruction, end
            ("<!--x--><a><?x?></a>", 4),
        ])
    func events(document: String, count: Int) throws {
        for (events, failure) in [(count, nil), (count - 1, XMLReader.Failure.overBudget(.events))] {
            let meter = ManifestSamples.meter(events: events)
            #expect(try Self.failure(Array(document.utf8), meter: meter) == failure)
        }
    }

    @Test("`XMLReader` stops for good when its handler returns `false`")
    func stopped() throws {
        let recorder = Recorder()
        let document = Array("<r><stop/><b/></r>".utf8)
        #expect(try Self.failure(document, portion: 1, recorder: recorder) == .handlerStopped)
        #expect(recorder.found == ["<r", "<stop"])
    }

    @Test(
        "`XMLReader` reports a document that is no XML, or incomplete, as malformed",
        arguments: ["", "a", "<a>", "<a></b>", "<a/><b/>", "<a>&b;</a>", "<!DOCTYPE a><a/>"])
    func malformed(document: String) throws { #expect(try Self.failure(document, portion: 1) == .malformed) }

    /// Without the doubled portions, Expat 2.5 scans the token 1024 times, which costs 0.44 s more.
    @Test("`XMLReader` takes at most 5 times the CPU time for a token in 1024 portions that it takes for one portion")
    func cost() throws {
        let document = Array("<\(String(repeating: "a", count: Self.limit - 4))/>".utf8)
        func cost(portion: Int) throws -> Duration {
            try (0..<3).map { _ in
                try ManifestSamples.processorTime { () throws in
                    #expect(try Self.failure(document, portion: portion) == nil)
                }
            }.min() ?? .zero
        }
        let (whole, divided) = (try cost(portion: document.count), try cost(portion: 1024))
        print("a token of 1 MiB: \(whole) in one portion, \(divided) in 1024")
        #expect(divided < whole * 5)
    }
}
