import Foundation
import Logging
import Testing

@testable import EntryServer

@Suite("LogLine")
struct LogLineTests {
    private static func line(_ message: String = "request", _ metadata: Logger.Metadata = [:]) -> LogLine {
        LogLine(
            time: LogTime(milliseconds: 1_709_254_800_007), label: "clipcheck", level: .warning, message: message,
            metadata: metadata)
    }

    @Test("A JSON line has time, level, label and message, then the metadata by name; numbers stay numbers")
    func json() {
        let metadata: Logger.Metadata = [
            "status": .stringConvertible(200), "milliseconds": .stringConvertible(1.5),
            "isFirst": .stringConvertible(true), "entry": "0123", "list": ["a", "b"],
        ]
        #expect(
            Self.line("request", metadata).text(.json)
                == #"{"time":"2024-03-01T01:00:00.007Z","level":"warning","label":"clipcheck","message":"request","#
                + #""entry":"0123","isFirst":true,"list":"[\"a\", \"b\"]","milliseconds":1.5,"status":200}"# + "\n")
    }

    @Test("A text line has the same content for people")
    func text() {
        let metadata: Logger.Metadata = [
            "status": .stringConvertible(200), "entry": "0123", "cause": "write: full status=500",
        ]
        #expect(
            Self.line("request", metadata).text(.text)
                == "2024-03-01T01:00:00.007Z warning clipcheck: request cause=\"write: full status=500\" entry=0123 status=200\n"
        )
    }

    @Test(
        "No text of a client begins another line or another member, in either format",
        arguments: [
            "a\nb", "a\r\nb", "a\u{0}b", "a\u{1b}[2Jb", "a\u{7f}b", "a\u{85}b", "a\u{9b}31mb", "a\u{2028}b",
            "a\u{2029}b", "a\u{202e}b", "a\u{feff}b", "a\",\"level\":\"error", "a\\", "守信.mp4", "a\u{e0001}b",
        ])
    func forged(text: String) throws {
        let line = Self.line(text, ["name": "\(text)", "\(text)": "x"])
        for written in [line.text(.json), line.text(.text)] {
            #expect(written.hasSuffix("\n"))
            let hostile = written.dropLast().unicodeScalars.filter {
                [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            }
            #expect(hostile.isEmpty)
        }
        let members = try JSONDecoder().decode([String: String].self, from: Data(line.text(.json).utf8))
        #expect(members.keys.count == 6)
        #expect(members["level"] == "warning")
        #expect(members["message"] == text && members["name"] == text && members[text] == "x")
    }

    @Test("Metadata that is named like a member of every line does not replace it")
    func ownNames() throws {
        let line = Self.line("request", ["time": "never", "level": "fatal", "message": "other"])
        let members = try JSONDecoder().decode([String: String].self, from: Data(line.text(.json).utf8))
        #expect(members["time"] == "2024-03-01T01:00:00.007Z" && members["time_"] == "never")
        #expect(members["level"] == "warning" && members["level_"] == "fatal")
        #expect(members["message"] == "request" && members["message_"] == "other")
    }

    @Test("A value of a megabyte is cut, and a line of a thousand values ends after 16 KiB and says so")
    func bounded() throws {
        let long = Self.line("m", ["name": "\(String(repeating: "\n", count: 1 << 20))"]).text(.json)
        #expect(long.utf8.count < 2300)
        let many = Dictionary(
            uniqueKeysWithValues: (0..<1000).map { ("k\($0)", "\(String(repeating: "v", count: 100))") })
        let line = Self.line("m", many.mapValues { .string($0) })
        for format in LogFormat.allCases { #expect(line.text(format).utf8.count < 16_384 + 4096) }
        struct Truncated: Decodable { var truncated: Bool }
        #expect(try JSONDecoder().decode(Truncated.self, from: Data(line.text(.json).utf8)).truncated)
    }

    @Test("`ServiceLogHandler` writes the metadata of the logger and of the event, and nothing below its level")
    func handler() {
        let lines = Lines()
        var logger = Logger(label: "a") { ServiceLogHandler(label: $0, format: .text) { lines.add($0) } }
        logger[metadataKey: "requestId"] = "7"
        logger.debug("hidden")
        logger.error("storage-failed", metadata: ["cause": "write"])
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.hasSuffix(" error a: storage-failed cause=write requestId=7\n") == true)
    }

    @Test(
        "`LogTime` writes milliseconds in UTC",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_999, "2000-02-29T00:00:00.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func time(milliseconds: Int64, text: String) {
        #expect(LogTime(milliseconds: milliseconds).text == text)
    }
}

/// Lines that a log handler wrote.
private final class Lines: @unchecked Sendable {
    // `lock` guards `lines`.
    private let lock = NSLock()
    private var lines: [String] = []

    var all: [String] { lock.withLock { lines } }
    func add(_ line: String) { lock.withLock { lines.append(line) } }
}
