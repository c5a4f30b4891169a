import EntryIntake
import Synchronization

/// A keeper with one delivery that is always due, and whose first attempt to store a result fails.
final class StubbornKeeper: WebhookKeeping {
    let deliveryBell = WakeUp()
    private let due: DueDelivery
    private let state = Mutex((attempts: 0, stored: [WebhookResult]()))

    init(url: String) {
        let moment = Moment(milliseconds: 0, text: "1970-01-01T00:00:00+00:00")
        due = DueDelivery(
            WebhookDelivery(
                id: "msg_1", target: "wh_1", event: .entryCreated, entry: "e1", contest: "c", version: 1,
                occurredAt: moment),
            to: WebhookTarget(id: "wh_1", url: url, allowsPrivate: true, createdAt: moment.text),
            secrets: [WebhookSecret()])
    }

    /// The results that were stored.
    var stored: [WebhookResult] { state.withLock { $0.stored } }

    func dueDeliveries(
        at moment: Moment, most: Int, beyond running: Set<String>
    ) async throws(IntakeError) -> DueDeliveries {
        DueDeliveries(due: running.contains("msg_1") || !stored.isEmpty ? [] : [due])
    }

    func record(_ results: [WebhookResult], at moment: Moment) async throws(IntakeError) {
        let isFirst = state.withLock { state in
            state.attempts += 1
            if state.attempts > 1 { state.stored += results }
            return state.attempts == 1
        }
        if isFirst { throw .storageFailed("full") }
    }
}
