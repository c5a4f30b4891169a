import ContestRules
import EntryIntake
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

/// Fixed reports: fixed facts, judged by built-in contests.
enum SampleReports {
    /// 1920×1080, 150 s, without sound: complies with the contest of 2019 and has two `advisory` findings.
    static func compliant() throws -> Report {
        try report("xinhua-credit-cup-2019", .facts(.sample(hasAudio: false)), filename: "作品.mp4")
    }

    /// Landscape, mirrored and too short: breaks three rules of the contest of 2024 and leaves one to a person.
    static func nonCompliant() throws -> Report {
        let mirrored = PictureOrientation(clockwiseDegrees: 0, mirrored: true)
        let facts = MediaFacts.sample(
            duration: .milliseconds(61_040), declared: .seconds(61), bytes: 2_230_393, orientation: mirrored,
            frameRate: Ratio(30_000, 1001))
        return try report("xian-2024", .facts(facts), filename: "short.mp4")
    }

    /// The report on a file that could not be read.
    static func unread(_ code: ProbeError.Code, zh: String, en: String) throws -> Report {
        try report("weifang-2023", .unread(ProbeError(code, LocalizedText(zh: zh, en: en))), filename: "x.mp4")
    }

    /// A report in which every text from the file and about it is `text`.
    static func hostile(_ text: String) throws -> Report {
        let both = LocalizedText(zh: text, en: text)
        var report = try nonCompliant()
        (report.id, report.createdAt) = (text, text)
        (report.contest.id, report.contest.digest) = (text, text)
        (report.media.filename, report.media.sha256) = (text, text)
        report.facts?.container.family = ContainerFamily(rawValue: text)
        report.facts?.video?.codec = text
        report.facts?.audio?.codec = text
        report.tool.clipcheck = text
        for index in report.findings.indices {
            (report.findings[index].rule, report.findings[index].clause) = (text, text)
            (report.findings[index].required, report.findings[index].measured) = (text, text)
            (report.findings[index].name, report.findings[index].message) = (both, both)
        }
        let evidence = Evidence(kind: text, value: text, note: both)
        report.checklist = [ChecklistItem(rule: text, name: both, level: .required, clause: text, evidence: [evidence])]
        return report
    }

    private static func report(_ contest: String, _ outcome: ProbeOutcome, filename: String) throws -> Report {
        Report(
            id: "00000000-0000-4000-8000-000000000001", createdAt: "2026-11-21T09:00:00+08:00",
            contest: try #require(BuiltInContests.contest(contest)).withoutContent,
            media: MediaReference(filename: filename, bytes: outcome.facts?.bytes ?? 0, sha256: nil), outcome: outcome,
            tool: ToolVersions(clipcheck: "0.1.0", ffmpeg: ["libavformat": "59.27.100"]))
    }
}

extension Finding {
    /// A finding with this outcome, rule and name; its other values are fixed.
    static func of(_ outcome: Outcome, rule: String, name: LocalizedText? = nil) -> Finding {
        var finding = Finding(
            Rule(id: rule, level: .required, clause: "原文", kind: .person(PersonRule())),
            Judgement(outcome, message: LocalizedText(zh: "说明。", en: "Words.")))
        finding.name = name
        return finding
    }
}
