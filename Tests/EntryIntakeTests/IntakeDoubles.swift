import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import Synchronization
import TestSupport

import enum MediaFacts.Measurement

/// A prober that gives a fixed answer and records its examinations.
final class ProbeDouble: MediaProbing {
    enum Answer: Sendable {
        case facts(MediaFacts)
        case error(ProbeError.Code)
        /// The prober waits until its task is cancelled.
        case untilCancelled
    }

    struct Question: Sendable, Equatable {
        var bytes: [UInt8]
        var measurements: Set<Measurement>
    }

    let libraryVersions = ["libavformat": "1.2.3"]
    private let answer: Answer
    private let asked = Mutex<[Question]>([])

    init(_ answer: Answer = .facts(.sample())) { self.answer = answer }

    /// The examinations so far: up to 64 first bytes of each file, and the measurements.
    var questions: [Question] { asked.withLock { $0 } }

    func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile {
        let bytes = firstBytes(of: file)
        asked.withLock { $0.append(Question(bytes: bytes, measurements: examination.measurements)) }
        switch answer {
        case .facts(let facts): return ExaminedFile(facts)
        case .error(let code): throw .sample(code)
        case .untilCancelled:
            while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
            throw .sample(.cancelled)
        }
    }

    private func firstBytes(of file: MediaFile) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 64) { buffer, filled in
            filled = max(0, pread(file.descriptor, buffer.baseAddress, 64, 0))
        }
    }
}

extension ProbeError {
    /// An error with this code, whose message contains the code.
    static func sample(_ code: Code) -> ProbeError {
        ProbeError(code, LocalizedText(zh: "读不了：\(code.rawValue)", en: "unreadable: \(code.rawValue)"))
    }
}

extension WallClock {
    /// A clock that always gives the same moment.
    static let stopped = WallClock { Moment(milliseconds: 1_795_222_800_000, text: "2026-11-21T09:00:00+08:00") }
}

extension TemporaryFolder {
    /// A new file with this content, open for reading.
    func opened(_ content: [UInt8], named name: String = "clip.mp4") throws -> OpenMediaFile {
        try OpenMediaFile(path: try write(content, to: name))
    }
}

/// A latch: `wait()` returns once `open()` was called.
final class Latch: Sendable {
    private let state = Mutex<(isOpen: Bool, waiters: [CheckedContinuation<Void, Never>])>((false, []))

    func open() {
        let waiters = state.withLock { state in
            defer { state = (true, []) }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { waiter in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(waiter) }
                return state.isOpen
            }
            if isOpen { waiter.resume() }
        }
    }
}

/// Counts the tasks between `enter()` and `leave()`.
final class Tally: Sendable {
    private let state = Mutex((now: 0, most: 0, done: 0))

    var most: Int { state.withLock { $0.most } }
    var done: Int { state.withLock { $0.done } }

    func enter() {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }

    func leave() {
        state.withLock { state in
            state.now -= 1
            state.done += 1
        }
    }
}

/// Whether `condition` becomes true within about ten seconds.
func eventually(_ condition: @Sendable () async -> Bool) async -> Bool {
    for _ in 0..<10_000 {
        if await condition() { return true }
        try? await Task.sleep(for: .milliseconds(1))
    }
    return false
}

extension Task where Success: Sendable, Failure == any Error {
    /// The value or error of the task. Throws if the task takes longer than about ten seconds, so that a
    /// task that hangs does not block the test.
    func soon() async throws -> Success {
        let outcome = Outcome<Success>()
        Task<Void, Never> { outcome.settle(await result) }
        _ = await eventually { outcome.result != nil }
        guard let result = outcome.result else { throw Hanging() }
        return try result.get()
    }
}

/// The error of a task that did not end in time.
private struct Hanging: Error {}

private final class Outcome<Value: Sendable>: Sendable {
    private let state = Mutex<Result<Value, any Error>?>(nil)

    var result: Result<Value, any Error>? { state.withLock { $0 } }

    func settle(_ result: Result<Value, any Error>) { state.withLock { $0 = result } }
}
