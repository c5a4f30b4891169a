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

    private static func second(_ parameters: String) throws -> ContainerRule {
        try SecondSchema.measured(ContainerRule.self, parameters)
    }

    @Test(
        "A name that people use admits the families that it stands for",
        arguments: [
            ("wmv", ["asf"]), ("WMV", ["asf"]), (".mkv", ["matroska"]), ("mpg", ["mpeg-ps", "mpeg-ts", "mpeg-es"]),
            ("ts", ["mpeg-ts"]), ("f4v", ["mp4", "flv"]), ("m4v", ["mp4"]), ("MP4", ["mp4"]), ("vob", ["mpeg-ps"]),
            ("MPEG、mpg", []),
        ])
    func names(name: String, families: [String]) throws {
        guard !families.isEmpty else {
            return SecondSchema.mistake("container", "allowed: [\(name)]", "allowed[0]", "one of mp4").check()
        }
        let rule = try Self.second("allowed: [\(name)]")
        for family in ContainerFamily.known {
            let passes = families.contains(family.rawValue)
            #expect(rule.judge(.sample(family: family)).outcome == (passes ? .pass : .fail), "\(family.rawValue)")
        }
    }

    @Test("A fail lists the names as the file writes them")
    func namesInMessage() throws {
        let judgement = try Self.second("allowed: [MP4, wmv, mpg]").judge(.sample(family: .matroska))
        judgement.expect(.fail, zh: ["要求 mp4、wmv、mpg"], en: ["mp4, wmv, mpg is required"])
        #expect(judgement.required == "mp4, wmv, mpg")
    }

    @Test(
        "A name that stands twice is reported; two names of one family are not",
        arguments: [
            SecondSchema.mistake("container", "allowed: [mp4, MP4]", "allowed[1]", "listed twice"),
            SecondSchema.mistake("container", "allowed: [wmv, .WMV]", "allowed[1]", "listed twice"),
            SecondSchema.mistake("container", "allowed: [rmvb]", "allowed[0]", "\"rmvb\" is not one of mp4"),
        ])
    func secondSchemaMistakes(mistake: Mistake) { mistake.check() }

    @Test("The JSON has families, and the names of the file where they differ")
    func wire() throws {
        #expect(
            try SecondSchema.wire("container", "allowed: [MP4, mov]") == #"{"allowed":["mp4","mov"],"others":"fail"}"#)
        #expect(
            try SecondSchema.wire("container", "allowed: [f4v, mp4, wmv, asf]")
                == #"{"allowed":["mp4","flv","asf"],"names":["f4v","mp4","wmv","asf"],"others":"fail"}"#)
    }
}
