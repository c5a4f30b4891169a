internal import Synchronization

/// Promises room on the disk to files before they are received, and refuses a file whose promise the disk cannot keep.
///
/// A promise covers the announced length of a file. What was promised and has not arrived counts as used: the rest of
/// every upload in several requests, which the store knows, and the rest of every file that one request sends.
final class StoragePromises: Sendable {
    private let limits: StorageLimits
    private let disk: (any StorageMeasuring)?
    private let locks = KeyedLock()
    /// Bytes that requests are still to send, beside uploads in several requests.
    private let outstanding = Mutex<Int64>(0)

    /// - Parameter disk: nil promises everything.
    init(on disk: (any StorageMeasuring)?, limits: StorageLimits) {
        self.disk = disk
        self.limits = limits
    }

    /// Promises room for a file that one request sends.
    ///
    /// - Parameter bytes: the announced length; 0 when the request announces none.
    /// - Throws: `.insufficientStorage`, `.storageFailed`.
    func promise(_ bytes: Int64) async throws(IntakeError) -> StoragePromise {
        try await inTurn { state throws(IntakeError) in
            if let state { try check(state, bytes) }
            outstanding.withLock { $0 += bytes }
            return StoragePromise(bytes, of: self)
        }
    }

    /// Promises room for an upload in several requests, and adds it to the store before the next promise is made.
    ///
    /// - Throws: `.tooManyUploads`, `.insufficientStorage`, and what `add` throws.
    func begin(
        uploadOf bytes: Int64, _ add: @Sendable () async throws(IntakeError) -> Void
    ) async throws(IntakeError) {
        try await inTurn { state async throws(IntakeError) in
            if let state {
                guard state.openUploads < limits.openUploads else { throw .tooManyUploads(limits.openUploads) }
                guard bytes <= limits.announcedBytes - state.announcedBytes else {
                    throw .insufficientStorage("unfinished uploads announce \(state.announcedBytes) bytes")
                }
                try check(state, bytes)
            }
            try await add()
        }
    }

    /// Runs `work` on the state of the disk, one call after the other; nil where there is no disk to measure.
    private func inTurn<Value: Sendable>(
        _ work: @Sendable (StorageState?) async throws(IntakeError) -> Value
    ) async throws(IntakeError) -> Value {
        guard let disk else { return try await work(nil) }
        return try await locks.with("disk") { () async throws(IntakeError) in
            try await work(try await disk.storageState())
        }
    }

    private func check(_ state: StorageState, _ bytes: Int64) throws(IntakeError) {
        let promised = limits.reservedBytes + state.missingBytes + outstanding.withLock { $0 }
        guard bytes <= state.freeBytes - promised else {
            throw .insufficientStorage("\(state.freeBytes) bytes are free, \(promised) are promised or reserved")
        }
    }

    /// Takes bytes off the outstanding promises: they arrived, or their promise was given back.
    func subtract(_ bytes: Int64) { outstanding.withLock { $0 -= bytes } }
}
