import ContestRules
import MediaFacts
import MediaProbe
import TestSupport
import Testing

/// Every clip of TestMedia gives the facts, errors and verdicts of `expected.json`.
struct TestMediaTests {
    @Test("TestMedia has at least 100 clips, one for every container family and a compliant one for every contest")
    func tableIsThere() {
        #expect(ExpectedClip.all.count >= 100)
        let families = Set(ExpectedClip.all.compactMap { $0.facts["container.family"] })
        for family in ContainerFamily.known where family != .other {
            #expect(families.contains("\"\(family.rawValue)\""), "no clip is \(family.rawValue)")
        }
        for contest in BuiltInContests.all {
            #expect(ExpectedClip.all.contains { $0.contests[contest.id]?.verdict == "compliant" })
        }
    }

    @Test("The facts of a clip, or its error, equal those of expected.json", arguments: ExpectedClip.all)
    func facts(clip: ExpectedClip) throws {
        let file = try #require(ProbedFile(TestMedia.path(clip.file)))
        let outcome = probe(file, Examination([.header, .packets]))
        guard case .facts(let facts) = outcome else {
            if case .unread(let error) = outcome { #expect(error.code.rawValue == clip.error, "\(clip.about)") }
            return
        }
        #expect(clip.error == nil, "\(clip.about)")
        let tree = try JSONTree.of(facts)
        for (path, expected) in clip.facts {
            let found =
                path == "integrity.problems"
                ? JSONTree.text(facts.integrity.problems.map(\.code.rawValue))
                : JSONTree.text(JSONTree.value(path, in: tree))
            #expect(found == expected, "\(path) of \(clip.file): \(clip.about)")
        }
    }

    @Test(
        "The verdict and rules of a clip in every contest equal those of expected.json, and no message contradicts its facts",
        arguments: ExpectedClip.all)
    func verdicts(clip: ExpectedClip) throws {
        let file = try #require(ProbedFile(TestMedia.path(clip.file)))
        // All built-in contests need the same measurements and depth, so one reading serves all.
        let needed = BuiltInContests.all[0]
        let outcome = probe(file, Examination(needed.measurements, depth: needed.depth))
        for contest in BuiltInContests.all {
            #expect((contest.measurements, contest.depth) == (needed.measurements, needed.depth))
            let expected = try #require(clip.contests[contest.id])
            let findings = contest.findings(for: outcome)
            #expect(Verdict(findings).rawValue == expected.verdict, "\(contest.id): \(clip.about)")
            #expect(contradictions(outcome, findings, contest) == [])
            let rules = Dictionary(grouping: findings.filter { $0.outcome != .pass }, by: \.outcome.rawValue)
                .mapValues { $0.map(\.rule).sorted() }
            #expect(rules == expected.rules, "\(contest.id): \(clip.about)")
        }
    }

    private func probe(_ file: ProbedFile, _ examination: Examination) -> ProbeOutcome {
        do throws(ProbeError) {
            return .facts(try InProcessProber.examine(file.media, for: examination, limits: ProbeLimits()).facts)
        } catch {
            return .unread(error)
        }
    }
}
