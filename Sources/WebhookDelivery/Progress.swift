internal import EntryIntake
internal import Synchronization

/// The attempts that run, those that ended and are still to be stored, and the targets that fail.
final class Progress: Sendable {
    /// An attempt that ended, and what it came to.
    typealias Ended = (delivery: WebhookDelivery, result: WebhookResult)

    private struct State {
        /// Target of every delivery whose attempt runs or is still to be stored.
        var targets: [String: String] = [:]
        var ended: [Ended] = []
        var failing: Set<String> = []
    }

    private let state = Mutex(State())

    /// Ids of the deliveries whose attempt runs or is still to be stored.
    func running() -> Set<String> { state.withLock { Set($0.targets.keys) } }

    /// Takes a place for an attempt; false when its target, or all of them together, have no place.
    func begin(_ delivery: WebhookDelivery) -> Bool {
        state.withLock { state in
            let most =
                state.failing.contains(delivery.target) ? DeliveryService.mostOfFailing : DeliveryService.mostOfTarget
            let own = state.targets.values.count { $0 == delivery.target }
            guard own < most, state.targets.count < DeliveryService.most, state.targets[delivery.id] == nil else {
                return false
            }
            state.targets[delivery.id] = delivery.target
            return true
        }
    }

    /// Notes the end of an attempt.
    ///
    /// - Parameter result: nil for an attempt that was cancelled, which gives its place back at once.
    func end(_ delivery: WebhookDelivery, _ result: WebhookResult?) {
        state.withLock { state in
            guard let result else {
                state.targets[delivery.id] = nil
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

    /// The attempts that are to be stored.
    func ended() -> [Ended] { state.withLock { $0.ended } }

    /// Forgets attempts that were stored, and gives their places back.
    func forget(_ stored: [Ended]) {
        state.withLock { state in
            for (delivery, _) in stored { state.targets[delivery.id] = nil }
            state.ended.removeFirst(stored.count)
        }
    }
}
