public import ContestRules

/// A completely received file that no entry names yet.
public struct StagedMedia: Sendable {
    /// The file, open for reading.
    public var file: OpenMediaFile
    /// Size and SHA-256 of the file; without a file name.
    public var media: MediaReference
    /// The vault's name for the received file.
    public var ticket: String
    /// The receiver of the file, which removes the file with its last reference.
    private let upload: (any IncomingMedia)?

    /// Makes the record of a received file.
    public init(file: OpenMediaFile, media: MediaReference, ticket: String, upload: (any IncomingMedia)? = nil) {
        self.file = file
        self.media = media
        self.ticket = ticket
        self.upload = upload
    }
}
