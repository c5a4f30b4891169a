import ContestRules
import TestSupport

/// Sentences about everything in `findings` that the facts beside them contradict; empty where nothing was read.
func contradictions(_ outcome: ProbeOutcome, _ findings: [Finding], _ contest: Contest) -> [String] {
    guard case .facts(let facts) = outcome else { return [] }
    let kinds = Dictionary(contest.rules.map { ($0.id, $0.kindName) }) { first, _ in first }
    return findings.flatMap { finding in
        MessageCheck(facts).contradictions(
            kind: kinds[finding.rule] ?? finding.rule,
            Judgement(
                finding.outcome, reason: finding.reason, measured: finding.measured, message: finding.message))
    }
}
