internal import Synchronization

/// Reserves room on the disk for files before they are received, and refuses a file for which there is not enough.
///
/// A promise covers the announced length of a file. Promised bytes that have not arrived count as used: those of
/// uploads in several requests, which the store counts, and those of files in a single request, which `outstanding`
/// counts.
final class StoragePromises: Sendable {
    private let limits: StorageLimits
    private let disk: (any StorageMeasuring)?
    private let locks = KeyedLock()
    /// Promised bytes that have not arrived, of files in a single request.
    private let outstanding = Mutex<Int64>(0)

    /// - Parameter disk: nil promises room to every file.
    init(on disk: (any StorageMeasuring)?, limits: StorageLimits) {
        self.disk = disk
        self.limits = limits
    }

    /// Promises room for a file in a single request.
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

    /// Promises room for an upload in several requests, and calls `add` before the next promise is made.
    ///
    /// - Throws: `.tooManyUploads`, `.insufficientStorage`, and the errors of `add`.
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

    /// Runs `work` on the state of the disk, one call after the other; on nil without a disk.
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

    /// Reduces `outstanding` by bytes that arrived, or whose promise ended.
    func subtract(_ bytes: Int64) { outstanding.withLock { $0 -= bytes } }
}
