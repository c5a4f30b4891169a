import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("Several videos in one entry")
struct FileRoleTests {
    private typealias Sample = FileSampleText

    @Test("a contest without `files` has the main video alone, and writes no `files`")
    func mainOnly() throws {
        let contest = try Sample.contest()
        #expect(contest.roles == [.main])
        #expect(contest.rules(of: "main").count == contest.rules.count)
        let wire = String(decoding: try WireJSON.data(contest), as: UTF8.self)
        #expect(!wire.contains("\"files\"") && !wire.contains("\"attachments\"") && !wire.contains("\"of\""))
    }

    @Test("the main video comes first, with the label that the file gives it")
    func order() throws {
        let contest = try Sample.contest(
            "files:", Sample.preview, "  - {name: main, label: {zh: 成片, en: Film}}")
        #expect(
            contest.roles == [
                FileRole(name: "main", label: LocalizedText(zh: "成片", en: "Film"), isRequired: true),
                FileRole(
                    name: "preview", label: LocalizedText(zh: "预告片", en: "Trailer"), isRequired: true, clause: "另附预告片"),
            ])
    }

    @Test("`files` and the `of` of a rule change the digest of a contest")
    func digest() throws {
        func digest(_ text: String) throws -> String { try ContestFile.load(text, file: "test.yaml").digest }
        let rule = "id: length, kind: duration, max: 60s"
        let digests = try [
            digest(Sample.text()), digest(Sample.videos(rule)), digest(Sample.videos("\(rule), of: preview")),
            digest(Sample.videos("\(rule), of: [main, preview]")),
        ]
        #expect(Set(digests).count == 4)
    }

    @Test(
        "`of` names roles, the word of the kind, or both in any order",
        arguments: [
            ("kind: duration, max: 60s", ["main"], "displayed"), ("kind: duration, max: 60s, of: main", ["main"], ""),
            ("kind: duration, max: 60s, of: preview", ["preview"], ""),
            ("kind: duration, max: 60s, of: [preview, main]", ["main", "preview"], ""),
            ("kind: resolution, shortSide: 720, of: preview", ["preview"], "displayed"),
            ("kind: resolution, shortSide: 720, of: stored", ["main"], "stored"),
            ("kind: resolution, shortSide: 720, of: [stored, preview]", ["preview"], "stored"),
            ("kind: resolution, shortSide: 720, of: [main, preview, stored]", ["main", "preview"], "stored"),
            ("kind: person, of: preview", ["preview"], ""),
        ])
    func of(rule: String, roles: [String], basis: String) throws {
        let text = Sample.videos("id: one-more, \(rule)")
        let read = try #require(try ContestFile.load(text, file: "test.yaml").rules.last)
        #expect(read.roles == roles)
        if case .measured(let kind) = read.kind, let resolution = kind as? ResolutionRule {
            #expect(resolution.basis.rawValue == basis)
        }
    }

    @Test("`of` of a bit rate keeps the word of the kind beside a role")
    func bitRate() throws {
        let text = Sample.videos("id: one-more, kind: bit-rate, max: 8Mbit/s, of: [audio, preview]")
        let read = try #require(try ContestFile.load(text, file: "test.yaml").rules.last)
        guard case .measured(let kind) = read.kind else { return }
        #expect((kind as? BitRateRule)?.subject == .audio)
        #expect(read.roles == ["preview"])
    }

    @Test(
        "A mistake in `of` is reported with its line",
        arguments: [
            ("kind: duration, max: 60s, of: trailer", "of", "one of main, preview"),
            ("kind: duration, max: 60s, of: preveiw", "of", "did you mean \"preview\"?"),
            ("kind: duration, max: 60s, of: stored", "of", "one of main, preview"),
            ("kind: duration, max: 60s, of: []", "of", "at least one item"),
            ("kind: duration, max: 60s, of: [main, main]", "of[1]", "listed twice"),
            ("kind: resolution, shortSide: 720, of: shown", "of", "one of main, preview, displayed, stored"),
            ("kind: resolution, shortSide: 720, of: [displayed, stored]", "of", "only one of displayed, stored"),
            ("kind: unique-media, of: preview", "of", "about the whole entry"),
        ])
    func mistakes(rule: String, key: String, fragment: String) {
        Mistake(rule, Sample.videos("id: one-more, \(rule)"), (8, "rules[1].\(key)", fragment)).check()
    }

    @Test("a role that `files` does not list is refused")
    func unlisted() {
        let rule = "  - {id: one-more, kind: duration, max: 60s, of: preview, level: required, clause: 原文}"
        Mistake(rule, Sample.text(rule), (8, "rules[1].of", "list other videos under files first")).check()
    }

    @Test("no rule has the id of the findings about videos that are missing")
    func reservedID() throws {
        Mistake("files", Sample.videos("id: files, kind: has-audio"), (8, "rules[1].id", "choose another")).check()
        _ = try ContestFile.load(Sample.videos("id: attachments, kind: has-audio"), file: "test.yaml")
    }

    private static func file(_ role: String, _ key: String, _ fragment: String) -> Mistake {
        let text = FileSampleText.text("files:", FileSampleText.preview, "  - {\(role)}")
        return Mistake(role, text, (10, key.isEmpty ? "files[1]" : "files[1].\(key)", fragment))
    }

    @Test(
        "A mistake in `files` is reported with its line",
        arguments: [
            file("name: preview, label: {zh: 样片, en: Sample}, required: true, clause: 原文", "name", "another video"),
            file("name: teaser, label: {zh: 预告片, en: Teaser}, required: true, clause: 原文", "label", "another video"),
            file("name: teaser, label: {zh: 片花, en: PREVIEW}, required: true, clause: 原文", "label", "another video"),
            file("name: stored, label: {zh: 片花, en: Teaser}, required: true, clause: 原文", "name", "another meaning"),
            file("name: Teaser, label: {zh: 片花, en: Teaser}, required: true, clause: 原文", "name", "hyphens"),
            file("name: teaser, label: {zh: 片花, en: Teaser}, clause: 原文", "required", "missing"),
            file("name: teaser, label: {zh: 片花, en: Teaser}, required: true", "clause", "missing"),
            file("name: teaser, required: true, clause: 原文", "label", "missing"),
            file("name: main, label: {zh: 成片, en: Film}, required: false", "required", "always required"),
            file(
                "name: teaser, label: {zh: 片花, en: Teaser}, required: true, clause: 原文, max: 1MB", "max", "unknown key"),
            Mistake("none", FileSampleText.text("files: []"), (8, "files", "at least one item")),
        ])
    func fileMistakes(mistake: Mistake) { mistake.check() }

    @Test("`files` and `attachments` are keys of schema 2")
    func firstSchema() {
        let text = SampleContest.text + "files: []\nattachments: []\n"
        Mistake("first", text, (34, "files", "to use it"), (35, "attachments", "to use it")).check()
    }

    @Test("general rules are about every video, and a rule of the same id replaces one for its videos")
    func general() throws {
        let text = Sample.videos(
            "id: black, kind: black, longest: 2s, of: preview",
            "id: freeze, kind: freeze, longest: 5s, of: [main, preview]")
        let contest = try ContestFile.load(text, file: "test.yaml")
        #expect(contest.rules.filter { $0.id == "readable" }.map(\.roles) == [["main", "preview"]])
        #expect(contest.rules.filter { $0.id == "black" }.map(\.roles) == [["main"], ["preview"]])
        #expect(contest.rules.filter { $0.id == "freeze" }.map(\.roles) == [["main", "preview"]])
        #expect(
            contest.rules(of: "preview").map(\.id).sorted() == contest.rules(of: "preview").map(\.id).uniqued.sorted())
        #expect(contest.rules(of: "main").contains { $0.id == "format" })
        #expect(!contest.rules(of: "preview").contains { $0.id == "format" })
    }

    @Test("every video needs a required rule `readable`")
    func readable() {
        let text = Sample.videos("id: readable, kind: readable, of: preview").replacing(
            "level: required, clause: 原文", with: "level: encouraged, clause: 原文")
        #expect(
            problems(of: text).map(\.message.en) == [
                "a required rule of kind readable of preview is missing; without it an unreadable file would not be refused"
            ])
    }

    @Test("rules of different videos may contradict each other, and thresholds differ; rules of one video may not")
    func agreement() throws {
        let shapes = ["id: a, kind: aspect-ratio, allowed: [\"16:9\"]", "id: b, kind: resolution, sizes: [1080x1920]"]
        _ = try ContestFile.load(Sample.videos(shapes[0], shapes[1] + ", of: preview"), file: "test.yaml")
        #expect(problems(of: Sample.videos(shapes[0], shapes[1])).map(\.key) == ["rules"])
        let black = ["id: black, kind: black, longest: 2s", "id: dark, kind: black, longest: 5s, darkness: 5%"]
        _ = try ContestFile.load(
            Sample.videos(black[0], black[1] + ", of: main").replacing("id: dark", with: "id: black2")
                .replacing("longest: 2s", with: "longest: 2s, of: preview").replacing(
                    "darkness: 5%", with: "area: 98%"), file: "t")
    }

    @Test("a report judges the rules of its video, and names the role unless it is the main one")
    func report() throws {
        let text = Sample.videos(
            "id: length, kind: duration, max: 60s", "id: short, kind: duration, max: 10s, of: preview")
        let contest = try ContestFile.load(text, file: "test.yaml")
        func report(_ role: String) -> Report {
            Report(
                id: "1", createdAt: "2026-01-01T00:00:00Z", contest: contest.judging(role),
                media: MediaReference(filename: nil, bytes: 1, sha256: nil),
                outcome: .unread(ProbeError(.notMedia, LocalizedText(zh: "不是视频", en: "No video."))),
                tool: ToolVersions(clipcheck: "1", ffmpeg: [:]))
        }
        let (main, preview) = (report("main"), report("preview"))
        #expect(main.role == nil && preview.role == "preview")
        #expect(main.findings.map(\.rule).suffix(2) == ["format", "length"])
        #expect(preview.findings.map(\.rule).last == "short")
        #expect(preview.findings.contains { $0.rule == "readable" && $0.outcome == .fail })
        #expect(!String(decoding: try WireJSON.data(main), as: UTF8.self).contains("\"role\""))
        let copy = try JSONDecoder().decode(Report.self, from: try WireJSON.data(preview))
        #expect(copy == preview)
    }

    @Test("depth and thresholds are those of the rules of one video")
    func depth() throws {
        let contest = try Sample.contest(
            "  - {id: black, kind: black, longest: 2s, darkness: 5%, of: preview, level: required, clause: 原文}",
            "general: none", "files:", Sample.preview)
        #expect(contest.depth == .quick && contest.depth(of: "preview") == .standard)
        #expect(contest.judging("preview").depth == .standard && contest.judging("preview").digest == contest.digest)
        #expect(contest.thresholds == .usual && contest.thresholds(of: "preview") != .usual)
        #expect(contest.measurements(of: "preview").isSuperset(of: [.header]))
    }

    @Test("a required video that was not sent is a failure; the main one and optional ones are not")
    func missing() throws {
        let contest = try Sample.contest(
            "files:", Sample.preview, "  - {name: teaser, label: {zh: 片花, en: Teaser}, required: false, clause: 可附}")
        #expect(contest.missingFileFindings(["main", "preview"]) == [])
        let finding = try #require(contest.missingFileFindings([]).first)
        #expect(contest.missingFileFindings([]).count == 1)
        #expect((finding.rule, finding.field, finding.outcome) == ("files", "preview", .fail))
        #expect(finding.reason == "missing" && finding.clause == "另附预告片")
        #expect(
            finding.message == LocalizedText(zh: "缺少视频“预告片”，请补交。", en: "The video \"Trailer\" is missing: send it."))
    }
}

extension [String] {
    /// The texts without repetitions.
    fileprivate var uniqued: [String] { Array(Set(self)) }
}
