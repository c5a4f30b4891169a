import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("unique-media")
struct UniqueMediaRuleTests {
    private static func judge(earlier: Int = 0, later: Int = 0, hasMedia: Bool = true) throws -> Judgement {
        let judgements = UniqueMediaRule().judge(
            Submission(hasMedia: hasMedia, earlierHolders: earlier, laterHolders: later), in: .admitting())
        #expect(judgements.count == 1)
        return try #require(judgements.first)
    }

    @Test("`UniqueMediaRule` leaves an entry to a person when earlier ones hold its file", arguments: [1, 3])
    func earlier(count: Int) throws {
        try Self.judge().expect(.pass)
        let judgement = try Self.judge(earlier: count, later: 7)
        judgement.expect(.review, "same-file", zh: ["完全相同", "人工确认"], en: ["very same file", "A person decides"])
        #expect(judgement.measured == "\(count)")
    }

    @Test("`UniqueMediaRule` passes the first entry with a file, and hints at the later ones", arguments: [1, 3])
    func later(count: Int) throws {
        let judgement = try Self.judge(later: count)
        judgement.expect(.pass, "sent-again", zh: ["最先提交"], en: ["the first with its file"])
        #expect(judgement.measured == "\(count)")
    }

    @Test("waits for the media")
    func pending() throws {
        try Self.judge(hasMedia: false).expect(.pending, "no-media")
    }
}

@Suite("file-name")
struct FileNameRuleTests {
    private static func finding(_ name: String?, hasMedia: Bool = true) throws -> Finding {
        let findings = Contest.admitting(FileNameRule(), level: .encouraged).admission(
            of: Submission(filename: name, hasMedia: hasMedia))
        #expect(findings.count == 1)
        return try #require(findings.first)
    }

    @Test("advises, without repeating the name")
    func outcomes() throws {
        #expect(try Self.finding("张三（诚信公司）+守信+13800138000.mp4").outcome == .pass)
        let misfit = try Self.finding("王小明的作品13800138000.mp4")
        #expect(misfit.outcome == .advisory && misfit.reason == "file-name")
        #expect(misfit.message.zh.contains(FileNameConvention.form) && misfit.message.en.contains("Rename"))
        #expect(!"\(misfit)".contains("王小明") && !"\(misfit)".contains("13800138000"))
    }

    @Test(
        "`FileNameRule` leaves a name with unreadable bytes undetermined, also where the rest has the required form",
        arguments: ["张三（诚信公司）+[D7][C2]+13800138000.mp4", "[FF].mp4", "[80]"])
    func unreadable(name: String) throws {
        let finding = try Self.finding(name)
        #expect(finding.outcome == .undetermined && finding.reason == "unreadable-name")
        #expect(finding.message.en.contains("UTF-8") && finding.message.zh.contains("UTF-8"))
    }

    @Test(
        "`FileNameRule` reads brackets that stand for no unreadable byte as text",
        arguments: ["张三（诚信公司）+[HD]守信+13800138000.mp4", "张三（诚信公司）+守信[7F]+13800138000.mp4"])
    func brackets(name: String) throws { #expect(try Self.finding(name).outcome == .pass) }

    @Test("is not known of a file without a name, nor before there is one")
    func missing() throws {
        #expect(try Self.finding(nil).outcome == .undetermined)
        #expect(try Self.finding(nil, hasMedia: false).outcome == .pending)
        #expect(try Self.finding("作品.mp4", hasMedia: false).outcome == .advisory)
    }
}

@Suite("Admission")
struct AdmissionTests {
    private static let kinds: [any AdmissionRule] = [
        FormRule(fields: [
            .of(.text, "title"), .of(.duration, "duration", tolerance: .seconds(1)), .of(.phone, "phone"),
        ]),
        WindowRule(), UniqueMediaRule(), FileNameRule(),
    ]
    private static let contest = Contest.admitting(kinds[0], kinds[1], kinds[2], kinds[3])

    @Test("finds in the order of the rules, with their clauses")
    func order() {
        let findings = Self.contest.admission(of: Submission(fields: ["title": "守信", "duration": "x"]))
        #expect(findings.map(\.rule) == ["form", "form", "window", "unique-media", "file-name"])
        #expect(findings.map(\.field) == ["duration", "phone", nil, nil, nil])
        #expect(findings.allSatisfy { $0.clause == "通知原文" && $0.level == .required })
    }

    @Test("of a submission that is well passes every rule once")
    func well() throws {
        let submission = Submission(
            fields: ["title": "守信", "duration": "2:30", "phone": "13800138000"],
            receivedMilliseconds: 1_775_000_000_000, filename: "张三+守信+13800138000.mp4", duration: .seconds(150),
            hasMedia: true)
        let findings = Self.contest.admission(of: submission)
        #expect(findings.map(\.outcome) == [.pass, .pass, .pass, .pass])
        #expect(findings.allSatisfy { $0.message.zh.isChinese && !$0.message.en.isChinese })
        #expect(Self.contest.admission(of: submission) == findings)
    }

    @Test("passes nothing of a submission of which nothing is known", arguments: kinds.indices)
    func nothing(index: Int) {
        let judgements = Self.kinds[index].judge(Submission(), in: Self.contest)
        #expect(!judgements.isEmpty && judgements.allSatisfy { $0.outcome != .pass })
        for judgement in judgements { judgement.expectWords() }
    }

    @Test("repeats nothing personal, whatever is sent")
    func privacy() {
        let form = FormRule(
            fields: FormField.Kind.allCases.map { .of($0, $0.rawValue, choices: ["甲"], personal: true) })
        let contest = Contest.admitting(form, FileNameRule())
        let fields = Dictionary(uniqueKeysWithValues: form.fields.map { ($0.name, "秘密13800138000@x") })
        let findings = contest.admission(
            of: Submission(fields: fields.merging(["标签text": "另一个秘密"]) { $1 }, filename: "秘密13800138000.mp4"))
        #expect(findings.count == 9)
        #expect(!"\(findings)".contains("秘密") && !"\(findings)".contains("1380"))
    }

    @Test("is no part of a report, and has nothing measured")
    func noReport() throws {
        #expect(Self.contest.measurements == [.header])
        let outcome = ProbeOutcome.facts(.sample())
        #expect(Self.contest.findings(for: outcome).isEmpty && Self.contest.checklist(for: outcome).isEmpty)
        for contest in BuiltInContests.all {
            var bare = contest
            bare = bare.with(rules: bare.rules.filter { if case .admission = $0.kind { false } else { true } })
            #expect(bare.rules.count < contest.rules.count)
            #expect(bare.findings(for: outcome) == contest.findings(for: outcome))
            #expect(bare.checklist(for: outcome) == contest.checklist(for: outcome))
            #expect(bare.measurements == contest.measurements)
        }
    }

    @Test("is written with its field, and read from before there were fields")
    func wire() throws {
        let finding = try #require(Self.contest.admission(of: Submission()).first)
        let text = String(decoding: try WireJSON.data(finding), as: UTF8.self)
        #expect(text.contains(#""field":"title""#))
        #expect(try JSONDecoder().decode(Finding.self, from: Data(text.utf8)) == finding)
        let old = text.replacing(#""field":"title","#, with: "")
        #expect(try JSONDecoder().decode(Finding.self, from: Data(old.utf8)).field == nil)
    }

    @Test("lists its rules among those of the contest, with their parameters")
    func rules() throws {
        let text = String(decoding: try WireJSON.data(Self.contest), as: UTF8.self)
        #expect(text.contains(#""kind":"form","level":"required","parameters":{"fields":[{"#))
        for kind in ["window", "unique-media", "file-name"] {
            #expect(text.contains(#""kind":"\#(kind)","level":"required","parameters":{}"#))
        }
        #expect(Self.contest.form?.fields.count == 3)
        #expect(Contest.admitting(WindowRule()).form == nil)
    }
}
