import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import Reporting

/// Checks one file: makes its report, adds what is known of the work, and stores both with `--store`.
struct CheckRun: Sendable {
    let check: FileCheck
    var works: Works
    /// The works of a contest with further videos or attachments; nil for every other contest.
    var entryFiles: EntryFiles?
    /// Stores each file with its report in the database; nil when the run has no `--store`.
    let intake: Intake?
    /// When the files were handed in, for the entries that `intake` stores; nil means now.
    let received: Moment?

    /// The result of one file.
    enum Result: Sendable {
        case checked(CheckedFile)
        /// The file was found in a folder, and neither its name nor its content is that of a video.
        case passedOver
    }

    /// Checks one file.
    ///
    /// An error that kept the file from being judged is a result, too.
    ///
    /// - Parameter progress: called with how much of the file has been decoded.
    /// - Returns: nil when the task was cancelled before the file was judged.
    func result(
        of found: FileSearch.Found, progress: @escaping ExaminationProgress.Handler
    ) async -> Result? {
        let shown = works.showsContacts ? found.text : found.masked
        // A masked path has no raw form: the percent-encoded bytes would show the digits of the telephone number.
        let raw = shown == found.text ? found.rawText : nil
        do {
            let file = try OpenMediaFile(path: found.path, followsLink: found.isNamed)
            let name = found.filename
            let role = entryFiles?.role(of: found)
            let result = try await (role.map(check.judging) ?? check).report(
                on: file, at: found.bytes, named: works.showsContacts ? name : PersonalText.maskingPhones(in: name),
                declared: works.declaration(of: found), progress: progress)
            let report = result.report
            if !found.isNamed, !found.hasVideoName, report.isNotMedia { return .passedOver }
            guard role == nil else {
                return .checked(
                    CheckedFile(
                        path: shown, rawPath: raw, outcome: .success(report), work: nil,
                        isUnchanged: result.isUnchanged,
                        stills: result.stills))
            }
            let ofFiles =
                await entryFiles?.findings(on: found, contest: check.contest, video: report.facts?.duration) ?? []
            let details = works.details(of: found, report, and: ofFiles)
            let stored = try await intake?.store(
                CheckedWork(
                    file, report, showing: result.stills, at: found.place, named: name, fields: details.fields,
                    received: received), contest: check.contest.id)
            return .checked(
                CheckedFile(
                    path: shown, rawPath: raw, outcome: .success(report), work: details.work,
                    isUnchanged: result.isUnchanged, stills: result.stills, stored: stored))
        } catch {
            if error.code == .cancelled { return nil }
            return .checked(
                CheckedFile(
                    path: shown, rawPath: raw, outcome: .failure(error), work: works.details(of: found, nil).work))
        }
    }
}

extension Report {
    /// Whether the file holds no media at all or is empty, as opposed to a damaged video.
    fileprivate var isNotMedia: Bool {
        let nothing = [ProbeError.Code.notMedia, .empty].map(\.rawValue)
        return facts == nil && findings.contains { $0.outcome == .fail && $0.reason.map(nothing.contains) ?? false }
    }
}
