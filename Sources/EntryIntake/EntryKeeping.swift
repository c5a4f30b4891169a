public import ContestRules
public import MediaFacts

/// Keeps entries, reports and media. The port between the order of the steps and the disk.
public protocol EntryKeeping: CheckKeeping {
    /// Begins to receive a file; nothing of it is visible until an entry takes it.
    func beginUpload() async throws(IntakeError) -> any IncomingMedia

    /// Adds an entry with its media, report, the pictures that this names, its admission, and the answer to whoever sent
    /// it, or none of them.
    func add(
        _ entry: Entry, at moment: Moment, taking media: StagedMedia?, showing stills: [Still],
        answering answer: StoredAnswer?
    ) async throws(IntakeError)

    /// Gives an entry new media with what was found of it, or changes nothing. False when there is no such entry.
    func replaceMedia(
        of id: String, with media: StagedMedia, _ change: MediaChange, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool

    /// Adds what a newer check found of the media that an entry has. False when there is no such entry.
    func add(
        _ report: Report, _ admission: Admission?, toEntry id: String, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool

    /// Adds a person's answer. False when there is no such entry.
    func add(
        _ signOff: SignOff, toEntry id: String, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool

    /// The answer that was kept under a key; nil when there is none, or it is too old.
    func answer(to key: String) async throws(IntakeError) -> StoredAnswer?

    /// Every report on an entry, the newest first.
    func reports(of id: String) async throws(IntakeError) -> [Report]

    /// Whether there was such an entry and it was deleted.
    func isDeleted(_ id: String) async throws(IntakeError) -> Bool

    /// The oldest entries, beyond those in `skipped`, that have media and no report; at most ten.
    func entriesAwaitingReport(beyond skipped: Set<String>) async throws(IntakeError) -> [String]

    /// The entry with its newest report; nil when there is none.
    func entry(_ id: String) async throws(IntakeError) -> Entry?

    /// An entry of the contest that already holds a file with this digest and name; nil when there is none.
    func entry(inContest contest: String, holding media: MediaReference) async throws(IntakeError) -> String?

    /// One page of entries, newest first.
    func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage

    /// The entry's stored file; nil when it has none.
    func openMedia(of id: String) async throws(IntakeError) -> OpenMediaFile?

    /// Removes an entry, its reports and, when no other entry holds it, its file. False when there is no such entry.
    /// A mark without anything personal stays, so that the entry's address can say what became of it.
    func delete(_ id: String, at moment: Moment) async throws(IntakeError) -> Bool

    /// Throws when entries could not be kept right now.
    func checkReady() async throws(IntakeError)
}

/// New media of an entry, and what was found of it.
public struct MediaChange: Sendable {
    /// When its last byte arrived.
    public var received: Moment
    /// The report on it, which names it.
    public var report: Report
    /// The name it was sent under, where that holds a telephone number; else nil.
    public var personalFilename: String?
    /// What the rules about the submission found.
    public var admission: Admission?

    /// Names new media.
    public init(received: Moment, report: Report, personalFilename: String? = nil, admission: Admission? = nil) {
        self.received = received
        self.report = report
        self.personalFilename = personalFilename
        self.admission = admission
    }
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
