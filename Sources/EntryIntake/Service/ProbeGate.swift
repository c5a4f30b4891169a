/// Bounds the probes that run and the probes that wait. Beyond both limits a call throws at once instead of waiting.
actor ProbeGate {
    private let mostRunning: Int
    private var free: Int
    private let mostWaiting: Int
    private var waiting: [(ticket: UInt64, turn: CheckedContinuation<Bool, Never>)] = []
    private var nextTicket: UInt64 = 0

    /// Lets `running` calls run, at least one, and `waiting` more wait.
    init(running: Int, waiting: Int) {
        mostRunning = max(1, running)
        free = mostRunning
        mostWaiting = max(0, waiting)
    }

    /// The numbers of this moment.
    func state(of line: Inspector.Line) -> QueueState {
        QueueState(
            line: line, running: mostRunning - free, mostRunning: mostRunning, waiting: waiting.count,
            mostWaiting: mostWaiting == .max ? nil : mostWaiting)
    }

    /// Runs `work` as soon as a place is free. Waiting calls get places in the order of their arrival.
    ///
    /// - Parameter isAdmitted: `true` when the caller holds a `CheckPlace`; the call then waits even in a full queue.
    /// - Throws: `.queueFull` at once when the queue is full, `.cancelled` when the task is cancelled while it waits.
    func pass<Value: Sendable>(
        isAdmitted: Bool = false, _ work: @Sendable () async throws(IntakeError) -> Value
    ) async throws(IntakeError) -> Value {
        try await enter(isAdmitted)
        defer { leave() }
        return try await work()
    }

    private func enter(_ isAdmitted: Bool) async throws(IntakeError) {
        if free > 0 {
            free -= 1
            return
        }
        guard isAdmitted || waiting.count < mostWaiting else { throw .queueFull }
        let ticket = nextTicket
        nextTicket += 1
        let admitted = await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                if Task.isCancelled { turn.resume(returning: false) } else { waiting.append((ticket, turn)) }
            }
        } onCancel: {
            Task { await self.withdraw(ticket) }
        }
        guard admitted else { throw .cancelled }
    }

    private func leave() {
        guard !waiting.isEmpty else {
            free += 1
            return
        }
        waiting.removeFirst().turn.resume(returning: true)
    }

    private func withdraw(_ ticket: UInt64) {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: index).turn.resume(returning: false)
    }
}
