/// What the findings of a file add up to.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every required rule is met.
    case compliant
    /// No required rule fails, but a person must look at one, or it is not (yet) measured.
    case needsReview = "needs-review"
    /// A required rule fails.
    case nonCompliant = "non-compliant"

    /// Folds findings; encouraged rules never count.
    public init(_ findings: [Finding]) {
        let outcomes = findings.lazy.filter { $0.level == .required }.map(\.outcome)
        if outcomes.contains(.fail) {
            self = .nonCompliant
        } else {
            self = outcomes.allSatisfy { $0 == .pass } ? .compliant : .needsReview
        }
    }
}
