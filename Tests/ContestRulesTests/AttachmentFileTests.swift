import MediaFacts
import Testing

@testable import ContestRules

@Suite("The attachments in a contest file")
struct AttachmentFileTests {
    private static let poster = "name: poster, label: {zh: 海报, en: Poster}, required: true, clause: 附海报"
    private static let form =
        "  - {name: form, label: {zh: 报名表, en: Form}, kinds: [pdf, docx], required: false, clause: 附表}"

    private static func text(_ attachment: String) -> String {
        FileSampleText.text("attachments:", form, "  - {\(attachment)}")
    }

    private static func mistake(_ attachment: String, _ key: String, _ fragment: String) -> Mistake {
        Mistake(attachment, text(attachment), (10, "attachments[1].\(key)", fragment))
    }

    @Test("attachments are read with their kinds, limits and clause")
    func read() throws {
        let contest = try FileSampleText.contest("attachments:", Self.form, FileSampleText.poster)
        #expect(
            contest.attachments == [
                AttachmentRule(
                    name: "form", label: LocalizedText(zh: "报名表", en: "Form"), kinds: [.pdf, .docx], isRequired: false,
                    clause: "附表"),
                AttachmentRule(
                    name: "poster", label: LocalizedText(zh: "海报", en: "Poster"), kinds: [.image], isRequired: true,
                    largest: 10_000_000, smallestPicture: PictureSize(width: 800, height: 600),
                    shapes: [PictureShape(try #require(Ratio(3, 4)))], clause: "附海报"),
            ])
    }

    @Test("attachments are part of the wire form and of the digest; limits that are not set are left out")
    func wire() throws {
        let contest = try FileSampleText.contest("attachments:", Self.form, FileSampleText.poster)
        let wire = String(decoding: try WireJSON.data(contest.attachments), as: UTF8.self)
        #expect(
            wire
                == #"[{"clause":"附表","kinds":["pdf","docx"],"label":{"en":"Form","zh":"报名表"},"name":"form","required":false},"#
                + #"{"clause":"附海报","kinds":["image"],"label":{"en":"Poster","zh":"海报"},"maxBytes":10000000,"#
                + #""min":"800x600","name":"poster","ratio":["3:4"],"required":true}]"#)
        #expect(try contest.digest != FileSampleText.contest("attachments:", Self.form).digest)
        #expect(try contest.digest != FileSampleText.contest().digest)
    }

    @Test(
        "A mistake in an attachment is reported with its line",
        arguments: [
            mistake("\(poster), kinds: [imge]", "kinds[0]", "did you mean \"image\"?"),
            mistake("\(poster), kinds: [word]", "kinds[0]", "did you mean \"docx\"?"),
            mistake("\(poster), kinds: [图片]", "kinds[0]", "did you mean \"image\"?"),
            mistake("\(poster), kinds: [PDF]", "kinds[0]", "did you mean \"pdf\"?"),
            mistake("\(poster), kinds: [spreadsheet]", "kinds[0]", "one of pdf, image, docx, srt, any"),
            mistake("\(poster), kinds: [image, image]", "kinds[1]", "listed twice"),
            mistake("\(poster), kinds: []", "kinds", "at least one item"),
            mistake(poster, "kinds", "missing"), mistake("\(poster), kinds: [any, pdf]", "kinds", "any includes"),
            mistake("\(poster), kinds: [pdf], min: 800x600", "min", "only pictures have min"),
            mistake("\(poster), kinds: [pdf], ratio: [\"3:4\"]", "ratio", "only pictures have ratio"),
            mistake("\(poster), kinds: [any], min: 800x600", "min", "only pictures have min"),
            mistake("\(poster), kinds: [image], min: 0x600", "min", "a picture size"),
            mistake("\(poster), kinds: [image], min: 1080P", "min", "short side"),
            mistake("\(poster), kinds: [image], ratio: [\"3:0\"]", "ratio[0]", "a picture ratio"),
            mistake("\(poster), kinds: [image], max: 0MB", "max", "above zero"),
            mistake("\(poster), kinds: [image], max: 10", "max", ""),
            mistake("\(poster), kinds: [image], maximum: 10MB", "maximum", "unknown key"),
            mistake(
                "name: form, label: {zh: 表, en: Table}, kinds: [pdf], required: true, clause: 附", "name",
                "another video"),
            mistake(
                "name: b, label: {zh: 报名表, en: B}, kinds: [pdf], required: true, clause: 附", "label", "another video"),
            mistake("name: B, label: {zh: 表, en: B}, kinds: [pdf], required: true, clause: 附", "name", "hyphens"),
            mistake("name: b, label: {zh: 表}, kinds: [pdf], required: true, clause: 附", "label.en", "missing"),
            mistake("name: b, label: {zh: 表, en: B}, kinds: [pdf], clause: 附", "required", "missing"),
            mistake("name: b, label: {zh: 表, en: B}, kinds: [pdf], required: true", "clause", "missing"),
            mistake(
                "name: main, label: {zh: 表, en: B}, kinds: [pdf], required: true, clause: 附", "name", "another video"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("a contest has at most 100 attachments")
    func most() throws {
        let lines = (0...100).map {
            "  - {name: a\($0), label: {zh: 甲\($0), en: A \($0)}, kinds: [any], required: false, clause: 附}"
        }
        _ = try FileSampleText.contest("attachments:", lines.dropLast().joined(separator: "\n"))
        let text = FileSampleText.text("attachments:", lines.joined(separator: "\n"))
        #expect(problems(of: text).map(\.message.en) == ["lists more than 100 attachments"])
    }
}
