import ArgumentParser
import ContestRules
import EntryIntake
import EntryStore
import Foundation
import MediaFacts
import ReportSigning
import Reporting

/// The options of one run of `check`, and its course: find the files, join the manifest's rows to them, check each
/// file, end every output.
struct CheckPlan: Sendable {
    let contest: Contest
    let paths: [PathArgument]
    let search: FileSearch
    let inspector: Inspector
    /// Stores each file with its report in the database; nil when the run has no `--store`.
    let intake: Intake?
    let received: Moment?
    /// Path of the manifest, the organiser's table of works; nil without `--manifest`.
    let manifest: PathArgument?
    /// Where the categories of works come from, beside the manifest.
    let categories: CategoryChoice
    /// Path of the contest's own file; nil for a built-in contest.
    let contestFile: PathArgument?
    let targets: [OutputOptions.Target]
    /// Keys that the JSON of the run is signed with; nil without `--sign-with`.
    let signing: SigningKeyRing?
    let lanes: Int
    let skipsDigest: Bool
    /// How closely each file is examined; nil means as closely as the contest's rules need.
    let depth: Depth?
    let isResumed: Bool
    /// How long a file must stay unchanged before `--watch` checks it; nil without `--watch`: the run then checks the
    /// files that exist and ends.
    let settle: Duration?
    let failOn: FailOn
    let showsContacts: Bool
    let voice: OutputOptions.Voice
    let language: Language

    /// The exit code of a run, and the message that explains it.
    struct Ending: Sendable {
        var code: ExitCode
        /// The message for standard error; nil when the outputs or the notes of the run explain the code already.
        var message: LocalizedText?
    }

    /// Whether the journal of the run keeps still pictures. They take some hundred KB a file, so a run keeps them only
    /// for an HTML page, and only for as many files as such a page shows stills of.
    private func keepsStills(of files: Int) -> Bool {
        files <= HTMLRun.mostFilesWithStills && targets.contains { $0.format == .html }
    }

    /// Runs the check from the search for files to the exit code. When the task is cancelled, the results that exist
    /// are still printed.
    func execute() async -> Ending {
        var files = found()
        if let target = targets.compactMap(\.path).first(where: { isInput($0, among: files) }) {
            let message = LocalizedText(
                zh: "\(target) 是本次检查要读取的文件，不能写入。", en: "\(target) is one of the inputs; it is not overwritten.")
            return Ending(code: Exit.usage, message: message)
        }
        let table: ManifestInput? =
            if let manifest { await ManifestInput(path: manifest, contest: contest) } else { nil }
        let entryFiles = EntryFiles(
            files, contest: contest, manifest: table?.manifest, showsContacts: showsContacts)
        if entryFiles != nil, settle != nil {
            let message = LocalizedText(
                zh: "竞赛 \(contest.id) 有附件或多个视频，不能使用 --watch；请在文件齐全后检查。",
                en:
                    "Contest \(contest.id) has attachments or several videos, which --watch cannot join; check when all "
                    + "files are there.")
            return Ending(code: Exit.usage, message: message)
        }
        files = entryFiles?.checked ?? files
        var joined = table?.join(entryFiles?.mains ?? files, showsContacts: showsContacts)
        let progress = Progress(
            files: settle == nil ? files.count : 0, bytes: files.reduce(0) { $0.addingSaturated($1.bytesOnDisk) },
            language: language,
            isSilent: voice == .quiet)
        let (memory, memoryNotes) = journal()
        var nothing = RunSummary(contest: contest)
        nothing.isResumable = memory != nil
        let works = Works(
            contest: contest, showsContacts: showsContacts, received: received, categories: categories,
            rows: joined?.rows)
        let check = FileCheck(
            contest: contest, inspector: inspector, depth: depth, skipsDigest: skipsDigest, memory: memory,
            keepsStills: keepsStills(of: files.count))
        let session = RunSession(
            run: CheckRun(
                check: check, works: works, entryFiles: entryFiles, intake: intake, received: received),
            atOnce: lanes,
            outputs: outputs(
                isSingle: files.count == 1 && files[0].isNamed && manifest == nil && settle == nil, works.columns,
                progress), progress: progress,
            summary: nothing, isWatching: settle != nil)
        let ticker = Task { await progress.tell() }
        if let settle {
            if voice != .quiet { Output.error.write(watching[language]) }
            await FolderWatch(paths: paths, search: search, settle: settle, table: table, showsContacts: showsContacts)
                .run(session)
            // Notes at the end are about the files that exist then, not about those at the start of the watch.
            files = found()
            joined = table?.join(files, showsContacts: showsContacts)
        } else {
            await session.check(files)
        }
        ticker.cancel()
        session.finish(
            memoryNotes + (joined?.notes ?? []) + (entryFiles?.notes ?? [])
                + NameNotes.notes(on: files, showsContacts: showsContacts),
            missingRows: joined?.missing ?? [])
        tell(session.summary)
        return ending(session, manifest: joined?.failure)
    }

    /// The message that `--watch` prints first; a folder without files would otherwise show no sign that the watch has
    /// begun.
    private var watching: LocalizedText {
        let names = paths.map { TextReport.visible($0.text) }.joined(separator: ", ")
        return LocalizedText(zh: "正在监视 \(names)，按 Ctrl-C 结束。\n", en: "Watching \(names); Ctrl-C ends it.\n")
    }

    /// The files to check. An output file of an earlier run, when it lies in a searched folder, is left out unless its
    /// name ends like a video's.
    private func found() -> [FileSearch.Found] {
        let written = targets.compactMap(\.path).compactMap { path in
            var status = stat()
            return stat(path, &status) == 0 ? status : nil
        }
        return search.files(paths).filter { file in
            file.isNamed || file.hasVideoName || !written.contains(where: file.isSame)
        }
    }

    /// Whether writing to `path` would replace a file that the run reads: a video, the manifest or the contest file.
    /// Files are compared by device and inode, so another name of the same file counts.
    private func isInput(_ path: String, among files: [FileSearch.Found]) -> Bool {
        var target = stat()
        guard stat(path, &target) == 0, target.st_mode & S_IFMT == S_IFREG else { return false }
        let others = [manifest, contestFile].compactMap { $0.map(FileSearch.named) }
        return (files + others).contains { $0.isSame(as: target) }
    }

    /// The journal that makes this run resumable, and the notes about it.
    ///
    /// Only a run over at least one folder, or one with `--resume`, has a journal; a run without digests has none. The
    /// journal is nil when it cannot be opened.
    private func journal() -> ((any ReportMemory)?, [RunSummary.Note]) {
        guard !skipsDigest, isResumed || paths.contains(where: { FileSearch.isFolder($0.cString) }) else {
            return (nil, [])
        }
        let here = FileManager.default.currentDirectoryPath
        let run = [contest.id, here] + paths.map(\.key)
        let journal = ReportJournal(folder: Settings.cacheFolder + "/runs", run: run, isResumed: isResumed)
        guard isResumed else { return (journal, []) }
        let message =
            journal == nil
            ? LocalizedText(
                zh: "无法使用上次的结果（缓存目录不可写，或另一个检查正在使用），已全部重新检查。",
                en:
                    "the last run's results cannot be used (the cache folder cannot be written, or another run is at it); "
                    + "everything was checked anew.")
            : LocalizedText(zh: "没有找到上次的结果，已全部重新检查。", en: "no earlier run was found; everything was checked anew.")
        return (journal, (journal?.count ?? 0) == 0 ? [RunSummary.Note("--resume", message)] : [])
    }

    private func outputs(isSingle: Bool, _ columns: [RunColumn], _ progress: Progress) -> [any RunOutput] {
        targets.map { target in
            if target.format == .xlsx, let path = target.path {
                return WorkbookOutput(
                    path: path, language: language, columns: columns, wantsLast: settle != nil,
                    isPrivate: showsContacts)
            }
            let destination =
                target.path.map { path in
                    // A report with unmasked contacts is readable by its owner only.
                    Output(path: path, isLive: target.format == .ndjson, mode: showsContacts ? 0o600 : 0o644)
                        ?? Output(failure: errno)
                } ?? .standard
            let detail: TextRun.Detail = isSingle || voice == .verbose ? .full : .table
            let report = TextReport(
                language: language, isColoured: destination.isColoured, width: destination.width)
            let rendering: any RunRendering =
                switch target.format {
                case .text, .xlsx: TextRun(report, detail: detail, hasSummary: !isSingle)
                case .json: signing.map { SignedRun(isArray: true, ring: $0) } ?? JSONRun()
                case .ndjson: signing.map { SignedRun(isArray: false, ring: $0) } ?? NDJSONRun()
                case .csv: CSVRun(language: language, columns: columns)
                case .junit: JUnitRun(contestID: contest.id, language: language, startedAt: WallClock.system.now().text)
                case .html: HTMLRun(language: language)
                case .github: GitHubRun(language: language)
                }
            return TextOutput(
                rendering, to: destination, path: target.path, wantsAtOnce: target.format == .ndjson,
                wantsLast: settle != nil && ![.text, .ndjson, .github].contains(target.format),
                summary: RunSummary(contest: contest), progress: progress)
        }
    }

    /// Writes to standard error what no result on standard output says: the quotas and notes, and the summary when
    /// every result goes to a file. Text on standard output holds all of these, so nothing is written beside it.
    private func tell(_ summary: RunSummary) {
        guard voice != .quiet, !targets.contains(where: { $0.format == .text && $0.path == nil }) else { return }
        let text = TextReport(language: language, isColoured: Output.error.isColoured, width: Output.error.width)
        let isSilentOtherwise = !targets.contains { $0.path == nil }
        Output.error.write(
            (isSilentOtherwise ? text.summary(summary) : text.quotas(summary)) + text.notes(summary))
    }

    private func ending(_ session: RunSession, manifest failure: LocalizedText?) -> Ending {
        let summary = session.summary
        let unwritten = session.outputs.compactMap(\.failure)
        if !unwritten.isEmpty {
            // The note about the failed output was not shown under `--quiet`, or was lost with the text on standard
            // output.
            let hasLostText =
                targets.contains { $0.path == nil && $0.format == .text }
                && session.outputs.contains { $0.path == nil && $0.failure != nil }
            return Ending(code: Exit.failure, message: voice == .quiet || hasLostText ? .lines(unwritten) : nil)
        }
        if summary.tally.total == 0, settle == nil, !summary.isInterrupted {
            let globs = search.filter.included.map { " --include '\($0)'" }.joined()
            let hint = globs.isEmpty ? ("", "") : ("（\(globs.dropFirst())）", " (\(globs.dropFirst()))")
            let message = LocalizedText(zh: "没有找到视频文件\(hint.0)。", en: "No video was found\(hint.1).")
            return Ending(code: Exit.noInput, message: message)  // a pipeline that checks nothing must not pass
        }
        let code = Exit.code(summary.tally, errors: session.failures, failOn: failOn)
        guard let failure, code != Exit.failure else { return Ending(code: code) }
        let isUnread = voice == .quiet && !targets.contains { $0.path == nil && $0.format == .text }
        return Ending(code: Exit.noInput, message: isUnread ? failure : nil)
    }
}
