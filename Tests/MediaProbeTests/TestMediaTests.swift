import ContestRules
import MediaFacts
import MediaProbe
import TestSupport
import Testing

/// Every clip of TestMedia against `expected.json`: facts, errors, and what each built-in contest makes of it.
struct TestMediaTests {
    @Test("there are clips for every family of containers and every contest")
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

    @Test("facts or error are as expected", arguments: ExpectedClip.all)
    func facts(clip: ExpectedClip) throws {
        let file = try #require(ProbedFile(TestMedia.path(clip.file)))
        let outcome = probe(file)
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

    @Test("verdict and rules of every contest are as expected", arguments: ExpectedClip.all)
    func verdicts(clip: ExpectedClip) throws {
        let file = try #require(ProbedFile(TestMedia.path(clip.file)))
        let outcome = probe(file)
        for contest in BuiltInContests.all {
            let expected = try #require(clip.contests[contest.id])
            let findings = contest.findings(for: outcome)
            #expect(Verdict(findings).rawValue == expected.verdict, "\(contest.id): \(clip.about)")
            let rules = Dictionary(grouping: findings.filter { $0.outcome != .pass }, by: \.outcome.rawValue)
                .mapValues { $0.map(\.rule).sorted() }
            #expect(rules == expected.rules, "\(contest.id): \(clip.about)")
        }
    }

    private func probe(_ file: ProbedFile) -> ProbeOutcome {
        do throws(ProbeError) {
            return .facts(try InProcessProber().readFacts(of: file.media, measuring: [.header, .packets]))
        } catch {
            return .unread(error)
        }
    }
}
