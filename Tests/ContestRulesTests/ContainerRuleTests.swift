import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("container")
struct ContainerRuleTests {
    private let closed = ContainerRule(allowed: [.mp4, .mov])
    private let open = ContainerRule(allowed: [.avi, .mpegPS, .mpegTS, .mpegES, .mp4, .mov], others: .review)

    @Test("with a closed list fails every other family", arguments: ContainerFamily.known)
    func closedList(family: ContainerFamily) {
        let judgement = closed.judge(.sample(family: family))
        judgement.expect(
            [.mp4, .mov].contains(family) ? .pass : .fail, zh: [family.rawValue], en: [family.rawValue])
        #expect(judgement.measured == family.rawValue)
        #expect(judgement.required == "mp4, mov")
    }

    @Test("with an open list leaves every other family to a person", arguments: ContainerFamily.known)
    func openList(family: ContainerFamily) {
        let isListed = ["avi", "mpeg-ps", "mpeg-ts", "mpeg-es", "mp4", "mov"].contains(family.rawValue)
        let judgement = open.judge(.sample(family: family))
        judgement.expect(
            isListed ? .pass : .review, isListed ? nil : "open-list", zh: [family.rawValue], en: [family.rawValue])
        #expect(judgement.measured == family.rawValue)
    }

    @Test("treats a family of later versions like any other")
    func laterFamily() {
        let facts = MediaFacts.sample(family: ContainerFamily(rawValue: "holo"))
        closed.judge(facts).expect(.fail, zh: ["holo"], en: ["holo"])
        open.judge(facts).expect(.review, "open-list", zh: ["holo"], en: ["holo"])
    }

    @Test("says what it is, what it may be, and that renaming does not help")
    func messages() {
        closed.judge(.sample(family: .matroska)).expect(
            .fail, zh: ["matroska", "要求 mp4、mov", "改扩展名不起作用"], en: ["matroska", "mp4, mov is required", "renaming"])
        open.judge(.sample(family: .flv)).expect(
            .review, "open-list", zh: ["flv", "avi、mpeg-ps", "人工确认"], en: ["flv", "avi, mpeg-ps", "A person decides"])
    }

    @Test("needs no picture")
    func soundOnly() {
        #expect(closed.judge(.soundOnly).outcome == .pass)
    }

    @Test("that is only encouraged advises, and still leaves an open list to a person")
    func encouraged() {
        #expect(closed.finding(.sample(family: .avi), .encouraged).outcome == .advisory)
        #expect(open.finding(.sample(family: .flv), .encouraged).outcome == .review)
    }
}
