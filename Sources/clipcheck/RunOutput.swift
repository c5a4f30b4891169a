import Foundation
import MediaFacts
import Reporting

/// Writes the results of a run in one format to one destination. After a failed write the run goes on without this
/// output, and `failure` is reported at the end.
protocol RunOutput: AnyObject {
    /// Path of the output file; nil for standard output.
    var path: String? { get }
    /// Why the output could not be written; nil as long as every write succeeded.
    var failure: LocalizedText? { get }
    /// Whether `take` is called as soon as a file ends, rather than in the order of the files.
    var wantsAtOnce: Bool { get }
    /// Whether, of a file that is checked more than once, `take` is called only with the last result, at the end of the
    /// run.
    var wantsLast: Bool { get }

    /// Adds the result of one file.
    func take(_ file: CheckedFile)
    /// Writes the summary and everything held back until now, and ends the output.
    func finish(_ summary: RunSummary)
}

/// An output in a format that consists of text.
final class TextOutput: RunOutput {
    let path: String?
    let wantsAtOnce: Bool
    let wantsLast: Bool
    private(set) var failure: LocalizedText?

    private let destination: Output
    private let spool: Spool?
    private let progress: Progress
    private let nothing: RunSummary
    private var rendering: any RunRendering
    private var isOpen = false

    /// Prepares to write the text of `rendering` to `destination`.
    ///
    /// - Parameters:
    ///   - path: path of the file; nil for standard output.
    ///   - wantsAtOnce: whether a result is written as soon as its file ends.
    ///   - wantsLast: whether, of a file that is checked more than once, only the last result is written, at the end.
    ///   - summary: an empty summary, for formats whose text does not begin with the summary of the run.
    ///   - progress: the progress line, which is cleared while a terminal is written to.
    init(
        _ rendering: any RunRendering, to destination: Output, path: String?, wantsAtOnce: Bool, wantsLast: Bool,
        summary: RunSummary, progress: Progress
    ) {
        self.wantsAtOnce = wantsAtOnce
        self.wantsLast = wantsLast
        self.rendering = rendering
        self.destination = destination
        self.path = path
        self.progress = progress
        nothing = summary
        spool = rendering.beginsWithSummary ? Spool() : nil
        // Writing nothing reveals a destination that cannot be written. A format that begins with the summary would
        // otherwise find out only at the end, too late for the other outputs to report the failure.
        if rendering.beginsWithSummary && spool == nil || !destination.write(Data()) { note() }
    }

    func take(_ file: CheckedFile) {
        let piece = rendering.piece(file)
        guard failure == nil else { return }
        if let spool {
            if !spool.write(piece) { note() }
        } else {
            open(nothing)
            write(piece)
        }
    }

    func finish(_ summary: RunSummary) {
        open(summary)
        if let spool, failure == nil, !spool.copy(to: destination) { note() }
        write(rendering.closing(summary))
        if failure == nil, !destination.finish() { note() }
    }

    private func open(_ summary: RunSummary) {
        guard !isOpen else { return }
        isOpen = true
        write(rendering.opening(summary))
    }

    private func write(_ text: String) {
        guard failure == nil, !text.isEmpty else { return }
        let isWritten =
            destination.isTerminal ? progress.makingWay { destination.write(text) } : destination.write(text)
        if !isWritten { note() }
    }

    private func note() { failure = .cannotWrite(path, errno) }
}

/// An output that is an Excel workbook.
final class WorkbookOutput: RunOutput {
    let path: String?
    let wantsAtOnce = false
    let wantsLast: Bool
    private(set) var failure: LocalizedText?
    private var workbook: WorkbookRun?

    /// Begins a workbook at `path`; `failure` says why when that is not possible.
    ///
    /// - Parameters:
    ///   - wantsLast: whether, of a file that is checked more than once, only the last result is written, at the end.
    ///   - isPrivate: whether only the owner of the file may read it.
    init(path: String, language: Language, columns: [RunColumn], wantsLast: Bool, isPrivate: Bool) {
        self.path = path
        self.wantsLast = wantsLast
        attempt { () throws(WorkbookError) in
            workbook = try WorkbookRun(path: path, language: language, columns: columns, isPrivate: isPrivate)
        }
    }

    func take(_ file: CheckedFile) { workbook?.add(file) }

    func finish(_ summary: RunSummary) { attempt { () throws(WorkbookError) in try workbook?.finish(summary) } }

    private func attempt(_ step: () throws(WorkbookError) -> Void) {
        guard failure == nil else { return }
        do { try step() } catch { failure = error.message }
    }
}

extension LocalizedText {
    /// One message of several, each on a line of its own.
    static func lines(_ messages: [LocalizedText]) -> LocalizedText {
        LocalizedText(
            zh: messages.map(\.zh).joined(separator: "\n"), en: messages.map(\.en).joined(separator: "\n"))
    }

    /// The message about an output that could not be written.
    ///
    /// - Parameters:
    ///   - path: path of the file; nil for standard output.
    ///   - code: the `errno` of the failure.
    static func cannotWrite(_ path: String?, _ code: Int32) -> LocalizedText {
        let reason = String(cString: strerror(code))
        guard let path else {
            return LocalizedText(zh: "结果无法写出：\(reason)。", en: "The results could not be written: \(reason).")
        }
        return LocalizedText(zh: "无法写入 \(path)：\(reason)。", en: "\(path) cannot be written: \(reason).")
    }
}
