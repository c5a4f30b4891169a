internal import Synchronization

/// Room on the disk that is reserved for one file. The last reference frees the room of bytes that did not arrive.
final class StoragePromise: Sendable {
    private let promises: StoragePromises
    private let rest: Mutex<Int64>

    /// Makes the promise of `bytes`, which `promises` has already counted as outstanding.
    init(_ bytes: Int64, of promises: StoragePromises) {
        self.promises = promises
        rest = Mutex(bytes)
    }

    /// Reduces the promise by bytes that arrived, which the disk now counts as used.
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
