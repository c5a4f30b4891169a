/// Stores media files, each once under its SHA-256.
public protocol MediaVault: Sendable {
    /// Begins to receive a file, which `open(_:)` finds only after `promote(_:)`.
    func stage() async throws(IntakeError) -> any IncomingMedia

    /// Stores a received file under its SHA-256. The file is not removed before `release(_:isNamed:)`, even if no entry
    /// names it.
    ///
    /// The bytes are synced to the disk when this returns.
    func promote(_ media: StagedMedia) async throws(IntakeError)

    /// Ends the protection that `promote(_:)` began.
    ///
    /// - Parameter isNamed: whether an entry names the file now. If so, the received copy is removed; otherwise it
    ///   stays, so that the entry of an upload in several requests can be tried again.
    func release(_ media: StagedMedia, isNamed: Bool) async

    /// A stored file, open for reading; nil when no file with this SHA-256 is stored.
    func open(_ sha256: String) async throws(IntakeError) -> OpenMediaFile?
}
