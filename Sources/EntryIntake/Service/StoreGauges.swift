/// Counts open checks and uploads in the store, for the metrics.
public protocol StoreGauges: Sendable {
    /// The counts at this moment. Reads the database and the file system once.
    func storeCounts() async throws(IntakeError) -> StoreCounts
}

/// Counts of the store at one moment.
public struct StoreCounts: Sendable, Hashable {
    /// Content checks that wait for their turn or run now.
    public var openChecks: Int
    /// Entries with a file that wait for their first report.
    public var backlog: Int
    /// Uploads that have not become an entry.
    public var openUploads: Int
    /// Webhook deliveries that are not made yet and will be tried again.
    public var waitingDeliveries: Int
    /// Bytes that the file system of the data folder has left for this user.
    public var freeDiskBytes: Int64

    /// Makes counts.
    public init(openChecks: Int, backlog: Int = 0, openUploads: Int, waitingDeliveries: Int = 0, freeDiskBytes: Int64) {
        self.backlog = backlog
        self.openChecks = openChecks
        self.openUploads = openUploads
        self.waitingDeliveries = waitingDeliveries
        self.freeDiskBytes = freeDiskBytes
    }
}
