internal import ContestRules
internal import MediaFacts

/// One line for people about one finding, or about several findings that end the same way for the same reason.
struct JoinedFindings: Sendable, Hashable {
    /// One or more findings. Several findings have different rules and the same outcome, reason and message.
    let findings: [Finding]

    /// The finding whose outcome, reason and message all findings share.
    var first: Finding { findings[0] }

    /// Whether the line stands for several findings.
    var isJoined: Bool { findings.count > 1 }

    /// Joins findings with the same outcome, reason and message. A line stands where its first finding stood.
    ///
    /// A finding that passed, that names no reason or that is about a form field stays alone, and so does a second
    /// finding of one rule.
    static func joining(_ findings: [Finding]) -> [JoinedFindings] {
        var lines: [[Finding]] = []
        var places: [Finding.Cause: Int] = [:]
        for finding in findings {
            let cause = finding.cause
            if let place = cause.flatMap({ places[$0] }), !lines[place].contains(where: { $0.rule == finding.rule }) {
                lines[place].append(finding)
            } else {
                if let cause { places[cause] = lines.count }
                lines.append([finding])
            }
        }
        return lines.map(JoinedFindings.init)
    }
}

extension [JoinedFindings] {
    /// The lines in their order, each with whether a renderer quotes a clause below it. A line of several findings
    /// quotes none. Of consecutive lines of one rule and clause only the last quotes the clause.
    var withQuotes: [(line: JoinedFindings, quotes: Bool)] {
        enumerated().map { index, line in
            guard !line.isJoined else { return (line, false) }
            let next = index + 1 < count && !self[index + 1].isJoined ? self[index + 1].first : nil
            return (line, next?.rule != line.first.rule || next?.clause != line.first.clause)
        }
    }
}

extension Finding {
    /// The values by which findings are joined.
    fileprivate struct Cause: Hashable {
        var outcome: Outcome
        var reason: String
        var message: LocalizedText
    }

    /// The values by which this finding is joined with others; nil for a finding that stays alone.
    fileprivate var cause: Cause? {
        guard outcome != .pass, field == nil, let reason else { return nil }
        return Cause(outcome: outcome, reason: reason, message: message)
    }
}
