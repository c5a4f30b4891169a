/// Keeps the bytes of media files, each file once under its SHA-256. A folder today.
public protocol MediaVault: Sendable {
    /// Begins to receive a file; nobody sees it until an entry names it.
    func stage() async throws(IntakeError) -> any IncomingMedia

    /// Gives a received file its lasting place and holds it there: it is not swept before `release(_:)`.
    ///
    /// The bytes are on the disk to stay when this returns.
    func promote(_ media: StagedMedia) async throws(IntakeError)

    /// Ends the hold of `promote(_:)`.
    ///
    /// - Parameter isNamed: whether an entry names the file now; then the received file is removed. Otherwise it stays, so
    ///   that an upload in several requests can be tried again.
    func release(_ media: StagedMedia, isNamed: Bool) async

    /// A kept file, open for reading; nil when there is none with this SHA-256.
    func open(_ sha256: String) async throws(IntakeError) -> OpenMediaFile?
}
