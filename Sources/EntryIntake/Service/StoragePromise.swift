internal import Synchronization

/// Room on the disk for one file; the end of the value's life gives back what did not arrive.
final class StoragePromise: Sendable {
    private let promises: StoragePromises
    private let rest: Mutex<Int64>

    /// Promises `bytes`, which `promises` counts as outstanding.
    init(_ bytes: Int64, of promises: StoragePromises) {
        self.promises = promises
        rest = Mutex(bytes)
    }

    /// Counts bytes that arrived: the disk shows them as used from now on.
    func fulfil(_ bytes: Int64) {
        let fulfilled = rest.withLock { rest in
            let fulfilled = min(rest, bytes)
            rest -= fulfilled
            return fulfilled
        }
        promises.subtract(fulfilled)
    }

    deinit { promises.subtract(rest.withLock { $0 }) }
}
