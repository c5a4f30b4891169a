import ContestRules
import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import ReportSigning

@Suite("`BatchSignature`")
struct BatchSignatureTests {
    private let ring = SigningKeyRing(at: .sample)

    /// Records of a batch, each with a signed report but the last one, which has an error.
    private func records() throws -> [JSONValue] {
        let files = try (0..<3).map { index in
            let report = try ring.signed(try SigningSamples(filename: "\(index).mp4").report)
            return try CanonicalJSON.value(
                of: Array("{\"path\":\"\(index).mp4\",\"report\":".utf8) + Array(try WireJSON.data(report))
                    + Array("}".utf8))
        }
        return files + [try CanonicalJSON.value(of: Array(#"{"path":"x","error":{"code":"file-missing"}}"#.utf8))]
    }

    private func signed(_ records: [JSONValue]) throws -> [JSONValue] {
        var digest = BatchDigest()
        for record in records { try digest.add(record) }
        let signature = try BatchSignature(digest, by: ring)
        return records + [try CanonicalJSON.value(of: Array(try WireJSON.data(signature)))]
    }

    private func isValid(_ records: [JSONValue]) -> Bool {
        let text = JSONSpelling.plain.text(of: .array(records))
        return (try? Verification(of: text, keys: ring.verifyingKeys))?.isValid == true
    }

    @Test("A signed batch verifies as an array and as lines, and so does a batch of no files")
    func valid() throws {
        let batch = try signed(try records())
        #expect(isValid(batch))
        let lines = batch.flatMap { JSONSpelling.plain.text(of: $0) + [UInt8(ascii: "\n")] }
        let verified = try Verification(of: lines, keys: ring.verifyingKeys)
        #expect(verified.isValid && verified.reports.count == 3)
        #expect(isValid(try signed([])))
    }

    @Test("A batch is rejected with a record left out, added, moved or exchanged, and without its last record")
    func altered() throws {
        let batch = try signed(try records())
        for index in batch.indices {
            var shorter = batch
            shorter.remove(at: index)
            #expect(!isValid(shorter), "without \(index)")
            var longer = batch
            longer.insert(batch[0], at: index)
            #expect(!isValid(longer), "with one more at \(index)")
        }
        var swapped = batch
        swapped.swapAt(0, 1)
        #expect(!isValid(swapped))
        let other = try signed(Array(try records().dropLast()))
        #expect(!isValid(batch.dropLast() + other.suffix(1)))
    }

    @Test("2,000 batches with one alteration in any record are rejected")
    func alterations() throws {
        let batch = try signed(Array(try records().suffix(2)))
        let original = try CanonicalJSON.bytes(.array(batch))
        var (done, seed) = (0, 0 as UInt64)
        while done < 2000 {
            seed += 1
            var alteration = Alteration(seed: seed)
            let altered = alteration.altered(.array(batch))
            if let form = try? CanonicalJSON.bytes(altered), form == original { continue }
            done += 1
            let text = JSONSpelling.plain.text(of: altered)
            let isValid = (try? Verification(of: text, keys: ring.verifyingKeys))?.isValid == true
            #expect(!isValid, "seed \(seed)")
        }
    }
}
