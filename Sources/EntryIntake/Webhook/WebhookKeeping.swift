/// Keeps webhook targets and deliveries. The port between the sending and the database.
public protocol WebhookKeeping: Sendable {
    /// Rings after a change that made deliveries was committed in this process.
    var deliveryBell: WakeUp { get }

    /// The deliveries that are due at `moment`, at most `most` of each target, without those in `running`.
    ///
    /// Costs one indexed look-up where there is no target.
    func dueDeliveries(
        at moment: Moment, most: Int, beyond running: Set<String>
    ) async throws(IntakeError) -> DueDeliveries

    /// Stores the results of attempts in one transaction. A delivery that was removed meanwhile is passed over. The
    /// failure `.gone` disables the target of its delivery, whose waiting deliveries then end as dead.
    ///
    /// - Parameter moment: the time at which a target is disabled.
    func record(_ results: [WebhookResult], at moment: Moment) async throws(IntakeError)
}
