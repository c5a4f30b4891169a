internal import ContestRules
internal import MediaFacts

extension HTMLRun {
    /// How a file came out: a verdict, or none at all.
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

        /// Worst first.
        var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

        /// How many of a tally came out so.
        func count(_ tally: Tally) -> Int {
            switch self {
            case .nonCompliant: tally.nonCompliant
            case .error: tally.errors
            case .needsReview: tally.needsReview
            case .compliant: tally.compliant
            }
        }
    }

    /// The verdict as a sign, that a black and white print shows too, and a word. Every sign is in GB 2312, which any
    /// office has the letters of.
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

    /// Class of what is so marked.
    func tone(_ outcome: Finding.Outcome) -> String {
        switch outcome {
        case .pass: "k"
        case .fail: "x"
        case .advisory: "o"
        case .review, .undetermined, .pending: "q"
        }
    }
}
