/// Measures the disk of the received files and the bytes that unfinished uploads announce.
public protocol StorageMeasuring: Sendable {
    /// The state at this moment. Reads the database and the file system once.
    func storageState() async throws(IntakeError) -> StorageState
}
