/// What the findings of a file and the items that a person must answer add up to.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every required rule is met.
    case compliant
    /// No required rule fails, but a person must look at one, or one is not (yet) measured.
    case needsReview = "needs-review"
    /// A required rule fails.
    case nonCompliant = "non-compliant"

    /// Folds findings and the checklist; encouraged rules never count, and of the checklist only blocking items do.
    public init(_ findings: [Finding], _ checklist: [ChecklistItem] = []) {
        let outcomes = findings.lazy.filter { $0.level == .required }.map(\.outcome)
        if outcomes.contains(.fail) {
            self = .nonCompliant
        } else {
            let isSettled = outcomes.allSatisfy { $0 == .pass } && !checklist.contains(where: \.isBlocking)
            self = isSettled ? .compliant : .needsReview
        }
    }
}
