internal import ContestRules
internal import Crypto
public import EntryIntake
internal import Foundation

/// The last record of a signed batch: it signs the number and the digest of the records before it, so that none can be
/// changed, added, moved or left out.
public struct BatchSignature: Sendable, Hashable, Encodable {
    /// The schema of the wire form.
    public static let schema = "clipcheck.batch-signature/1"

    private var schema = BatchSignature.schema
    private var files: Int
    /// SHA-256 of the canonical form of the array of all records before this one.
    private var sha256: String
    private var signature: ReportSignature?

    /// Signs the records of `digest`.
    ///
    /// - Throws: `.storageFailed` when they cannot be signed.
    public init(_ digest: BatchDigest, by ring: SigningKeyRing) throws(IntakeError) {
        (files, sha256) = (digest.count, digest.hexadecimal)
        signature = try ring.signature(of: self)
    }
}

/// The digest of the records of a batch, one after the other.
public struct BatchDigest: Sendable {
    /// Number of records so far.
    public private(set) var count = 0
    private var hash = SHA256()

    /// Begins with no records.
    public init() {}

    /// Adds the next record.
    ///
    /// - Throws: `JSONFault` for text that is no JSON.
    public mutating func add(json: [UInt8]) throws(JSONFault) { try add(try CanonicalJSON.value(of: json)) }

    mutating func add(_ record: JSONValue) throws(JSONFault) {
        let bytes = try CanonicalJSON.bytes(record)
        hash.update(data: Data((count == 0 ? "[" : ",").utf8))
        hash.update(data: Data(bytes))
        count += 1
    }

    /// SHA-256 of the canonical form of the array of the records so far.
    var hexadecimal: String {
        var hash = hash
        hash.update(data: Data((count == 0 ? "[]" : "]").utf8))
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
