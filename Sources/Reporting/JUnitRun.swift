internal import ContestRules
internal import EntryIntake
public import MediaFacts

/// The results of a run as JUnit XML, which CI services read: a suite for each file, a case for each rule.
///
/// | Outcome | Case |
/// |---|---|
/// | `pass` | passed |
/// | `fail` | `<failure>` |
/// | `undetermined`, `pending` of a required rule | `<error>`: missing data never passes, so it must not look green |
/// | `undetermined`, `pending` of an encouraged rule | `<skipped>`: it never counts in the verdict |
/// | `undetermined` only because the file could not be read or holds no video | `<skipped>`: another case names the cause |
/// | `review` | `<skipped>`: measured, and left to a person; neither green nor a reason to stop |
/// | `advisory` | `<skipped>`: not met, but not required |
/// | no report | a suite with the one case `checked`, an `<error>` |
///
/// The name of a case is the rule's name in the language of the run, followed by the id in parentheses; it is the id alone
/// where the report names no rules. Findings about the submission are in `<system-out>`, because they never count in the verdict. An interrupted run has
/// one more suite at its end, whose case is an `<error>`. Elements, attributes and their order are those that the
/// schemas of Jenkins (xUnit plugin, `junit-10.xsd`) and of Windy Road (`JUnit.xsd`) share. One exception: the root has
/// totals, which only the schema of Jenkins has. The root has no `skipped`, because neither schema has it.
public struct JUnitRun: RunRendering {
    /// Id of the contest: the name of the run and the package of every suite.
    public let contestID: String
    /// Language of the messages.
    public let language: Language
    private let startedAt: String?
    private let words: Words
    private var suites = 0
    private var totals = Counts()

    /// True: the root begins with the totals of all suites.
    public var beginsWithSummary: Bool { true }

    /// Makes a renderer.
    ///
    /// - Parameter startedAt: when the run began, RFC 3339. It is the timestamp of a suite whose file has no report.
    ///   With nil such a suite has no timestamp, which only the schema of Windy Road forbids.
    public init(contestID: String, language: Language, startedAt: String? = nil) {
        self.contestID = contestID
        self.language = language
        self.startedAt = startedAt
        words = Words(language)
    }

    /// The start of the root, with the totals of all pieces; the suite of an interrupted run counts as one error more.
    public mutating func opening(_ summary: RunSummary) -> String {
        if words.interruption(summary) != nil { totals.add("error") }
        let attributes = [("name", contestID)] + totals.attributes.filter { $0.0 != "skipped" } + [("time", "0")]
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites\(XMLText.attributes(attributes))>\n"
    }

    /// The suite of one file.
    public mutating func piece(_ file: CheckedFile) -> String {
        switch file.outcome {
        case .success(let report):
            let cases = report.findings.map { testCase(of: $0, in: report) }
            let properties = [
                ("verdict", report.verdict.rawValue), ("contest", "\(report.contest.id) r\(report.contest.revision)"),
                ("sha256", report.media.sha256 ?? ""), ("clipcheck", report.tool.clipcheck),
            ]
            return suite(file.path, at: report.createdAt, properties, cases, output: told(file))
        case .failure(let error):
            let outcome = Case.Outcome(
                element: "error", type: error.code.rawValue, message: error.message[language], body: "")
            return suite(file.path, at: nil, [], [Case(name: "checked", outcome: outcome)], output: told(file))
        }
    }

    /// The end of the root. The suite that reports an interruption comes before it.
    public mutating func closing(_ summary: RunSummary) -> String {
        let unfinished = words.interruption(summary).map { message in
            let outcome = Case.Outcome(element: "error", type: "interrupted", message: message, body: "")
            return suite("clipcheck", at: nil, [], [Case(name: "complete", outcome: outcome)], output: "")
        }
        return (unfinished ?? "") + "</testsuites>\n"
    }

    private func testCase(of finding: Finding, in report: Report) -> Case {
        let element: String? =
            switch finding.outcome {
            case .pass: nil
            case .fail: "failure"
            case .undetermined where report.merelyFollows(finding): "skipped"
            case .undetermined, .pending: finding.level == .required ? "error" : "skipped"
            case .review, .advisory: "skipped"
            }
        let name = finding.name.map { "\($0[language]) (\(finding.rule))" } ?? finding.rule
        guard let element else { return Case(name: name, outcome: nil) }
        let body = [
            words("原文：", "Clause: ") + finding.clause, finding.required.map { words("要求：", "Required: ") + $0 },
            finding.measured.map { words("实测：", "Measured: ") + $0 },
        ]
        return Case(
            name: name,
            outcome: Case.Outcome(
                element: element, type: finding.outcome.rawValue, message: finding.message[language],
                body: body.compactMap(\.self).joined(separator: "\n")))
    }

    /// The text of `<system-out>`: the report as `TextReport` writes it, then the findings about the submission.
    private func told(_ file: CheckedFile) -> String {
        let names = file.ruleNames
        let submission = (file.work?.findings ?? []).attention.map { finding in
            words("投稿检查：", "Submission: ")
                + "\(names.label(of: finding.rule, in: language)) (\(words.outcome(finding.outcome))) \(finding.message[language])\n"
        }
        return TextReport(language: language, isColoured: false, width: nil).text(file) + submission.joined()
    }
}

extension JUnitRun {
    fileprivate struct Counts {
        var tests = 0
        var byElement: [String: Int] = [:]

        mutating func add(_ element: String?) {
            tests += 1
            if let element { byElement[element, default: 0] += 1 }
        }

        var attributes: [(name: String, value: String)] {
            [
                ("tests", "\(tests)"), ("failures", "\(byElement["failure", default: 0])"),
                ("errors", "\(byElement["error", default: 0])"), ("skipped", "\(byElement["skipped", default: 0])"),
            ]
        }
    }

    fileprivate struct Case {
        var name: String
        var outcome: Outcome?

        struct Outcome {
            var element: String
            var type: String
            var message: String
            var body: String
        }
    }

    private mutating func suite(
        _ path: String, at time: String?, _ properties: [(name: String, value: String)], _ cases: [Case],
        output: String
    ) -> String {
        var counts = Counts()
        for each in cases {
            counts.add(each.outcome?.element)
            totals.add(each.outcome?.element)
        }
        defer { suites += 1 }
        let when =
            (time.flatMap(Self.timestamp) ?? startedAt.flatMap(Self.timestamp)).map { [(name: "timestamp", value: $0)] }
            ?? []
        let attributes =
            [("name", Self.named(path)), ("package", contestID), ("id", "\(suites)"), ("hostname", "localhost")]
            + when + counts.attributes + [("time", "0")]
        let lines = properties.map { property in
            "      <property\(XMLText.attributes([("name", property.name), ("value", property.value)]))/>\n"
        }
        return "  <testsuite\(XMLText.attributes(attributes))>\n    <properties>\n\(lines.joined())    </properties>\n"
            + cases.map { element($0, path: path) }.joined()
            + "    <system-out>\(XMLText.content(output))</system-out>\n    <system-err></system-err>\n  </testsuite>\n"
    }

    /// The `<testcase>` of one case. Its class name is the contest's id, a full stop and the path. Readers take the
    /// text before the last full stop for the package, so each full stop of the path becomes `_`.
    private func element(_ each: Case, path: String) -> String {
        let className = contestID + "." + path.unicodeScalars.map { $0 == "." ? "_" : String($0) }.joined()
        let attributes = XMLText.attributes([("classname", className), ("name", each.name), ("time", "0")])
        guard let outcome = each.outcome else { return "    <testcase\(attributes)/>\n" }
        let inner = XMLText.attributes([("type", outcome.type), ("message", outcome.message)])
        return "    <testcase\(attributes)>\n      <\(outcome.element)\(inner)>"
            + "\(XMLText.content(outcome.body))</\(outcome.element)>\n    </testcase>\n"
    }

    /// The name of a suite, which must not be empty: a path of blanks only is put in quotes.
    private static func named(_ path: String) -> String {
        path.unicodeScalars.allSatisfy { [" ", "\t", "\r", "\n"].contains($0) } ? "\"\(path)\"" : path
    }

    /// The RFC 3339 `time` without fraction and zone, such as `2026-11-21T09:00:00`, as the schema of Windy Road
    /// demands; nil when `time` does not begin so.
    private static func timestamp(_ time: String) -> String? {
        time.prefixMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.asciiOnlyDigits()).map { String($0.0) }
    }
}
