import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("scan")
struct ScanRuleTests {
    private static func facts(_ scan: ScanType?, _ order: FieldOrder? = nil) -> MediaFacts {
        var facts = MediaFacts.sample()
        facts.video?.signal = VideoSignal(scan: scan, fieldOrder: order)
        return facts
    }

    private static func rule(_ parameters: String) throws -> ScanRule {
        try SecondSchema.measured(ScanRule.self, parameters)
    }

    @Test(
        "A stream of an allowed scan passes, and one of which nothing is known is undetermined",
        arguments: [
            ("[progressive]", .progressive, .pass, nil), ("[progressive]", .interlaced, .fail, "scan"),
            ("[interlaced]", .progressive, .fail, "scan"), ("[interlaced]", .interlaced, .pass, nil),
            ("[progressive, interlaced]", .interlaced, .pass, nil),
            ("[progressive]", nil, .undetermined, "not-measured"),
            ("[progressive, interlaced]", nil, .undetermined, "not-measured"),
        ] as [(String, ScanType?, Finding.Outcome, String?)])
    func scans(allowed: String, scan: ScanType?, outcome: Finding.Outcome, reason: String?) throws {
        try Self.rule("allowed: \(allowed)").judge(Self.facts(scan)).expect(outcome, reason, zh: ["扫描方式"], en: ["scan"])
    }

    @Test(
        "The field order concerns interlaced streams only",
        arguments: [
            (.interlaced, .topFirst, .pass, nil), (.interlaced, .bottomFirst, .fail, "field-order"),
            (.interlaced, nil, .undetermined, "not-measured"), (.progressive, nil, .pass, nil),
            (nil, .topFirst, .undetermined, "not-measured"),
        ] as [(ScanType?, FieldOrder?, Finding.Outcome, String?)])
    func orders(scan: ScanType?, order: FieldOrder?, outcome: Finding.Outcome, reason: String?) throws {
        let rule = try Self.rule("allowed: [progressive, interlaced], fieldOrder: top-first")
        let judgement = rule.judge(Self.facts(scan, order))
        judgement.expect(outcome, reason)
        #expect(judgement.required == "progressive/interlaced, top-first")
    }

    @Test("A fail names the scan, the limit and what to do")
    func message() throws {
        try Self.rule("allowed: [progressive]").judge(Self.facts(.interlaced, .topFirst)).expect(
            .fail, "scan", zh: ["扫描方式为隔行，要求逐行。", "去隔行"],
            en: ["The scan is interlaced; progressive is required.", "Deinterlace"])
        try Self.rule("allowed: [interlaced], fieldOrder: top-first").judge(Self.facts(.interlaced, .bottomFirst))
            .expect(
                .fail, "field-order", zh: ["场序为下场优先，要求上场优先。", "导出设置"],
                en: ["The field order is bottom field first; top field first is required.", "export"])
    }

    @Test("Facts without a signal or without video are undetermined")
    func missing() throws {
        let rule = try Self.rule("allowed: [progressive]")
        rule.judge(.sample()).expect(.undetermined, "not-measured", zh: ["无法确定扫描方式"], en: ["could not be established"])
        rule.judge(.soundOnly).expect(.undetermined, "no-video")
        #expect(rule.measurements == [.header, .packets])
    }

    @Test(
        "Mistakes in the lists are reported",
        arguments: [
            Mistake("scan", SecondSchema.text("scan"), (34, "rules[6].allowed", "missing")),
            SecondSchema.mistake("scan", "allowed: [p]", "allowed[0]", "one of progressive, interlaced"),
            SecondSchema.mistake("scan", "allowed: []", "allowed", "at least one item"),
            SecondSchema.mistake(
                "scan", "allowed: [interlaced], fieldOrder: tff", "fieldOrder", "top-first, bottom-first"),
            SecondSchema.mistake(
                "scan", "allowed: [progressive], fieldOrder: top-first", "fieldOrder", "only interlaced video"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("The JSON has the field order only where it is asked for")
    func wire() throws {
        #expect(try SecondSchema.wire("scan", "allowed: [progressive]") == #"{"allowed":["progressive"]}"#)
        #expect(
            try SecondSchema.wire("scan", "allowed: [interlaced], fieldOrder: bottom-first")
                == #"{"allowed":["interlaced"],"fieldOrder":"bottom-first"}"#)
    }
}
