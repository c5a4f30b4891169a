import ContestRules
import TestSupport

/// Descriptions of everything in `findings` that contradicts the facts of `outcome`; empty when no facts were read.
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
