import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import Reporting

/// One run of `check`: checks files and hands each result to every output, to the progress and to the summary.
final class RunSession {
    private var run: CheckRun
    private let batch: Batch
    /// The outputs that the results are written to.
    let outputs: [any RunOutput]
    private let progress: Progress
    /// By the bytes of a path: the SHA-256 of the file found there, and the path as it is shown. Only files with a
    /// digest and at least one byte.
    private var contents: [[UInt8]: (sum: String, path: String)] = [:]
    /// Paths of the files that were passed over, because they are no videos.
    private var noVideos: Set<[UInt8]> = []
    /// Under `--watch`, the newest result of each path, which a later check of the path replaces in the summary; nil
    /// when every file is checked once.
    private var counted: [[UInt8]: CheckedFile]?
    /// The paths of `counted`, in the order in which their first checks ended.
    private var order: [[UInt8]] = []

    /// By the id of an entry: what storing its work did to the entry as it was before the run. An entry that the run
    /// added stays `added` when its file is checked again.
    private var stored: [String: StoredWork] = [:]

    /// Outputs whose failure is already in the summary.
    private var told: Set<ObjectIdentifier> = []

    /// The counts and notes of the run so far.
    private(set) var summary: RunSummary
    /// The errors of files that could not be judged. Under `--watch`, only the newest result of each file counts.
    var failures: [IntakeError] { counted.map { $0.values.compactMap(\.error) } ?? errors }
    private var errors: [IntakeError] = []

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - atOnce: files checked at once.
    ///   - summary: the summary to begin with.
    ///   - isWatching: whether a file may be checked more than once.
    init(
        run: CheckRun, atOnce: Int, outputs: [any RunOutput], progress: Progress, summary: RunSummary,
        isWatching: Bool = false
    ) {
        counted = isWatching ? [:] : nil
        self.run = run
        batch = Batch(atOnce: atOnce)
        self.outputs = outputs
        self.progress = progress
        self.summary = summary
    }

    /// Checks `files`. When the task is cancelled, no further file begins, results that exist are still written, and
    /// the files without one count as unchecked.
    func check(_ files: [FileSearch.Found]) async {
        let left = await batch.run(files.count) { [run, progress] index in
            await run.result(of: files[index]) { progress.look(index, $0) }
        } report: { index, event in
            let found = files[index]
            switch event {
            case .began: progress.begin(index, shown(found))
            case .ended(let result): end(index, found, result)
            case .inTurn(.checked(let file)):
                for output in outputs where !output.wantsAtOnce && !output.wantsLast { output.take(file) }
            case .inTurn(.passedOver): break
            }
        }
        summary.unchecked += left
        summary.isInterrupted = summary.isInterrupted || left > 0
    }

    private func end(_ index: Int, _ found: FileSearch.Found, _ result: CheckRun.Result) {
        guard case .checked(let file) = result else {
            progress.end(index, bytes: found.bytesOnDisk, nil)
            if noVideos.insert(found.bytes).inserted { summary.passedOver.append(shown(found)) }
            return
        }
        progress.end(index, bytes: found.bytesOnDisk, file)
        if let earlier = counted?[found.bytes] { summary.remove(earlier) }
        if counted?.updateValue(file, forKey: found.bytes) == nil { order.append(found.bytes) }
        summary.add(file)
        if let error = file.error, counted == nil { errors.append(error) }
        if let effect = file.stored { note(effect) }
        if noVideos.remove(found.bytes) != nil { summary.passedOver.removeAll { $0 == shown(found) } }
        let media = file.report.map(\.media)
        contents[found.bytes] = media.flatMap { $0.bytes > 0 ? $0.sha256 : nil }.map { ($0, file.path) }
        for output in outputs where output.wantsAtOnce { output.take(file) }
    }

    /// Joins the effect of storing a work to those of earlier checks of its file in this run.
    private func note(_ effect: StoredWork) {
        switch (stored[effect.entry], effect) {
        case (nil, _), (.unchanged, .changed): stored[effect.entry] = effect
        default: break
        }
    }

    private func shown(_ found: FileSearch.Found) -> String { run.works.showsContacts ? found.text : found.masked }

    /// Replaces the rows of the manifest, after it was joined to the files that exist now; nil changes nothing.
    func replaceRows(_ joined: ManifestInput.Joined?) {
        guard let joined else { return }
        run.works.rows = joined.rows
    }

    /// Completes the summary and ends every output.
    ///
    /// - Parameters:
    ///   - notes: notes about the run for the summary.
    ///   - missingRows: files that the manifest does not name, each with its note. A file that was passed over gets
    ///     none.
    func finish(_ notes: [RunSummary.Note], missingRows: [(path: [UInt8], note: RunSummary.Note)]) {
        progress.end()
        for file in order.compactMap({ counted?[$0] }) {
            for output in outputs where output.wantsLast { output.take(file) }
        }
        summary.passedOver.sort()
        summary.notes += notes + missingRows.filter { !noVideos.contains($0.path) }.map(\.note) + twinNotes + knownNotes
        summary.endedAt = WallClock.system.now().text
        // Standard output is ended last, because it reports failures of the output files.
        for output in outputs.filter({ $0.path != nil }) + outputs.filter({ $0.path == nil }) {
            tellFailures()
            output.finish(summary)
        }
        tellFailures()
    }

    /// Adds the failure of each output to the notes of the summary, once.
    private func tellFailures() {
        summary.notes += outputs.compactMap { output in
            guard let failure = output.failure, told.insert(ObjectIdentifier(output)).inserted else { return nil }
            return RunSummary.Note(output.path ?? "-", failure)
        }
    }

    /// The note about works that the database had from the same places before the run; empty when there are none.
    private var knownNotes: [RunSummary.Note] {
        let unchanged = stored.values.count { if case .unchanged = $0 { true } else { false } }
        let changed = stored.values.count { if case .changed = $0 { true } else { false } }
        guard unchanged + changed > 0 else { return [] }
        return [
            RunSummary.Note(
                "--store",
                LocalizedText(
                    zh: "数据库中已有来自相同位置的作品：未变 \(unchanged) 个，已更新视频或表单 \(changed) 个。",
                    en: "works from the same places were in the database before: \(unchanged) unchanged, "
                        + "\(changed) with a new video or form."))
        ]
    }

    /// Most paths that a note about equal files lists after the first one. The tables of results show the others by
    /// their SHA-256.
    private static let mostTwins = 10

    /// A note for each group of files with the same content, from the SHA-256.
    private var twinNotes: [RunSummary.Note] {
        Dictionary(grouping: contents.values, by: \.sum).values.filter { $0.count > 1 }.map { $0.map(\.path).sorted() }
            .sorted { $0[0] < $1[0] }.map { paths in
                let others = paths.dropFirst().prefix(Self.mostTwins).joined(separator: ", ")
                let more = paths.count - 1 - Self.mostTwins
                return RunSummary.Note(
                    paths[0],
                    LocalizedText(
                        zh: "与下列文件内容完全相同，请确认是否重复报送：\(others)" + (more > 0 ? "，另有 \(more) 个" : ""),
                        en: "has the same content as: \(others)" + (more > 0 ? ", and \(more) more" : "")))
            }
    }
}

extension CheckedFile {
    /// The error that kept the file from being judged; nil when the file has a report.
    fileprivate var error: IntakeError? {
        guard case .failure(let error) = outcome else { return nil }
        return error
    }
}

extension FileSearch.Found {
    /// Size of the file when it was found; 0 when the system did not report it.
    var bytesOnDisk: Int64 { stamp?.bytes ?? 0 }
}
