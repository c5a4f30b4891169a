internal import ContestRules

extension EntryChange {
    /// The events of the change that webhook targets are told about, in their order.
    ///
    /// A report counts once: when the entry gets it, or when its content check ends. A correction of the form is no event.
    ///
    /// - Parameters:
    ///   - before: the entry before the change; nil for a new one.
    ///   - after: the entry after the change; for `.deleted`, the entry before the change.
    public func webhookEvents(before: Entry?, after: Entry) -> [WebhookEvent] {
        if case .deleted = event { return [.entryDeleted] }
        var events: [WebhookEvent] = []
        if before == nil { events.append(.entryCreated) }
        if case .signed = event { events.append(.entrySignedOff) }
        if let report = after.report, report != before?.report, !report.isPending { events.append(.reportCompleted) }
        return events
    }
}
