/// Keeps uploads that arrive in several requests. The port between their order and the disk.
public protocol UploadKeeping: Sendable {
    /// Adds an upload that has no bytes yet, and the kept answer of the request that begins it.
    func add(_ upload: ResumableUpload, request: IdempotentRequest?) async throws(IntakeError)

    /// The upload as it is on the disk; nil when there is none.
    func upload(_ id: String) async throws(IntakeError) -> ResumableUpload?

    /// Opens an upload to append to it. Bytes beyond its offset, which no answer confirmed, are dropped.
    func resume(_ upload: ResumableUpload) async throws(IntakeError) -> any ResumableMedia

    /// Removes an upload with its bytes; an entry made of it stays. False when there is no such upload.
    func delete(upload id: String) async throws(IntakeError) -> Bool

    /// Uploads whose bytes are all there and of which no entry was made.
    func uploadsWithoutEntry() async throws(IntakeError) -> [ResumableUpload]

    /// Ids of the uploads whose time was over at `moment`; at most a hundred.
    func uploads(expiredAt moment: Moment) async throws(IntakeError) -> [String]

    /// Removes every trace of deleted rows from the journal, and events of the outbox that are older than a week.
    func tidy(at moment: Moment) async throws(IntakeError)
}

/// An upload that may arrive in several requests.
public struct ResumableUpload: Sendable, Hashable {
    /// Unique, a UUID.
    public var id: String
    /// Id of the contest that its entry is for.
    public var contest: String
    /// Id of the principal that began it; nil when nobody had to show a key.
    public var owner: String?
    /// Form fields of its entry, as sent.
    public var fields: [String: String]
    /// Name that the file was sent under; nil when it had none.
    public var filename: String?
    /// The client's metadata as it was sent; nil when none was sent, and once the entry exists, because it may hold
    /// contacts. Source: tus 1.0, `Upload-Metadata`.
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
        id: String, contest: String, owner: String? = nil, fields: [String: String], filename: String?,
        metadata: String?, length: Int64, expires: Moment
    ) {
        self.id = id
        self.contest = contest
        self.owner = owner
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
