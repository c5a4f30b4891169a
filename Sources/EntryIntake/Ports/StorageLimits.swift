/// Limits of the promises to senders of files.
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
