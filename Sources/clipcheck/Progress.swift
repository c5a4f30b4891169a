import Foundation
import MediaFacts
import Reporting
import Synchronization

extension Int64 {
    /// The sum of two sizes, or `Int64.max` when it overflows: sparse files can have any size.
    func addingSaturated(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

/// Reports the progress of a run on standard error: on a terminal as one line that is redrawn in place, elsewhere as a
/// plain line every five seconds.
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
    /// Whether nothing is drawn: under `--quiet`, and for a single file that is not checked on a terminal. A single
    /// file on a terminal shows only how much of it has been decoded.
    private let isSilent: Bool

    /// Prepares the progress of a run; nothing is drawn yet.
    ///
    /// - Parameters:
    ///   - files: number of files in the run; 0 draws nothing.
    ///   - bytes: size of all files together.
    init(files: Int, bytes: Int64, language: Language, isSilent: Bool) {
        self.files = files
        self.bytes = bytes
        self.isSilent = isSilent || files < (isTerminal ? 1 : 2)
        line = ProgressLine(language: language, files: files, bytes: bytes)
    }

    /// Draws the progress line every 250 ms on a terminal, and every five seconds elsewhere, until the task is
    /// cancelled.
    func tell() async {
        guard !isSilent else { return }
        while !Task.isCancelled {
            try? await Task.sleep(for: isTerminal ? .milliseconds(250) : .seconds(5))
            if !Task.isCancelled { draw() }
        }
    }

    /// Notes that the check of the file `index` begins, which the line shows as `name`.
    func begin(_ index: Int, _ name: String) { state.withLock { $0.current[index] = (name, nil) } }

    /// Notes how much of the file `index` has been decoded.
    func look(_ index: Int, _ look: ExaminationProgress) { state.withLock { $0.current[index]?.look = look } }

    /// Notes that the check of the file `index` has ended. On a terminal, the first and the last file redraw the line
    /// at once.
    ///
    /// - Parameters:
    ///   - bytes: size of the file.
    ///   - file: its result; nil for a file that was passed over.
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

    /// Clears the progress line, then calls `write`, which writes to the terminal. No line is drawn meanwhile.
    func makingWay<Result>(_ write: () -> Result) -> Result {
        state.withLock { state in
            clear(&state)
            return write()
        }
    }

    /// Clears the progress line; none is drawn afterwards.
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
