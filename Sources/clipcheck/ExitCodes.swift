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
    /// `check --fail-on advisory`: all comply, but an encouraged rule is not met.
    static let advised = ExitCode(3)
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
        case .contestUnknown, .keyUnknown: usage
        default: failure
        }
    }

    /// The code of a run of `check`: 66 and 70 win over 1, 1 over 2, and 2 over 3.
    ///
    /// - Parameter failOn: what is milder passes.
    static func code(_ tally: Tally, errors: [IntakeError], failOn: FailOn = .needsReview) -> ExitCode {
        let codes = errors.map(code)
        if codes.contains(failure) { return failure }
        if !codes.isEmpty { return noInput }
        if tally.nonCompliant > 0 { return nonCompliant }
        if tally.needsReview > 0, failOn != .nonCompliant { return needsReview }
        return tally.advised > 0 && failOn == .advisory ? advised : .success
    }
}
