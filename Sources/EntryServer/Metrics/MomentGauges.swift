internal import EntryIntake
internal import Logging

/// Measures the gauges whose numbers are those of the moment in which `/metrics` is read.
struct MomentGauges {
    let intake: Intake
    let meter: ServiceMeter
    let connections: OpenConnections
    /// Source of the gauges about the store; nil leaves them out.
    let store: (any StoreGauges)?

    /// Sets every gauge.
    ///
    /// - Parameter logger: receives the error when the store cannot count; its gauges are left out then.
    func measure(_ logger: Logger) async {
        meter.set(.openConnections, to: Double(connections.count))
        meter.set(.connectionsLimit, to: Double(connections.most))
        for state in await intake.queue() { set(state) }
        meter.set(.ready, to: await isReady ? 1 : 0)
        await measureStore(logger)
    }

    private var isReady: Bool {
        get async { (try? await intake.checkReady()) != nil }
    }

    private func set(_ state: QueueState) {
        let line = [("line", state.line.rawValue)]
        meter.set(.queueRunning, line, to: Double(state.running))
        meter.set(.queueRunningLimit, line, to: Double(state.mostRunning))
        meter.set(.queueWaiting, line, to: Double(state.waiting))
        meter.set(.queueWaitingLimit, line, to: state.mostWaiting.map(Double.init) ?? .nan)
    }

    private func measureStore(_ logger: Logger) async {
        let running = intake.checksRunning
        meter.set(.checksRunning, to: Double(running))
        var counts: StoreCounts?
        do throws(IntakeError) {
            counts = try await store?.storeCounts()
        } catch {
            logger.error("\(error.code.rawValue)", metadata: ["cause": "\(error.cause ?? "")"])
        }
        meter.set(.checksWaiting, to: counts.map { Double(max(0, $0.openChecks - running)) } ?? .nan)
        meter.set(.backlog, to: counts.map { Double($0.backlog) } ?? .nan)
        meter.set(.openUploads, to: counts.map { Double($0.openUploads) } ?? .nan)
        meter.set(.webhooksWaiting, to: counts.map { Double($0.waitingDeliveries) } ?? .nan)
        meter.set(.freeDisk, to: counts.map { Double($0.freeDiskBytes) } ?? .nan)
    }
}
