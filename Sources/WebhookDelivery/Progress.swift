internal import EntryIntake
internal import Synchronization

/// The attempts that run, those that ended and are still to be stored, and the targets that fail.
final class Progress: Sendable {
    /// An attempt that ended, and what it came to.
    typealias Ended = (delivery: WebhookDelivery, result: WebhookResult)

    private struct State {
        /// Targets of the deliveries whose attempt runs.
        var targets: [String: String] = [:]
        /// Ids of the deliveries whose attempt runs or is still to be stored.
        var unstored: Set<String> = []
        var ended: [Ended] = []
        var failing: Set<String> = []
        var lastStored = ContinuousClock.now
    }

    private let state = Mutex(State())

    /// Ids of the deliveries whose attempt runs or is still to be stored.
    func running() -> Set<String> { state.withLock { $0.unstored } }

    /// Takes a place for an attempt; false when its target, or all of them together, have no place.
    func begin(_ delivery: WebhookDelivery) -> Bool {
        state.withLock { state in
            let most =
                state.failing.contains(delivery.target) ? DeliveryService.mostOfFailing : DeliveryService.mostOfTarget
            let own = state.targets.values.count { $0 == delivery.target }
            guard own < most, state.targets.count < DeliveryService.most, state.unstored.insert(delivery.id).inserted
            else { return false }
            state.targets[delivery.id] = delivery.target
            return true
        }
    }

    /// Notes the end of an attempt, which gives its place back.
    ///
    /// - Parameter result: nil for an attempt that was cancelled: nothing is to be stored.
    func end(_ delivery: WebhookDelivery, _ result: WebhookResult?) {
        state.withLock { state in
            state.targets[delivery.id] = nil
            guard let result else {
                state.unstored.remove(delivery.id)
                return
            }
            if result.failure == nil {
                state.failing.remove(delivery.target)
            } else {
                state.failing.insert(delivery.target)
            }
            state.ended.append((delivery, result))
        }
    }

    /// Time until the ended attempts are stored: zero at once, also when there are as many as may run, and when there are
    /// none.
    ///
    /// - Parameter interval: least time between two transactions.
    func timeToStore(_ interval: Duration) -> Duration {
        state.withLock { state in
            guard !state.ended.isEmpty, state.ended.count < DeliveryService.most else { return .zero }
            return max(.zero, interval - (ContinuousClock.now - state.lastStored))
        }
    }

    /// The attempts that are to be stored.
    func ended() -> [Ended] { state.withLock { $0.ended } }

    /// Forgets attempts that were stored.
    func forget(_ stored: [Ended]) {
        state.withLock { state in
            for (delivery, _) in stored { state.unstored.remove(delivery.id) }
            state.ended.removeFirst(stored.count)
            state.lastStored = .now
        }
    }
}
