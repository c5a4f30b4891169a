import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport

@testable import ReportSigning

/// A signed report of a real contest's shape, and the keys that verify it.
struct SigningSamples {
    let ring = SigningKeyRing(at: .sample)
    let report: Report

    init(filename: String = "作品é\u{1f600}.mp4", bytes: Int64 = 12_000_000) throws {
        let unsigned = Report(
            id: "0b5e7d0c-3d0a-4f0f-9f5e-2b6a6a1f0001", createdAt: "2024-03-01T09:00:00+08:00",
            contest: try .sample(),
            media: MediaReference(filename: filename, bytes: bytes, sha256: String(repeating: "0a", count: 32)),
            outcome: .facts(.sample(bytes: bytes)),
            tool: ToolVersions(clipcheck: "1.0.0", ffmpeg: ["libavformat": "61.7.100"]))
        report = try ring.signed(unsigned)
    }

    /// The report's JSON, as the service writes it.
    var json: [UInt8] { get throws { Array(try WireJSON.data(report)) } }

    /// The report's JSON as a value.
    var value: JSONValue { get throws { try CanonicalJSON.value(of: try json) } }

    /// Whether `text` verifies by the ring's keys.
    func isValid(_ text: [UInt8]) -> Bool {
        (try? Verification(of: text, keys: ring.verifyingKeys))?.isValid == true
    }

    /// Whether the value's canonical text verifies by the ring's keys.
    func isValid(_ value: JSONValue) throws -> Bool { isValid(JSONSpelling.plain.text(of: value)) }
}

extension Moment {
    /// 2024-03-01T09:00:00+08:00.
    static let sample = Moment(milliseconds: 1_709_254_800_000, text: "2024-03-01T09:00:00+08:00")
}
