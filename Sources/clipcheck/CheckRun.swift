import ContestRules
import EntryIntake
import MediaFacts
import Reporting

/// Checks many files, some at once, and hands the results on in the order of the files.
struct CheckRun {
    let contest: Contest
    let inspector: Inspector
    /// Keeps each file with its report; nil keeps nothing.
    let intake: Intake?
    /// When the files were handed in, for `intake`; nil means now.
    let received: Moment?
    let skipsDigest: Bool

    /// One file's result, in order.
    enum Result: Sendable {
        case checked(CheckedFile)
        /// Found in a folder, but neither by name nor by content a video.
        case passedOver(String)
    }

    /// Checks `files`, at most `atOnce` at a time. A file's failure never stops the others.
    func check(_ files: [FileSearch.Found], atOnce: Int, _ handle: (Result) -> Void) async {
        await withTaskGroup(of: (Int, Result).self) { group in
            var next = 0
            var waiting: [Int: Result] = [:]
            var toHandOn = 0
            func start() {
                guard next < files.count else { return }
                let index = next
                next += 1
                group.addTask { (index, await self.check(files[index])) }
            }
            for _ in 0..<min(atOnce, files.count) { start() }
            while let (index, result) = await group.next() {
                start()
                waiting[index] = result
                while let ready = waiting.removeValue(forKey: toHandOn) {
                    handle(ready)
                    toHandOn += 1
                }
            }
        }
    }

    private func check(_ found: FileSearch.Found) async -> Result {
        do {
            let file = try OpenMediaFile(path: found.path)
            let report = try await inspector.report(
                on: file, named: found.filename, contest: contest, digest: skipsDigest ? .omitted : .computed)
            if !found.isNamed, !found.hasVideoName, report.isNotMedia { return .passedOver(found.text) }
            if let intake { _ = try await intake.store(file, report, contest: contest.id, received: received) }
            return .checked(CheckedFile(path: found.text, outcome: .success(report)))
        } catch {
            return .checked(CheckedFile(path: found.text, outcome: .failure(error)))
        }
    }
}

extension Report {
    /// Whether nothing in the file is media, as opposed to a damaged video.
    fileprivate var isNotMedia: Bool {
        let nothing = [ProbeError.Code.notMedia, .empty].map(\.rawValue)
        return facts == nil && findings.contains { $0.outcome == .fail && $0.reason.map(nothing.contains) ?? false }
    }
}
