/// Measures the disk that files are received on, and what was promised to unfinished uploads.
public protocol StorageMeasuring: Sendable {
    /// The numbers at this moment. Reads the database and the file system once.
    func storageState() async throws(IntakeError) -> StorageState
}
