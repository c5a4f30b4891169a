import ContestRules
import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

/// Files with a known property give the expected facts and outcomes at every depth.
///
/// Three folders have the same layout (`files/`, `expected.json`): `truth` beside the corpus, the kinds of clips that
/// `python/make_kind_clips.py` makes on every run, and all kinds, if `make kinds` made them.
@Suite("Truth")
struct TruthTests {
    @Test(
        "Every file of the folder `truth` gives the expected facts and outcomes at every depth",
        .enabled(if: !TruthCase.given.isEmpty, "skipped: there is no folder truth beside CLIPCHECK_CORPUS"),
        arguments: TruthCase.given)
    func given(item: TruthCase) throws { try check(item) }

    @Test(
        "The script `make_kind_clips.py` makes at least 40 clips",
        .disabled(if: TruthCase.all != nil, "all kinds are given"))
    func areMade() { #expect(TruthCase.made.count >= 40) }

    @Test(
        "Every clip of `make_kind_clips.py` gives the expected facts and outcomes at every depth",
        arguments: TruthCase.made)
    func made(item: TruthCase) throws { try check(item) }

    private func check(_ item: TruthCase) throws {
        for depth in Depth.allCases {
            let (findings, outcome) = try item.examine(depth)
            for (rule, wanted) in item.expected.rules where wanted.depths.contains(depth.rawValue) {
                let found = findings.first { $0.rule == rule }
                let isWanted = wanted.outcomes.contains(found?.outcome.rawValue ?? "")
                #expect(isWanted, "\(depth) \(rule): \(item.expected.why)")
            }
            if depth != .quick, let wrong = item.expected.verdictNot {
                #expect(Verdict(findings).rawValue != wrong, "\(depth): \(item.expected.why)")
            }
            try item.compareFacts(outcome, findings, depth)
            let contest = try #require(BuiltInContests.all.first { $0.id == item.expected.contest })
            #expect(contradictions(outcome, findings, contest) == [])
        }
    }
}
