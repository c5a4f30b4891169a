import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import Reporting

/// What becomes of one file: its report, what is known of the work, its entry in the database.
struct CheckRun: Sendable {
    let check: FileCheck
    var works: Works
    /// Keeps each file with its report; nil keeps nothing.
    let intake: Intake?
    /// When the files were handed in, for `intake`; nil means now.
    let received: Moment?

    /// One file's result.
    enum Result: Sendable {
        case checked(CheckedFile)
        /// Found in a folder, but neither by name nor by content a video.
        case passedOver
    }

    /// Checks one file, telling `progress` how far the look at it is; nil when that was cancelled.
    func result(
        of found: FileSearch.Found, progress: @escaping ExaminationProgress.Handler
    ) async -> Result? {
        let shown = works.showsContacts ? found.text : found.masked
        // Digits of a telephone number are readable in the bytes, too.
        let raw = shown == found.text ? found.rawText : nil
        do {
            let file = try OpenMediaFile(path: found.path, followsLink: found.isNamed)
            let name = found.filename
            let result = try await check.report(
                on: file, at: found.bytes, named: works.showsContacts ? name : PersonalText.maskingPhones(in: name),
                progress: progress)
            let report = result.report
            if !found.isNamed, !found.hasVideoName, report.isNotMedia { return .passedOver }
            let details = works.details(of: found, report)
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
    /// Whether nothing in the file is media, as opposed to a damaged video.
    fileprivate var isNotMedia: Bool {
        let nothing = [ProbeError.Code.notMedia, .empty].map(\.rawValue)
        return facts == nil && findings.contains { $0.outcome == .fail && $0.reason.map(nothing.contains) ?? false }
    }
}
