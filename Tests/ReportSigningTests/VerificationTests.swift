import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import Synchronization
import TestSupport
import Testing

@testable import ReportSigning

@Suite("`Verification`")
struct VerificationTests {
    @Test("A signed report names the key and verifies, alone and inside an entry")
    func valid() throws {
        let sample = try SigningSamples()
        let verified = try Verification(of: try sample.json, keys: sample.ring.verifyingKeys)
        #expect(verified.isValid && verified.batch == nil && verified.reports.count == 1)
        let report = try #require(verified.reports.first)
        #expect(report.id == sample.report.id && report.filename == "作品é\u{1f600}.mp4")
        #expect(report.bytes == 12_000_000 && report.sha256 == String(repeating: "0a", count: 32))
        let key = try report.signer.get()
        #expect(key.id == sample.report.signature?.key && key.published?.state == .current)
        let entry = Array(#"{"schema":"clipcheck.entry/1","report":"#.utf8) + (try sample.json) + Array("}".utf8)
        #expect(sample.isValid(entry))
    }

    @Test("1,000 reports with other orders of members, spaces, escapes and spellings of numbers stay valid")
    func respelt() throws {
        let sample = try SigningSamples()
        let value = try sample.value
        for seed in 0..<1000 as Range<UInt64> {
            let isValid = sample.isValid(JSONSpelling.shuffled(seed: seed).text(of: value))
            #expect(isValid, "seed \(seed)")
        }
    }

    @Test("10,000 altered reports are 10,000 rejected reports")
    func altered() throws {
        let sample = try SigningSamples()
        let value = try sample.value
        let original = try CanonicalJSON.bytes(value)
        let accepted = Mutex<[UInt64]>([])
        let rejected = Mutex(0)
        // Alterations that by chance change nothing, such as a swap of equal values, are left out; more seeds follow.
        DispatchQueue.concurrentPerform(iterations: 10) { part in
            var (done, seed) = (0, UInt64(part) << 32)
            while done < 1000 {
                seed += 1
                var alteration = Alteration(seed: seed)
                let altered = alteration.altered(value)
                if let form = try? CanonicalJSON.bytes(altered), form == original { continue }
                done += 1
                if sample.isValid(JSONSpelling.plain.text(of: altered)) {
                    accepted.withLock { $0.append(seed) }
                } else {
                    rejected.withLock { $0 += 1 }
                }
            }
        }
        #expect(accepted.withLock { $0 } == [])
        #expect(rejected.withLock { $0 } == 10_000)
    }

    @Test(
        "A report is rejected after one change",
        arguments: [
            ("\"bytes\":12000000", "\"bytes\":12000001"),
            ("\"verdict\":\"compliant\"", "\"verdict\":\"non-compliant\""),
            ("0a0a", "0a0b"), ("作品é", "作品e\u{301}"), ("\"limits\":null", "\"limits\":{}"),
            ("\"limits\":null,", ""), ("\"algorithm\":\"Ed25519\"", "\"algorithm\":\"none\""),
            ("==\"", "\""), ("\"value\":", "\"extra\":1,\"value\":"), ("\"findings\":[", "\"findings\":[null,"),
        ])
    func oneChange(old: String, new: String) throws {
        let sample = try SigningSamples()
        let text = String(decoding: try sample.json, as: UTF8.self)
        #expect(text.contains(old))
        #expect(!sample.isValid(Array(text.replacing(old, with: new, maxReplacements: 1).utf8)))
    }

    @Test("A digit beyond 2⁵³ counts: a report on 9,007,199,254,740,993 bytes is not one on 9,007,199,254,740,992")
    func largeNumbers() throws {
        let sample = try SigningSamples(bytes: 9_007_199_254_740_993)
        #expect(sample.isValid(try sample.json))
        let text = String(decoding: try sample.json, as: UTF8.self)
        #expect(!sample.isValid(Array(text.replacing("740993", with: "740992").utf8)))
    }

    @Test("A signature is refused with its reason: none, malformed, by an unknown key, over something else")
    func reasons() throws {
        let sample = try SigningSamples()
        func reason(_ change: (inout Report) throws -> Void) throws -> SignatureFault? {
            var report = sample.report
            try change(&report)
            let verified = try Verification(
                of: Array(try WireJSON.data(report)), keys: sample.ring.verifyingKeys)
            guard case .failure(let fault) = verified.reports.first?.signer else { return nil }
            return fault
        }
        #expect(try reason { _ in } == nil)
        #expect(try reason { $0.signature = nil } == .unsigned)
        #expect(try reason { $0.signature?.algorithm = "HS256" } == .malformed)
        #expect(try reason { $0.signature?.key = "00" } == .keyUnknown("00"))
        #expect(try reason { $0.verdict = .nonCompliant } == .altered)
        let other = SigningKeyRing(at: .sample)
        let foreign = try #require(try other.signed(sample.report).signature)
        #expect(try reason { $0.signature = foreign } == .keyUnknown(other.publicKeys[0].id))
        #expect(try reason { $0.signature?.value = foreign.value } == .altered)
    }

    @Test("Only one Base64 text of a signature's 64 bytes is accepted")
    func spellingOfSignature() throws {
        let sample = try SigningSamples()
        let value = try #require(sample.report.signature?.value)
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let last = value.index(value.endIndex, offsetBy: -3)
        for digit in digits where digit != value[last] {
            var report = sample.report
            report.signature?.value.replaceSubrange(last...last, with: String(digit))
            #expect(!sample.isValid(Array(try WireJSON.data(report))), "\(digit)")
        }
    }

    @Test(
        "Text that is no document of clipcheck is refused",
        arguments: ["", "[]", "{}", "null", "7", "\"a\"", #"{"report":{}}"#, #"[{"path":"a"}]"#, "{}\n{}", "{\n"])
    func noDocument(text: String) {
        #expect(throws: (any Error).self) { try Verification(of: Array(text.utf8), keys: []) }
    }

    @Test("A report of release 1.0.0 keeps its signature when this release reads it and writes it again")
    func earlierRelease() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(component: "Reports")
        let text = try Data(contentsOf: folder.appending(component: "1.0.0.report.json"))
        let keys = try #require(
            VerifyingKey.keys(of: Array(try Data(contentsOf: folder.appending(component: "1.0.0.keys.json")))))
        #expect(try Verification(of: Array(text), keys: keys).isValid)
        let report = try JSONDecoder().decode(Report.self, from: text)
        #expect(try Verification(of: Array(try WireJSON.data(report)), keys: keys).isValid)
    }
}
