import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("upright")
struct UprightRuleTests {
    private let rule = UprightRule()

    @Test(
        "`UprightRule` passes quarter turns to within 0.5° and reviews every other orientation",
        arguments: [
            (0, false, .pass, nil, "0°"), (90, false, .pass, nil, "90°"), (180, false, .pass, nil, "180°"),
            (270, false, .pass, nil, "270°"), (-90, false, .pass, nil, "270°"), (359.9, false, .pass, nil, "0°"),
            (0.5, false, .pass, nil, "0°"), (90.5, false, .pass, nil, "90°"),
            (0.51, false, .review, "odd-angle", "0.51°"),
            (30, false, .review, "odd-angle", "30°"), (359.4, false, .review, "odd-angle", "359.4°"),
            (-30, false, .review, "odd-angle", "330°"), (0, true, .review, "mirrored", "0° mirrored"),
            (90, true, .review, "mirrored", "90° mirrored"), (30, true, .review, "mirrored", "30° mirrored"),
            (nil, false, .review, "broken-rotation", "?"), (nil, true, .review, "broken-rotation", "?"),
        ] as [(Double?, Bool, Finding.Outcome, String?, String)])
    func orientations(
        degrees: Double?, mirrored: Bool, outcome: Finding.Outcome, reason: String?, measured: String
    ) {
        let judgement = rule.judge(.picture(1920, 1080, degrees: degrees, mirrored: mirrored))
        judgement.expect(outcome, reason)
        #expect(judgement.measured == measured)
    }

    @Test("A review names the angle and the advice")
    func message() {
        rule.judge(.picture(1920, 1080, degrees: 30)).expect(
            .review, "odd-angle", zh: ["30°", "90° 的倍数", "请人工查看"],
            en: ["30°", "multiple of 90°", "Look at the picture"])
        rule.judge(.picture(1920, 1080, mirrored: true)).expect(
            .review, "mirrored", zh: ["镜像", "请人工查看"], en: ["mirrored", "Look at the picture"])
        rule.judge(.picture(1920, 1080, degrees: nil)).expect(
            .review, "broken-rotation", zh: ["损坏", "请人工查看"], en: ["broken", "Look at the picture"])
    }

    @Test("Facts without the picture's size are undetermined")
    func missing() {
        rule.judge(.soundOnly).expect(.undetermined, "no-video")
        // There is video; only its size is unknown.
        rule.judge(.pictureUnknown).expect(.undetermined, "not-measured")
    }

    @Test("An encouraged `UprightRule` still gives a review")
    func encouraged() {
        #expect(rule.finding(.picture(1920, 1080, mirrored: true), .encouraged).outcome == .review)
    }
}
