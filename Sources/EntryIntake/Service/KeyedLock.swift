/// Locks by key, so that one task at a time works on an upload or on a request with an `Idempotency-Key`.
actor KeyedLock {
    private struct Queue {
        var waiting: [CheckedContinuation<Void, Never>] = []
        var giveWay: (@Sendable () -> Void)?
    }

    private var queues: [String: Queue] = [:]

    /// Waits until the key is free and locks it. Calls the closure that the holder set with `setGiveWay`, if any.
    func lock(_ key: String) async {
        guard queues[key] != nil else {
            queues[key] = Queue()
            return
        }
        queues[key]?.giveWay?()
        await withCheckedContinuation { queues[key]?.waiting.append($0) }
    }

    /// Locks the key and returns `true` if it is free. Does not ask the holder to give way.
    func lockIfFree(_ key: String) -> Bool {
        guard queues[key] == nil else { return false }
        queues[key] = Queue()
        return true
    }

    /// Sets the closure that asks the holder of the key to give way; nil when the holder no longer can. The closure is
    /// called at once if a task already waits.
    func setGiveWay(of key: String, _ giveWay: (@Sendable () -> Void)?) {
        queues[key]?.giveWay = giveWay
        if queues[key]?.waiting.isEmpty == false { giveWay?() }
    }

    /// Unlocks the key, or passes the lock to the task that has waited longest.
    func unlock(_ key: String) {
        guard var queue = queues[key], !queue.waiting.isEmpty else {
            queues[key] = nil
            return
        }
        let next = queue.waiting.removeFirst()
        queue.giveWay = nil
        queues[key] = queue
        next.resume()
    }

    /// Runs `work` with the key locked.
    nonisolated func with<Value, Failure: Error>(
        _ key: String, _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        await lock(key)
        do throws(Failure) {
            let value = try await work()
            await unlock(key)
            return value
        } catch {
            await unlock(key)
            throw error
        }
    }
}
