import ArgumentParser
import ContestRules
import EntryIntake
import MediaFacts
import Reporting

/// The exit codes of every command. The only such table.
enum Exit {
    /// `check`: at least one file is non-compliant. `probe`: at least one file could not be parsed as media.
    static let nonCompliant = ExitCode(1)
    /// `check`: none is non-compliant, but at least one needs review.
    static let needsReview = ExitCode(2)
    /// Unknown flag, contest or format; an invalid contest file. Source: sysexits.h `EX_USAGE`.
    static let usage = ExitCode(64)
    /// An input does not exist or cannot be opened. Source: sysexits.h `EX_NOINPUT`.
    static let noInput = ExitCode(66)
    /// Our own failure. Source: sysexits.h `EX_SOFTWARE`.
    static let failure = ExitCode(70)

    /// The code of an error that kept a file from being judged.
    static func code(_ error: IntakeError) -> ExitCode {
        switch error.code {
        case .fileMissing, .fileNotPermitted, .fileNotRegular, .fileChanged: noInput
        case .contestUnknown: usage
        default: failure
        }
    }

    /// The code of a run of `check`: 66 and 70 win over 1, and 1 over 2.
    static func code(_ tally: Tally, errors: [IntakeError]) -> ExitCode {
        let codes = errors.map(code)
        if codes.contains(failure) { return failure }
        if !codes.isEmpty { return noInput }
        if tally.nonCompliant > 0 { return nonCompliant }
        return tally.needsReview > 0 ? needsReview : .success
    }
}
