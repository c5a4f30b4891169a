/// Measures the disk that files are received on, and what was promised to unfinished uploads.
public protocol StorageMeasuring: Sendable {
    /// The numbers at this moment. Reads the database and the file system once.
    func storageState() async throws(IntakeError) -> StorageState
}

/// What the disk has left, and what uploads in several requests were promised of it.
public struct StorageState: Sendable, Hashable {
    /// Bytes that the file system of the data folder has left for this user.
    public var freeBytes: Int64
    /// Number of uploads that have not become an entry.
    public var openUploads: Int
    /// Lengths of these uploads together, in bytes.
    public var announcedBytes: Int64
    /// Bytes of these uploads that have not arrived.
    public var missingBytes: Int64

    /// Describes a disk; the properties name the units.
    public init(freeBytes: Int64, openUploads: Int = 0, announcedBytes: Int64 = 0, missingBytes: Int64 = 0) {
        self.freeBytes = freeBytes
        self.openUploads = openUploads
        self.announcedBytes = announcedBytes
        self.missingBytes = missingBytes
    }
}

/// Bounds of what the service promises to receive.
public struct StorageLimits: Sendable, Hashable {
    /// Most uploads in several requests that are begun and have not become an entry; 10,000 unless told otherwise.
    public var openUploads: Int
    /// Most bytes that these uploads announce together; 4 TiB unless told otherwise.
    public var announcedBytes: Int64
    /// Bytes of the disk that no file is promised: room for the database. 256 MiB unless told otherwise.
    public var reservedBytes: Int64

    /// Makes limits; the properties name the units.
    public init(openUploads: Int = 10_000, announcedBytes: Int64 = 4 << 40, reservedBytes: Int64 = 256 << 20) {
        self.openUploads = openUploads
        self.announcedBytes = announcedBytes
        self.reservedBytes = reservedBytes
    }
}
