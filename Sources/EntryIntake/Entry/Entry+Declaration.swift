internal import ContestRules

extension Entry {
    /// What the entry declares, as the measured rules of `contest` read it: from its form, or from the place in which
    /// `check --store` found the category.
    func declaration(in contest: Contest) -> Declaration {
        let declared = contest.declaration(of: fields)
        guard declared.source == nil, let earlier = report?.scope, earlier.source != .form else { return declared }
        let written = earlier.category ?? earlier.unknownCategory
        guard let written, let source = earlier.source else { return declared }
        return contest.declaration(of: fields, category: (written, source))
    }

    /// Takes away a report that `contest` made for another declaration than the entry's present one. The next check makes
    /// the report anew; until then the entry has none.
    mutating func dropReportOfOtherScope(_ contest: Contest) {
        guard let report, report.contest == ContestReference(contest), let scope = report.scope else { return }
        if !scope.saysTheSame(as: declaration(in: contest)) { self.report = nil }
    }
}
