internal import ContestRules
public import MediaFacts

extension RunSummary {
    /// Checks that were not made because the run decoded less than their rules need. They are a note about the run, not
    /// about each file.
    public struct Undecoded: Sendable, Hashable {
        /// How closely the run looked at the files.
        public var depth: Depth
        /// Number of files with at least one such check.
        public var files: Int
        /// Ids of the rules, in the order of the contest.
        public var rules: [String]
    }

    /// The number of files whose reports leave checks open at one depth, and how many files leave each rule open.
    struct UndecodedCount: Sendable {
        /// Number of files.
        var files = 0
        /// Number of files by the id of the rule.
        var rules: [String: Int] = [:]

        /// Counts a file that leaves `open` open.
        ///
        /// - Parameter sign: -1 takes the file back.
        mutating func add(_ open: Set<String>, _ sign: Int) {
            files += sign
            for rule in open { rules[rule, default: 0] += sign }
        }
    }
}

extension Finding {
    /// Whether the rule has no answer because the check decoded less than the rule needs.
    var isUndecoded: Bool { outcome == .undetermined && reason == Self.notDecoded }
}
