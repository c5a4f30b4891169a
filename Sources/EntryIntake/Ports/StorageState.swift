/// The free bytes of the disk, and the unfinished uploads in several requests.
public struct StorageState: Sendable, Hashable {
    /// Bytes of the data folder's file system that are free for this user.
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
