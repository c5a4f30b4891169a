public import ContestRules

/// Keeps entries, reports and media. The port between the order of the steps and the disk.
public protocol EntryKeeping: Sendable {
    /// Begins to receive a file; nothing of it is visible until an entry takes it.
    func beginUpload() async throws(IntakeError) -> any IncomingMedia

    /// Adds an entry with its media and report, or none of them.
    func add(_ entry: Entry, at moment: Moment, taking media: StagedMedia?) async throws(IntakeError)

    /// Gives an entry new media with its report, or changes nothing. False when there is no such entry.
    func replaceMedia(of id: String, with media: StagedMedia, _ report: Report) async throws(IntakeError) -> Bool

    /// Adds a newer report on the media that an entry has. False when there is no such entry.
    func add(_ report: Report, toEntry id: String) async throws(IntakeError) -> Bool

    /// The entry with its newest report; nil when there is none.
    func entry(_ id: String) async throws(IntakeError) -> Entry?

    /// An entry of the contest that already holds a file with this digest and name; nil when there is none.
    func entry(inContest contest: String, holding media: MediaReference) async throws(IntakeError) -> String?

    /// One page of entries, newest first.
    func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage

    /// The entry's stored file; nil when it has none.
    func openMedia(of id: String) async throws(IntakeError) -> OpenMediaFile?

    /// Removes an entry, its reports and, when no other entry holds it, its file. False when there is no such entry.
    func delete(_ id: String) async throws(IntakeError) -> Bool

    /// Throws when entries could not be kept right now.
    func checkReady() async throws(IntakeError)
}

/// A file that is being received. It is removed unless an entry takes what `finish` returns.
public protocol IncomingMedia: Sendable {
    /// Appends bytes.
    ///
    /// - Throws: `.diskFull`, `.mediaTooLarge`, `.storageFailed`.
    func write(_ bytes: ArraySlice<UInt8>) async throws(IntakeError)

    /// Closes the file, on the disk to stay.
    func finish() async throws(IntakeError) -> StagedMedia

    /// Removes the file, unless an entry has taken it. Harmless when repeated.
    func discard() async
}

/// A file received whole, waiting for an entry to take it.
public struct StagedMedia: Sendable {
    /// The file, open for reading.
    public var file: OpenMediaFile
    /// Size and SHA-256; no file name yet.
    public var media: MediaReference
    /// How the keeper finds it again.
    public var ticket: String
    /// Held for its life: an upload that nobody holds is removed.
    private let upload: (any IncomingMedia)?

    /// Names a received file.
    public init(file: OpenMediaFile, media: MediaReference, ticket: String, upload: (any IncomingMedia)? = nil) {
        self.file = file
        self.media = media
        self.ticket = ticket
        self.upload = upload
    }
}
