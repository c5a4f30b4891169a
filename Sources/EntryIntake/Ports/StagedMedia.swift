public import ContestRules

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
