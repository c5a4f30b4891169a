import Foundation
import MediaFacts
import Reporting

/// One format of a run on its way to one place. What cannot be written is told at the end; the run goes on without it.
protocol RunOutput: AnyObject {
    /// The file it goes to; nil for standard output.
    var path: String? { get }
    /// Why it could not be written; nil while all is well.
    var failure: LocalizedText? { get }
    /// Whether results are wanted as they end, rather than in the order of the files.
    var wantsAtOnce: Bool { get }
    /// Whether of a file that is checked again only the last result is wanted, at the end.
    var wantsLast: Bool { get }

    /// Adds one result.
    func take(_ file: CheckedFile)
    /// Adds what comes last and ends the file.
    func finish(_ summary: RunSummary)
}

/// A format that is text.
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

    /// Sends what `rendering` makes to `destination`.
    ///
    /// - Parameters:
    ///   - summary: that of nothing, which formats begin with that do not begin with the run's.
    ///   - wantsAtOnce: whether a result is written as its file ends.
    ///   - wantsLast: whether of a file that is checked again only the last result is written, at the end.
    ///   - progress: the line that must make way while a terminal is written to.
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
        // What begins with the summary writes nothing before the end, too late to be told in the other outputs.
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

/// An Excel workbook.
final class WorkbookOutput: RunOutput {
    let path: String?
    let wantsAtOnce = false
    let wantsLast: Bool
    private(set) var failure: LocalizedText?
    private var workbook: WorkbookRun?

    /// Makes a workbook at `path`.
    ///
    /// - Parameter isPrivate: whether only this user may read it.
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
    /// Several messages, each on a line of its own.
    static func lines(_ messages: [LocalizedText]) -> LocalizedText {
        LocalizedText(
            zh: messages.map(\.zh).joined(separator: "\n"), en: messages.map(\.en).joined(separator: "\n"))
    }

    /// A file, or standard output, that could not be written.
    static func cannotWrite(_ path: String?, _ code: Int32) -> LocalizedText {
        let reason = String(cString: strerror(code))
        guard let path else {
            return LocalizedText(zh: "结果无法写出：\(reason)。", en: "The results could not be written: \(reason).")
        }
        return LocalizedText(zh: "无法写入 \(path)：\(reason)。", en: "\(path) cannot be written: \(reason).")
    }
}
