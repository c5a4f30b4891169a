import ContestRules
import EntryIntake
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

@Suite("JUnitRun")
struct JUnitRunTests {
    private static func text(
        _ files: [CheckedFile], _ language: Language = .english, summary: RunSummary? = nil
    ) throws -> String {
        let run = JUnitRun(contestID: "xian-2024", language: language, startedAt: "2026-11-21T09:00:00+08:00")
        return try SampleRun.text(run, files, summary: summary)
    }

    private static func suites(_ files: [CheckedFile]) throws -> [XMLTree.Element] {
        try XMLTree.root(text(files)).children
    }

    private static func hostile(_ text: String) throws -> [CheckedFile] {
        [
            CheckedFile(path: text, outcome: .success(try SampleReports.hostile(text)), work: SampleRun.work(text)),
            CheckedFile(path: text, outcome: .failure(IntakeError(.cancelled, zh: text, en: text))),
        ]
    }

    private static func counts(_ element: XMLTree.Element) -> [Int?] {
        ["tests", "failures", "errors"].map { element.attributes[$0].flatMap { Int($0) } }
    }

    @Test(
        "`JUnitRun` maps each outcome to a case, and no undetermined required rule to a passed one",
        arguments: [
            (Finding.Outcome.pass, Rule.Level.required, nil), (.fail, .required, "failure"),
            (.review, .required, "skipped"),
            (.undetermined, .required, "error"), (.pending, .required, "error"), (.advisory, .encouraged, "skipped"),
            (.review, .encouraged, "skipped"), (.undetermined, .encouraged, "skipped"),
            (.pending, .encouraged, "skipped"),
        ] as [(Finding.Outcome, Rule.Level, String?)])
    func outcomes(outcome: Finding.Outcome, level: Rule.Level, element: String?) throws {
        var report = try SampleReports.compliant()
        report.findings = [.of(outcome, rule: "rule")]
        report.findings[0].level = level
        (report.findings[0].required, report.findings[0].measured) = ("2", "1")
        let suite = try #require(try Self.suites([CheckedFile(path: "夹/a.b.mp4", outcome: .success(report))]).first)
        let testCase = try #require(suite.all("testcase").first)
        #expect(testCase.attributes == ["classname": "xian-2024.夹/a_b_mp4", "name": "rule", "time": "0"])
        #expect(testCase.children.map(\.name) == [element].compactMap(\.self))
        if let child = testCase.children.first {
            #expect(child.attributes == ["type": outcome.rawValue, "message": "Words."])
            #expect(child.text == "Clause: 原文\nRequired: 2\nMeasured: 1")
        }
        for (attribute, name) in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
            #expect(suite.attributes[attribute] == (element == name ? "1" : "0"))
        }
    }

    @Test(
        "`JUnitRun` writes one failing case for a file that could not be read, and skips the others",
        arguments: [(2, "failure"), (3, "error")])
    func unread(index: Int, element: String) throws {
        let suite = try #require(try Self.suites([try SampleRun.files()[index]]).first)
        #expect(suite.all("testcase").filter { $0.children.first?.name == element }.count == 1)
        #expect(suite.all("testcase").filter { $0.children.first?.name == "skipped" }.count == 8)
    }

    @Test("`JUnitRun` writes every required case as an error when no finding names the cause of an unread file")
    func unreadWithoutReason() throws {
        var report = try SampleReports.unread(.timedOut, zh: "超时。", en: "Late.")
        report.findings.removeAll { $0.rule == "readable" }
        let suite = try #require(try Self.suites([CheckedFile(path: "a", outcome: .success(report))]).first)
        let required = report.findings.count { $0.level == .required }
        #expect(Self.counts(suite) == [report.findings.count, 0, required])
        #expect(required > 1)
    }

    @Test("`JUnitRun` writes one case with an error for a file without a report")
    func error() throws {
        let suite = try #require(try Self.suites([try SampleRun.files()[4]]).first)
        #expect(Self.counts(suite) == [1, 0, 1])
        #expect(suite.all("testcase").map { $0.attributes["name"] } == ["checked"])
        let error = try #require(suite.all("testcase").first?.children.first)
        #expect(error.attributes == ["type": "file-missing", "message": "There is no such file. Check the path."])
    }

    @Test("The totals of `JUnitRun` are the sums of its suites, and each suite counts its cases")
    func totals() throws {
        let root = try XMLTree.root(Self.text(SampleRun.files()))
        let sums = (0..<3).map { index in root.children.reduce(0) { $0 + (Self.counts($1)[index] ?? 0) } }
        #expect(Self.counts(root) == sums)
        for suite in root.children {
            func number(_ name: String) -> Int { suite.all("testcase").flatMap(\.children).count { $0.name == name } }
            #expect(Self.counts(suite) == [suite.all("testcase").count, number("failure"), number("error")])
            #expect(suite.attributes["skipped"] == "\(number("skipped"))")
        }
        #expect(root.children.map { $0.attributes["id"] } == root.children.indices.map { "\($0)" })
    }

    @Test("`JUnitRun` adds a suite with an error to an interrupted run")
    func interrupted() throws {
        var summary = try SampleRun.summary([])
        (summary.isInterrupted, summary.unchecked) = (true, 2)
        let root = try XMLTree.root(Self.text([], summary: summary))
        #expect(Self.counts(root) == [1, 0, 1])
        #expect(JUnitSchema.mistakes(root).isEmpty)
        let message = root.children.first?.all("testcase").first?.children.first?.attributes["message"]
        #expect(message == "the run was interrupted, 2 files were not checked")
    }

    @Test("`JUnitRun` writes no timestamp when no time is known")
    func untimed() throws {
        let run = JUnitRun(contestID: "c", language: .chinese)
        let root = try XMLTree.root(SampleRun.text(run, [try SampleRun.files()[4]]))
        #expect(root.children[0].attributes["timestamp"] == nil)
    }

    @Test("`JUnitRun` is valid XML, keeps both schemas and loses no text", arguments: 0..<5)
    func hostile(seed: UInt64) throws {
        let texts = HostileText.texts(seed)
        for language in Language.allCases {
            let root = try XMLTree.root(Self.text(texts.flatMap(Self.hostile) + SampleRun.files(), language))
            let mistakes = JUnitSchema.mistakes(root)
            #expect(mistakes.isEmpty, "\(mistakes.prefix(3))")
            for (index, text) in texts.enumerated() {
                let shown = Self.visible(text)
                let (suite, error) = (root.children[2 * index], root.children[2 * index + 1])
                let name = suite.attributes["name"]
                #expect(
                    name == shown || (name == "\"\(shown)\"" && shown.allSatisfy(\.isWhitespace)),
                    "\(text.debugDescription) \(name.debugDescription)")
                let cases = suite.all("testcase")
                #expect(cases.allSatisfy { $0.attributes["name"] == "\(shown) (\(shown))" })
                #expect(cases.compactMap(\.children.first).allSatisfy { $0.attributes["message"] == shown })
                #expect(cases.compactMap(\.children.first).allSatisfy { $0.text.hasSuffix(shown) })
                #expect(error.all("testcase").first?.children.first?.attributes["message"] == shown)
            }
        }
    }

    private static func visible(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            let isForbidden = scalar.properties.generalCategory == .control && !["\t", "\r", "\n"].contains(scalar)
            return isForbidden || scalar == "\u{fffe}" || scalar == "\u{ffff}" ? "\u{fffd}" : String(scalar)
        }.joined()
    }

    @Test(
        "Python's junitparser reads a `JUnitRun` document",
        .enabled(if: Python.withPackages != nil, "CLIPCHECK_PYTHON is not set"))
    func junitparser() async throws {
        struct Suite: Decodable, Hashable {
            var name: String
            var counts: [Int?]
            var cases: [[String]]
        }
        let script = """
            import json, sys
            from junitparser import JUnitXml
            def case(case): return [case.classname, case.name] + [r._tag + " " + r.message for r in case.result]
            print(json.dumps([
                {"name": s.name, "counts": [s.tests, s.failures, s.errors, s.skipped], "cases": [case(c) for c in s]}
                for s in JUnitXml.fromfile(sys.argv[1])]))
            """
        let files = try SampleRun.files() + HostileText.all.flatMap(Self.hostile)
        let text = try Self.text(files)
        let read: [Suite] = try await Python.read(try #require(Python.withPackages), script, text)
        let expected = try XMLTree.root(text).children.map { suite in
            Suite(
                name: suite.attributes["name", default: ""],
                counts: Self.counts(suite) + [suite.attributes["skipped"].flatMap { Int($0) }],
                cases: suite.all("testcase").map { each in
                    [each.attributes["classname", default: ""], each.attributes["name", default: ""]]
                        + each.children.map { "\($0.name) \($0.attributes["message", default: ""])" }
                })
        }
        #expect(read == expected)
    }

    @Test(
        "xmllint accepts a `JUnitRun` document", .enabled(if: Binary.tool("xmllint") != nil, "no xmllint"),
        arguments: Language.allCases
    )
    func xmllint(language: Language) async throws {
        let files = try SampleRun.files() + HostileText.all.flatMap(Self.hostile)
        let lint = try #require(Binary.tool("xmllint"))
        let (end, printed) = try await Python.run(lint, ["--noout"], try Self.text(files, language))
        #expect(end == .exited(0) && printed.isEmpty, "\(String(decoding: printed, as: UTF8.self))")
    }
}
