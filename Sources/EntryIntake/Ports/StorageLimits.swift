/// Limits of the disk space that is promised to files before they arrive.
public struct StorageLimits: Sendable, Hashable {
    /// Most uploads in several requests that have not become an entry; 10,000 by default.
    public var openUploads: Int
    /// Most bytes that these uploads announce together; 4 TiB by default.
    public var announcedBytes: Int64
    /// Bytes of the disk that are never promised to a file, because the database needs room; 256 MiB by default.
    public var reservedBytes: Int64

    /// Makes limits; the properties name the units.
    public init(openUploads: Int = 10_000, announcedBytes: Int64 = 4 << 40, reservedBytes: Int64 = 256 << 20) {
        self.openUploads = openUploads
        self.announcedBytes = announcedBytes
        self.reservedBytes = reservedBytes
    }
}
