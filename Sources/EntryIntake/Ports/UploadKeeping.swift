/// Stores uploads in several requests. The port between `ResumableUploads` and the disk.
public protocol UploadKeeping: Sendable {
    /// Adds an upload that has no bytes yet, and the stored answer of the request that begins it.
    func add(_ upload: ResumableUpload, request: IdempotentRequest?) async throws(IntakeError)

    /// The upload as it is on the disk; nil when there is none.
    func upload(_ id: String) async throws(IntakeError) -> ResumableUpload?

    /// Opens an upload to append to it. Bytes beyond its offset, which no response confirmed, are discarded.
    func resume(_ upload: ResumableUpload) async throws(IntakeError) -> any ResumableMedia

    /// Removes an upload with its bytes; its entry stays. Returns `false` when there is no such upload.
    func delete(upload id: String) async throws(IntakeError) -> Bool

    /// Uploads that have all their bytes and no entry.
    func uploadsWithoutEntry() async throws(IntakeError) -> [ResumableUpload]

    /// Ids of the uploads that had expired at `moment`; at most a hundred.
    func uploads(expiredAt moment: Moment) async throws(IntakeError) -> [String]

    /// Removes every trace of deleted rows from the journal, and events of the outbox that are older than a week.
    func tidy(at moment: Moment) async throws(IntakeError)
}

/// An upload that may arrive in several requests.
public struct ResumableUpload: Sendable, Hashable {
    /// Id of the upload, a UUID.
    public var id: String
    /// Id of the contest that the entry is for.
    public var contest: String
    /// Id of the principal that began the upload; nil when no key was needed.
    public var owner: String?
    /// Form fields of the entry, as sent.
    public var fields: [String: String]
    /// The file's name as sent; nil when none was sent.
    public var filename: String?
    /// The client's metadata as sent; nil when none was sent. Also nil once the entry exists, because metadata may
    /// contain contacts. Source: tus 1.0, `Upload-Metadata`.
    public var metadata: String?
    /// Announced size of the whole file in bytes.
    public var length: Int64
    /// Number of bytes that are committed to the disk.
    public var offset: Int64 = 0
    /// Time at which the upload expires.
    public var expires: Moment
    /// Time at which the last byte arrived; nil until then.
    public var received: Moment?
    /// Id of the entry made of the upload; nil until then.
    public var entry: String?

    /// Whether all bytes have arrived.
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

/// The file of an upload to which a request appends.
public protocol ResumableMedia: IncomingMedia {
    /// Syncs all written bytes to the disk and records the new offset.
    ///
    /// - Parameters:
    ///   - received: time of the last byte, if the upload is whole now; otherwise nil.
    ///   - expires: the new time at which the upload expires.
    func commit(received: Moment?, expires: Moment) async throws(IntakeError)

    /// Discards all bytes written since the last commit.
    func rollBack() async

    /// Closes the file and keeps its bytes.
    func close() async
}
