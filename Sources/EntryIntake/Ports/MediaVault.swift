public import ContestRules
internal import MediaFacts

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

/// A file that is being received. It is removed unless a vault promotes what `finish` returns.
public protocol IncomingMedia: Sendable {
    /// Appends bytes.
    ///
    /// - Throws: `.diskFull`, `.mediaTooLarge`, `.storageFailed`.
    func write(_ bytes: ArraySlice<UInt8>) async throws(IntakeError)

    /// Closes the file, on the disk to stay.
    func finish() async throws(IntakeError) -> StagedMedia

    /// Removes the file, unless it was promoted. Harmless when repeated.
    func discard() async
}

/// A file received whole, which no entry names yet.
public struct StagedMedia: Sendable {
    /// The file, open for reading.
    public var file: OpenMediaFile
    /// Size and SHA-256; no file name yet.
    public var media: MediaReference
    /// The vault's name for the received file.
    public var ticket: String
    /// Keeps the received file from being removed as long as this value lives.
    private let upload: (any IncomingMedia)?

    /// Names a received file.
    public init(file: OpenMediaFile, media: MediaReference, ticket: String, upload: (any IncomingMedia)? = nil) {
        self.file = file
        self.media = media
        self.ticket = ticket
        self.upload = upload
    }
}
