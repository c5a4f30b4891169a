import ContestRules
import TestSupport

/// Descriptions of everything in `findings` that contradicts the facts of `outcome`; empty when no facts were read.
func contradictions(_ outcome: ProbeOutcome, _ findings: [Finding], _ contest: Contest) -> [String] {
    outcome.facts.map { MessageCheck($0).contradictions(findings, of: contest) } ?? []
}
