import ContestRules
import EntryIntake
import MediaFacts
import ReportSigning
import Reporting

/// A run as JSON or NDJSON whose reports are signed, and whose last record signs all records before it.
struct SignedRun: RunRendering {
    private var inner: any RunRendering
    private let isArray: Bool
    private let ring: SigningKeyRing
    private var digest = BatchDigest()

    /// Makes a renderer.
    ///
    /// - Parameters:
    ///   - isArray: whether the run is one JSON array; false writes one object a line.
    ///   - ring: keys whose first one signs.
    init(isArray: Bool, ring: SigningKeyRing) {
        inner = isArray ? JSONRun() : NDJSONRun()
        self.isArray = isArray
        self.ring = ring
    }

    /// One file's JSON with its report signed. A report that cannot be signed becomes the error of its file.
    mutating func piece(_ file: CheckedFile) -> String {
        var file = file
        if let report = file.report {
            file.outcome = Result { () throws(IntakeError) in try ring.signed(report) }
        }
        if let json = try? WireJSON.data(file) { try? digest.add(json: Array(json)) }
        return inner.piece(file)
    }

    /// The record that signs the run, and the end of the array.
    mutating func closing(_ summary: RunSummary) -> String {
        let end = inner.closing(summary)
        guard let signature = try? BatchSignature(digest, by: ring),
            let json = try? WireJSON.data(signature, isPretty: isArray)
        else { return end }
        let text = String(decoding: json, as: UTF8.self)
        guard isArray else { return text + "\n" + end }
        return (digest.count == 0 ? "[\n" : ",\n") + text + "\n]\n"
    }
}
