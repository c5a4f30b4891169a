import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("container")
struct ContainerRuleTests {
    private let closed = ContainerRule(allowed: [.mp4, .mov])
    private let open = ContainerRule(allowed: [.avi, .mpegPS, .mpegTS, .mpegES, .mp4, .mov], others: .review)

    @Test("`ContainerRule` with a closed list fails every other family", arguments: ContainerFamily.known)
    func closedList(family: ContainerFamily) {
        let judgement = closed.judge(.sample(family: family))
        judgement.expect(
            [.mp4, .mov].contains(family) ? .pass : .fail, zh: [family.rawValue], en: [family.rawValue])
        #expect(judgement.measured == family.rawValue)
        #expect(judgement.required == "mp4, mov")
    }

    @Test("`ContainerRule` with an open list reviews every other family", arguments: ContainerFamily.known)
    func openList(family: ContainerFamily) {
        let isListed = ["avi", "mpeg-ps", "mpeg-ts", "mpeg-es", "mp4", "mov"].contains(family.rawValue)
        let judgement = open.judge(.sample(family: family))
        judgement.expect(
            isListed ? .pass : .review, isListed ? nil : "open-list", zh: [family.rawValue], en: [family.rawValue])
        #expect(judgement.measured == family.rawValue)
    }

    @Test("A family of a later version is judged as one that is not listed")
    func laterFamily() {
        let facts = MediaFacts.sample(family: ContainerFamily(rawValue: "holo"))
        closed.judge(facts).expect(.fail, zh: ["holo"], en: ["holo"])
        open.judge(facts).expect(.review, "open-list", zh: ["holo"], en: ["holo"])
    }

    @Test("A fail names the family, the list and that renaming does not help")
    func messages() {
        closed.judge(.sample(family: .matroska)).expect(
            .fail, zh: ["matroska", "要求 mp4、mov", "改扩展名不起作用"], en: ["matroska", "mp4, mov is required", "renaming"])
        open.judge(.sample(family: .flv)).expect(
            .review, "open-list", zh: ["flv", "avi、mpeg-ps", "人工确认"], en: ["flv", "avi, mpeg-ps", "A person decides"])
    }

    @Test("A file of sound is judged")
    func soundOnly() {
        #expect(closed.judge(.soundOnly).outcome == .pass)
    }

    @Test("An encouraged rule turns a fail into an advisory and keeps a review")
    func encouraged() {
        #expect(closed.finding(.sample(family: .avi), .encouraged).outcome == .advisory)
        #expect(open.finding(.sample(family: .flv), .encouraged).outcome == .review)
    }
}
