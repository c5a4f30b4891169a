/// What became of a signed document: its reports, each with the key that signed it or the reason why it is not accepted.
public struct Verification: Sendable {
    /// The reports, in the order of the document.
    public var reports: [VerifiedReport]
    /// The signature over a batch as a whole; nil for a document that is no batch.
    public var batch: Result<VerifyingKey, SignatureFault>?

    /// Whether every report and the batch as a whole are as they were signed.
    public var isValid: Bool {
        reports.allSatisfy { (try? $0.signer.get()) != nil } && batch.map { (try? $0.get()) != nil } ?? true
    }

    /// Verifies a report, an entry with its report, or the JSON or NDJSON of a batch. The text may come from anybody.
    ///
    /// - Parameter keys: the keys that the user trusts.
    /// - Throws: `JSONFault` for text that is no JSON, `DocumentFault` for JSON without a report.
    public init(of text: [UInt8], keys: [VerifyingKey]) throws {
        let document = try Self.document(text)
        if let records = document.elements {
            try self.init(records: records, keys)
        } else if document["schema"]?.text == Self.reportSchema {
            self.init(reports: [VerifiedReport(document, keys)])
        } else if let report = document["report"], report["schema"]?.text == Self.reportSchema {
            self.init(reports: [VerifiedReport(report, keys)])
        } else {
            throw DocumentFault.noReport
        }
    }

    /// Why JSON is not a document of clipcheck that could be verified.
    public enum DocumentFault: Error, Sendable, Hashable {
        /// It is no report and has none.
        case noReport
    }

    private static let reportSchema = "clipcheck.report/1"

    private init(reports: [VerifiedReport]) { (self.reports, batch) = (reports, nil) }

    private init(records: [JSONValue], _ keys: [VerifyingKey]) throws {
        let isSigned = records.last?["schema"]?.text == BatchSignature.schema
        let files = isSigned ? records.dropLast() : records[...]
        reports = files.compactMap { $0["report"] }.map { VerifiedReport($0, keys) }
        guard let last = records.last, isSigned else {
            guard !reports.isEmpty else { throw DocumentFault.noReport }
            batch = .failure(.unsigned)
            return
        }
        batch = Result { () throws(SignatureFault) in try Self.signer(of: files, last, keys) }
    }

    private static func signer(
        of records: ArraySlice<JSONValue>, _ last: JSONValue, _ keys: [VerifyingKey]
    ) throws(SignatureFault) -> VerifyingKey {
        let key = try SignedObject(object: last).signer(among: keys)
        var digest = BatchDigest()
        for record in records {
            do { try digest.add(record) } catch { throw .altered }
        }
        guard last["sha256"]?.text == digest.hexadecimal else { throw .altered }
        return key
    }

    /// One JSON value, or several lines of one each as an array.
    private static func document(_ text: [UInt8]) throws(JSONFault) -> JSONValue {
        do {
            let value = try CanonicalJSON.value(of: text)
            // A batch of no files has one line: its signature.
            return value["schema"]?.text == BatchSignature.schema ? .array([value]) : value
        } catch  where error.code == .trailingBytes {
            let lines = text.split(separator: UInt8(ascii: "\n"))
            guard lines.count > 1 else { throw error }
            var records: [JSONValue] = []
            for line in lines { records.append(try CanonicalJSON.value(of: Array(line))) }
            return .array(records)
        }
    }
}

/// A report of a signed document.
public struct VerifiedReport: Sendable {
    /// Id of the report; nil when it has none.
    public var id: String?
    /// Name of the file that the report is on; nil when it has none.
    public var filename: String?
    /// SHA-256 of the file in hexadecimal; nil when the report has none.
    public var sha256: String?
    /// Size of the file in bytes; nil when the report has none.
    public var bytes: Int64?
    /// The key that signed the report, or why the report is not accepted.
    public var signer: Result<VerifyingKey, SignatureFault>

    init(_ report: JSONValue, _ keys: [VerifyingKey]) {
        let media = report["media"]
        id = report["id"]?.text
        filename = media?["filename"]?.text
        sha256 = media?["sha256"]?.text
        if case .number(let text) = media?["bytes"] { bytes = Int64(text) }
        signer = Result { () throws(SignatureFault) in try SignedObject(object: report).signer(among: keys) }
    }
}
