/// Keeps uploads that arrive in several requests. The port between their order and the disk.
public protocol UploadKeeping: Sendable {
    /// Adds an upload that has no bytes yet, and the answer to whoever began it.
    func add(_ upload: ResumableUpload, answering answer: StoredAnswer?) async throws(IntakeError)

    /// The upload as it is on the disk; nil when there is none.
    func upload(_ id: String) async throws(IntakeError) -> ResumableUpload?

    /// Opens an upload to go on with it. Bytes beyond its offset, which nobody was told of, are dropped.
    func resume(_ upload: ResumableUpload) async throws(IntakeError) -> any ResumableMedia

    /// Removes an upload with its bytes; an entry made of it stays. False when there is no such upload.
    func delete(upload id: String) async throws(IntakeError) -> Bool

    /// Uploads whose bytes are all there and of which no entry was made.
    func uploadsWithoutEntry() async throws(IntakeError) -> [ResumableUpload]

    /// Removes the uploads whose time was over at `moment`.
    func removeUploads(expiredAt moment: Moment) async throws(IntakeError)
}

/// An upload that may arrive in several requests.
public struct ResumableUpload: Sendable, Hashable {
    /// Unique, a UUID.
    public var id: String
    /// Id of the contest that its entry is for.
    public var contest: String
    /// Form fields of its entry, as sent.
    public var fields: [String: String]
    /// Name that the file was sent under; nil when it had none.
    public var filename: String?
    /// What the client said of it, as it said it. Source: tus 1.0, `Upload-Metadata`; nil when it said nothing.
    public var metadata: String?
    /// Size in bytes when it is whole.
    public var length: Int64
    /// Bytes that are on the disk to stay.
    public var offset: Int64 = 0
    /// When it is removed.
    public var expires: Moment
    /// When its last byte arrived; nil until then.
    public var received: Moment?
    /// Id of the entry that it became; nil until then.
    public var entry: String?

    /// Whether all bytes are there.
    public var isWhole: Bool { offset == length }

    /// Describes an upload that begins.
    public init(
        id: String, contest: String, fields: [String: String], filename: String?, metadata: String?, length: Int64,
        expires: Moment
    ) {
        self.id = id
        self.contest = contest
        self.fields = fields
        self.filename = filename
        self.metadata = metadata
        self.length = length
        self.expires = expires
    }
}

/// An upload that is being gone on with.
public protocol ResumableMedia: IncomingMedia {
    /// Makes everything written so far stay, and says so in the record. `received` when these were the last bytes.
    func commit(received: Moment?, expires: Moment) async throws(IntakeError)

    /// Forgets everything written since the last commit.
    func rollBack() async

    /// Lets go of the file; it stays.
    func close() async
}
