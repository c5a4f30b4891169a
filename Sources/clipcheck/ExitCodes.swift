import ArgumentParser
import ContestRules
import EntryIntake
import MediaFacts
import Reporting

/// The exit codes of every command. No other table of exit codes exists.
enum Exit {
    /// `check`: at least one file is non-compliant. `probe`: at least one file could not be parsed as media. `db
    /// check`: at least one fault was found.
    static let nonCompliant = ExitCode(1)
    /// `healthcheck`: the service is not ready, or does not answer. Source: Docker's `HEALTHCHECK`, which reserves 2.
    static let notReady = ExitCode(1)
    /// `check`: no file is non-compliant, but at least one needs review.
    static let needsReview = ExitCode(2)
    /// `check --fail-on advisory`: every file complies, but at least one does not meet a rule that is only encouraged.
    static let advised = ExitCode(3)
    /// Unknown flag, contest or format; an invalid contest file. Source: sysexits.h `EX_USAGE`.
    static let usage = ExitCode(64)
    /// An input does not exist or cannot be opened. Source: sysexits.h `EX_NOINPUT`.
    static let noInput = ExitCode(66)
    /// The program or the machine failed, not the input. Source: sysexits.h `EX_SOFTWARE`.
    static let failure = ExitCode(70)

    /// The exit code of an error that kept a file from being judged.
    static func code(_ error: IntakeError) -> ExitCode {
        switch error.code {
        case .fileMissing, .fileNotPermitted, .fileNotRegular, .fileChanged: noInput
        case .contestUnknown, .keyUnknown: usage
        default: failure
        }
    }

    /// The exit code of a run of `check`: 70 wins over 66, and then 66 over 1, 1 over 2, 2 over 3.
    ///
    /// - Parameters:
    ///   - errors: the errors of the files that could not be judged. Any of them makes the code 70 or 66.
    ///   - failOn: the mildest result that fails the run; milder results give 0.
    static func code(_ tally: Tally, errors: [IntakeError], failOn: FailOn = .needsReview) -> ExitCode {
        let codes = errors.map(code)
        if codes.contains(failure) { return failure }
        if !codes.isEmpty { return noInput }
        if tally.nonCompliant > 0 { return nonCompliant }
        if tally.needsReview > 0, failOn != .nonCompliant { return needsReview }
        return tally.advised > 0 && failOn == .advisory ? advised : .success
    }
}
