internal import ContestRules
internal import MediaFacts

extension HTMLRun {
    /// The result of a file: its verdict, or that there is no report.
    enum Standing: String, CaseIterable {
        case nonCompliant = "x"
        case error = "e"
        case needsReview = "q"
        case compliant = "k"

        init(_ file: CheckedFile) {
            switch file.report?.verdict {
            case nil: self = .error
            case .nonCompliant: self = .nonCompliant
            case .needsReview: self = .needsReview
            case .compliant: self = .compliant
            }
        }

        /// Position in the order of severity: 0 for `nonCompliant`, the worst, up to 3 for `compliant`.
        var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

        /// Number of files in `tally` with this result.
        func count(_ tally: Tally) -> Int {
            switch self {
            case .nonCompliant: tally.nonCompliant
            case .error: tally.errors
            case .needsReview: tally.needsReview
            case .compliant: tally.compliant
            }
        }
    }

    /// The result as a sign and a word; the sign distinguishes results in a black and white print, too. Every sign is
    /// in GB 2312, so the fonts of an office computer have it.
    func name(_ standing: Standing) -> String { "\(mark(standing)) \(word(standing))" }

    func word(_ standing: Standing) -> String {
        switch standing {
        case .nonCompliant: words.heading(words.verdict(.nonCompliant))
        case .error: words.heading(words.error)
        case .needsReview: words.heading(words.verdict(.needsReview))
        case .compliant: words.heading(words.verdict(.compliant))
        }
    }

    func mark(_ standing: Standing) -> String {
        switch standing {
        case .nonCompliant: "×"
        case .error: words("！", "!")
        case .needsReview: words("？", "?")
        case .compliant: "√"
        }
    }

    func mark(_ outcome: Finding.Outcome) -> String {
        switch outcome {
        case .pass: "√"
        case .fail: "×"
        case .advisory: "○"
        case .review, .undetermined, .pending: words("？", "?")
        }
    }

    /// The class in the style sheet of an element with this outcome.
    func tone(_ outcome: Finding.Outcome) -> String {
        switch outcome {
        case .pass: "k"
        case .fail: "x"
        case .advisory: "o"
        case .review, .undetermined, .pending: "q"
        }
    }
}
