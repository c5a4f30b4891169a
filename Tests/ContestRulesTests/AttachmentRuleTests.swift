import MediaFacts
import Testing

@testable import ContestRules

@Suite("AttachmentRule")
struct AttachmentRuleTests {
    private static func rule(
        _ kinds: [AttachmentRule.Kind], required: Bool = true, largest: Int64? = nil, min: PictureSize? = nil,
        shapes: [String] = []
    ) -> AttachmentRule {
        AttachmentRule(
            name: "poster", label: LocalizedText(zh: "海报", en: "Poster"), kinds: kinds, isRequired: required,
            largest: largest, smallestPicture: min,
            shapes: shapes.compactMap { Ratio(text: $0).map { PictureShape($0) } }, clause: "附海报")
    }

    private static func facts(
        _ format: AttachmentFormat, bytes: Int64 = 1000, _ width: Int? = nil, _ height: Int? = nil,
        last: Int64? = nil, cues: Int? = nil, problems: AttachmentProblem...
    ) -> AttachmentFacts {
        AttachmentFacts(
            format: format, bytes: bytes, width: width, height: height,
            subtitles: cues.map {
                SubtitleCues(count: $0, firstMilliseconds: last.map { _ in 0 }, lastMilliseconds: last)
            },
            problems: problems)
    }

    @Test("a missing attachment fails when it is required, and is no finding when it is optional")
    func missing() {
        let judgement = Self.rule([.pdf]).judge(nil, video: nil)
        #expect(judgement?.outcome == .fail && judgement?.reason == "missing" && judgement?.field == "poster")
        #expect(
            judgement?.message
                == LocalizedText(zh: "缺少附件“海报”，请补交PDF 文件。", en: "The attachment \"Poster\" is missing: send a PDF.")
        )
        #expect(Self.rule([.pdf], required: false).judge(nil, video: nil) == nil)
    }

    @Test(
        "`AttachmentRule` accepts the formats of its kinds and no others",
        arguments: [
            ([AttachmentRule.Kind.pdf], [AttachmentFormat.pdf]), ([.image], [.png, .jpeg, .gif, .webp, .bmp, .heic]),
            ([.docx], [.docx]), ([.pdf, .docx], [.pdf, .docx]),
            ([.any], AttachmentFormat.allCases.filter { $0 != .empty }),
        ])
    func kinds(kinds: [AttachmentRule.Kind], formats: [AttachmentFormat]) {
        for format in AttachmentFormat.allCases {
            let judgement = Self.rule(kinds).judge(Self.facts(format, 800, 600), video: .seconds(60))
            let reason = formats.contains(format) ? nil : format == .empty ? "empty" : "wrong-kind"
            #expect(judgement?.reason == reason)
            #expect(judgement?.outcome == (reason == nil ? .pass : .fail))
        }
    }

    @Test("an attachment passes at its largest size and fails one byte above", arguments: [(0, nil), (1, "too-large")])
    func size(more: Int64, reason: String?) {
        let judgement = Self.rule([.pdf], largest: 10_000_000).judge(
            Self.facts(.pdf, bytes: 10_000_000 + more), video: nil)
        #expect(judgement?.reason == reason)
        #expect(judgement?.outcome == (reason == nil ? .pass : .fail))
    }

    @Test(
        "the smallest size of a picture holds in either orientation",
        arguments: [
            (800, 600, nil), (600, 800, nil), (799, 600, "too-small"), (800, 599, "too-small"),
            (599, 4000, "too-small"),
            (700, 700, "too-small"),
        ])
    func smallest(width: Int, height: Int, reason: String?) {
        let rule = Self.rule([.image], min: PictureSize(width: 800, height: 600))
        #expect(rule.judge(Self.facts(.png, width, height), video: nil)?.reason == reason)
    }

    @Test(
        "a shape holds within half a percent, and a turned picture is told so",
        arguments: [
            (300, 400, nil), (3015, 4000, nil), (3016, 4000, "wrong-ratio"), (400, 300, "turned"),
            (1920, 1080, "wrong-ratio"), (1000, 1000, nil),
        ])
    func shapes(width: Int, height: Int, reason: String?) {
        let judgement = Self.rule([.image], shapes: ["3:4", "1:1"]).judge(Self.facts(.jpeg, width, height), video: nil)
        #expect(judgement?.reason == reason)
        #expect(judgement?.outcome == (reason == nil ? .pass : .fail))
    }

    @Test("a picture whose size is unknown is undetermined where the size matters, else for review")
    func unknownSize() {
        let facts = Self.facts(.png, problems: .sizeUnknown)
        #expect(Self.rule([.image], shapes: ["3:4"]).judge(facts, video: nil)?.outcome == .undetermined)
        #expect(Self.rule([.image]).judge(facts, video: nil)?.outcome == .review)
        #expect(Self.rule([.image]).judge(facts, video: nil)?.reason == "size-unknown")
    }

    @Test(
        "subtitles may end up to one second behind the video",
        arguments: [
            (1, 61_000, .seconds(60), Finding.Outcome.pass, nil), (1, 61_001, .seconds(60), .fail, "beyond-video"),
            (0, nil, .seconds(60), .fail, "no-cues"), (1, 1000, nil, .undetermined, "video-length-unknown"),
            (0, nil, nil, .fail, "no-cues"),
        ] as [(Int, Int64?, Duration?, Finding.Outcome, String?)])
    func cues(count: Int, last: Int64?, video: Duration?, outcome: Finding.Outcome, reason: String?) {
        let judgement = Self.rule([.srt]).judge(Self.facts(.srt, last: last, cues: count), video: video)
        #expect(judgement?.outcome == outcome)
        #expect(judgement?.reason == reason)
    }

    @Test(
        "a problem of the file is never a pass, but for overlapping cues",
        arguments: [
            (AttachmentFormat.pdf, AttachmentProblem.damaged, Finding.Outcome.review), (.docx, .zipBomb, .review),
            (.docx, .encrypted, .review), (.pdf, .wrongExtension, .review),
            (.pdf, AttachmentProblem(rawValue: "later"), .review), (.srt, .tooManyCues, .undetermined),
            (.srt, .malformedCue, .review), (.srt, .reversedCue, .review), (.srt, .overlappingCue, .pass),
        ])
    func problems(format: AttachmentFormat, problem: AttachmentProblem, outcome: Finding.Outcome) {
        let facts = Self.facts(format, last: 1000, cues: 1, problems: problem)
        for kinds in [[AttachmentRule.Kind.pdf, .docx, .srt], [.any]] {
            let judgement = Self.rule(kinds).judge(facts, video: .seconds(60))
            #expect(judgement?.outcome == outcome)
            #expect(judgement?.reason == (outcome == .pass ? nil : problem.rawValue))
        }
    }

    @Test("a message names the attachment, what was sent and everything that is wrong; the worst gives the reason")
    func message() {
        let rule = Self.rule([.image], largest: 1_000_000, min: PictureSize(width: 800, height: 600), shapes: ["3:4"])
        let judgement = rule.judge(Self.facts(.jpeg, bytes: 2_500_000, 400, 300, problems: .wrongExtension), video: nil)
        #expect(judgement?.reason == "too-large")
        #expect(judgement?.required == "image, ≤ 1 MB, ≥ 800×600, 3:4")
        #expect(judgement?.measured == "jpeg, 2500000 B, 400×300")
        #expect(
            judgement?.message.zh
                == "附件“海报”：JPEG 图片，400×300，2.5 MB。共 2500000 字节，要求不超过 1 MB，请压缩后提交。"
                + "要求不小于 800×600（横竖不限），请用更大的原图导出，不要放大凑尺寸。横竖方向相反，要求 3:4，请按要求的方向重新制作。扩展名与内容不符，请改正文件名。")
        #expect(
            judgement?.message.en.hasPrefix("Attachment \"Poster\": a JPEG picture, 400×300, 2.5 MB. It has ") == true)
    }

    @Test("a contest's findings name each attachment in `field` and carry its clause")
    func findings() throws {
        let contest = try FileSampleText.contest("attachments:", FileSampleText.poster)
        #expect(contest.attachmentFindings([:], video: nil).map(\.outcome) == [.fail])
        #expect(contest.attachmentFindings([:], unread: ["poster"], video: nil).map(\.outcome) == [.undetermined])
        let findings = contest.attachmentFindings(["poster": Self.facts(.png, 1200, 1600)], video: nil)
        #expect(findings.map(\.field) == ["poster"])
        #expect(findings.map(\.rule) == ["attachments"])
        #expect(findings.map(\.clause) == ["附海报"])
        #expect(findings.map(\.outcome) == [.pass])
        #expect(findings.map(\.level) == [.required])
        #expect(findings[0].message.zh == "附件“海报”：PNG 图片，1200×1600，1 kB，符合要求。")
    }
}
