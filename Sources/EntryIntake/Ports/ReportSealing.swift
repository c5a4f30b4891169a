public import ContestRules

/// Signs reports, and names the public keys that verify them.
public protocol ReportSealing: Sendable {
    /// The report with a signature over everything else in it; an older signature is replaced.
    ///
    /// - Throws: `.storageFailed` when the report cannot be signed.
    func signed(_ report: Report) throws(IntakeError) -> Report

    /// Every public key that signed reports, the current one first.
    var publicKeys: [PublicSigningKey] { get }
}
