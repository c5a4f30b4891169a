import Foundation
import MediaFacts
import Reporting
import Synchronization

extension Int64 {
    /// The sum of two sizes, or the largest there is: files of holes can claim any.
    func addingSaturated(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

/// What a run tells while it goes, on standard error: a line that is drawn over on a terminal, a plain line every few
/// seconds elsewhere.
final class Progress: Sendable {
    private struct State {
        var done = 0
        var bytesDone: Int64 = 0
        var tally = Tally()
        var current: [Int: (name: String, look: ExaminationProgress?)] = [:]
        var isDrawn = false
        var hasEnded = false
    }

    private let files: Int
    private let bytes: Int64
    private let line: ProgressLine
    private let start = ContinuousClock.now
    private let isTerminal = Output.error.isTerminal
    private let state = Mutex(State())
    /// Nothing is told when nobody wants to know; and of a single file only how far the look at it is, on a terminal.
    private let isSilent: Bool

    /// Prepares to tell.
    ///
    /// - Parameters:
    ///   - files: how many there are.
    ///   - bytes: how many they hold together.
    init(files: Int, bytes: Int64, language: Language, isSilent: Bool) {
        self.files = files
        self.bytes = bytes
        self.isSilent = isSilent || files < (isTerminal ? 1 : 2)
        line = ProgressLine(language: language, files: files, bytes: bytes)
    }

    /// Tells how far it is, four times a second on a terminal and every five seconds elsewhere, until the task is
    /// cancelled.
    func tell() async {
        guard !isSilent else { return }
        while !Task.isCancelled {
            try? await Task.sleep(for: isTerminal ? .milliseconds(250) : .seconds(5))
            if !Task.isCancelled { draw() }
        }
    }

    /// Work on a file begins.
    func begin(_ index: Int, _ name: String) { state.withLock { $0.current[index] = (name, nil) } }

    /// The look at a file goes on.
    func look(_ index: Int, _ look: ExaminationProgress) { state.withLock { $0.current[index]?.look = look } }

    /// A file has ended.
    ///
    /// - Parameter file: nil for one that was passed over.
    func end(_ index: Int, bytes: Int64, _ file: CheckedFile?) {
        let isFirst = state.withLock { state in
            state.current[index] = nil
            state.done += 1
            state.bytesDone = state.bytesDone.addingSaturated(bytes)
            if let file { state.tally.add(file) }
            return state.done == 1 || state.done == files
        }
        if isTerminal, isFirst { draw() }
    }

    /// Takes the line off the terminal while `write` writes to it.
    func makingWay<Result>(_ write: () -> Result) -> Result {
        state.withLock { state in
            clear(&state)
            return write()
        }
    }

    /// Takes the line away for good.
    func end() {
        state.withLock { state in
            clear(&state)
            state.hasEnded = true
        }
    }

    private func clear(_ state: inout State) {
        guard state.isDrawn else { return }
        Output.error.write("\r\u{1b}[K")
        state.isDrawn = false
    }

    private func draw() {
        guard !isSilent else { return }
        state.withLock { state in
            guard !state.hasEnded else { return }
            let current = state.current.min { $0.key < $1.key }?.value
            guard files > 1 || current?.look != nil else { return }
            let moment = ProgressLine.Moment(
                done: state.done, bytesDone: state.bytesDone, tally: state.tally,
                name: current?.name, look: current?.look, elapsed: ContinuousClock.now - start)
            let width = Output.error.width
            let text = line.text(moment, width: width.map { $0 - 1 })
            Output.error.write(isTerminal ? "\r\u{1b}[K\(text)" : text + "\n")
            state.isDrawn = isTerminal
        }
    }
}
