import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import Reporting

/// One run of `check`: works through files and hands the results to every output, to the progress and to the summary.
final class RunSession {
    private var run: CheckRun
    private let batch: Batch
    /// Where the results go.
    let outputs: [any RunOutput]
    private let progress: Progress
    /// The SHA-256 of what was found at a path, and the path as it is shown.
    private var contents: [[UInt8]: (sum: String, path: String)] = [:]
    /// Files that were passed over.
    private var noVideos: Set<[UInt8]> = []
    /// What was counted of each path, where files may be checked again; nil where each is checked once.
    private var counted: [[UInt8]: CheckedFile]?
    /// The paths of `counted` as they came.
    private var order: [[UInt8]] = []

    /// Works that were in the database before, unchanged and changed.
    private var known: (unchanged: Int, changed: Int) = (0, 0)

    /// Outputs whose failure is in the summary.
    private var told: Set<ObjectIdentifier> = []

    /// What the run comes to so far.
    private(set) var summary: RunSummary
    /// Why files could not be judged; of files that are checked again, what came out last.
    var failures: [IntakeError] { counted.map { $0.values.compactMap(\.error) } ?? errors }
    private var errors: [IntakeError] = []

    /// Prepares a run.
    ///
    /// - Parameter isWatching: whether a file may be checked again.
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

    /// Checks `files`; cancelled, it prints what is done and leaves the rest.
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
        switch file.stored {
        case .unchanged: known.unchanged += 1
        case .changed: known.changed += 1
        case .added, nil: break
        }
        if noVideos.remove(found.bytes) != nil { summary.passedOver.removeAll { $0 == shown(found) } }
        let media = file.report.map(\.media)
        contents[found.bytes] = media.flatMap { $0.bytes > 0 ? $0.sha256 : nil }.map { ($0, file.path) }
        for output in outputs where output.wantsAtOnce { output.take(file) }
    }

    private func shown(_ found: FileSearch.Found) -> String { run.works.showsContacts ? found.text : found.masked }

    /// Takes over what a manifest says of files that were not there before.
    func replaceRows(_ joined: ManifestInput.Joined?) {
        guard let joined else { return }
        run.works.rows = joined.rows
    }

    /// Ends every output; the summary then is whole.
    ///
    /// - Parameter missingRows: files that the manifest does not name, told unless they are no videos.
    func finish(_ notes: [RunSummary.Note], missingRows: [(path: [UInt8], note: RunSummary.Note)]) {
        progress.end()
        for file in order.compactMap({ counted?[$0] }) {
            for output in outputs where output.wantsLast { output.take(file) }
        }
        summary.passedOver.sort()
        summary.notes += notes + missingRows.filter { !noVideos.contains($0.path) }.map(\.note) + twinNotes + knownNotes
        summary.endedAt = WallClock.system.now().text
        // Standard output comes last: it tells what became of the files.
        for output in outputs.filter({ $0.path != nil }) + outputs.filter({ $0.path == nil }) {
            tellFailures()
            output.finish(summary)
        }
        tellFailures()
    }

    /// Notes what could not be written, each output once.
    private func tellFailures() {
        summary.notes += outputs.compactMap { output in
            guard let failure = output.failure, told.insert(ObjectIdentifier(output)).inserted else { return nil }
            return RunSummary.Note(output.path ?? "-", failure)
        }
    }

    /// How many works the database had before from the same places.
    private var knownNotes: [RunSummary.Note] {
        guard known.unchanged + known.changed > 0 else { return [] }
        return [
            RunSummary.Note(
                "--store",
                LocalizedText(
                    zh: "数据库中已有来自相同位置的作品：未变 \(known.unchanged) 个，已更新视频或表单 \(known.changed) 个。",
                    en: "works from the same places were in the database before: \(known.unchanged) unchanged, "
                        + "\(known.changed) with a new video or form."))
        ]
    }

    /// Files of one content that a note names beside the first; the table tells the others by their SHA-256.
    private static let mostTwins = 10

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
    /// Why there is no report; nil when there is one.
    fileprivate var error: IntakeError? {
        guard case .failure(let error) = outcome else { return nil }
        return error
    }
}

extension FileSearch.Found {
    /// Size when it was found; 0 when that could not be told.
    var bytesOnDisk: Int64 { stamp?.bytes ?? 0 }
}
