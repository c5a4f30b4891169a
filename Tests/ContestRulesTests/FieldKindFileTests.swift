import MediaFacts
import Testing

@testable import ContestRules

@Suite("Fields of clipcheck.contest/2 in a contest file")
struct FieldKindFileTests {
    private static func mistake(_ parameters: String, _ key: String, _ fragment: String) -> Mistake {
        SecondSchema.mistake(
            "form", "fields: [{name: a, label: {zh: 甲, en: A}, required: true, \(parameters)}]", "fields[0].\(key)",
            fragment)
    }

    @Test(
        "A mistake in a field is told by line and key",
        arguments: [
            mistake("kind: link", "kind", "one of text, phone, email, choice, duration, url, number, date, file"),
            mistake("kind: text, min: 0", "min", "above zero"),
            mistake("kind: text, min: 9, max: 5", "min", "min is above max"),
            mistake("kind: text, hosts: [a.cn]", "hosts", "unknown key"),
            mistake("kind: phone, min: 1", "min", "unknown key"),
            mistake("kind: url, hosts: []", "hosts", "at least one item"),
            mistake("kind: url, hosts: [\"https://a.cn\"]", "hosts[0]", "without https:// and path"),
            mistake("kind: url, hosts: [a.cn/x]", "hosts[0]", "without https:// and path"),
            mistake("kind: url, hosts: [localhost]", "hosts[0]", "name of a site"),
            mistake("kind: url, hosts: [a.cn, A.cn]", "hosts[1]", "listed twice"),
            mistake("kind: url, max: 9", "max", "unknown key"),
            mistake("kind: number, min: 三", "min", "is not a number"),
            mistake("kind: number, min: 5, max: 4.9", "min", "min is above max"),
            mistake("kind: number, max: 5人", "max", "is not a number"),
            mistake("kind: number, unit: 3人", "unit", "without figures"),
            mistake("kind: number, unit: 一二三四五六七八九", "unit", "8 characters"),
            mistake("kind: date, min: 2024-02-30", "min", "a date of the calendar"),
            mistake("kind: date, min: 2024-03-01, max: 2024-02-01", "min", "min is above max"),
            mistake("kind: date, unit: 天", "unit", "unknown key"), mistake("kind: file", "attachment", "missing"),
            mistake("kind: file, attachment: consent", "attachment", "list it at the top level of the file first"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("A field of kind `file` names an attachment of the file's list, and a misspelt name gets a hint")
    func attachments() {
        func found(_ name: String) -> [ContestFileError.Problem] {
            let text = SecondSchema.text(
                "form",
                "fields: [{name: a, label: {zh: 甲, en: A}, required: true, kind: file, attachment: \(name)}]")
            return problems(of: text + "attachments: [{name: consent, kinds: [pdf]}, {name: poster}]\n")
                .filter { $0.key.hasPrefix("rules") }
        }
        #expect(found("consent").isEmpty)
        #expect(found("consnet").map(\.message.en) == ["attachments has no \"consnet\"; did you mean \"consent\"?"])
        #expect(found("photo").map(\.message.en) == ["attachments has no \"photo\"; known names: consent, poster"])
        #expect(found("photo").map(\.message.zh) == ["attachments 中没有名为“photo”的附件，可用的名称：consent、poster"])
    }

    @Test("A kind or a key that schema 1 lacks is refused there", arguments: ["url", "number", "date", "file"])
    func firstSchema(kind: String) {
        func text(_ parameters: String) -> String {
            SampleContest.text(
                rule:
                    "  - {id: form, kind: form, level: required, clause: 表,\n    fields: [{name: a, label: {zh: 甲, en: A}, "
                    + "required: true, \(parameters)}]}")
        }
        Mistake(
            kind, text("kind: \(kind)"),
            (35, "rules[6].fields[0].kind", "choice, duration; schema: clipcheck.contest/2 accepts it")
        ).check()
        Mistake(
            "min", text("kind: text, min: 5"),
            (35, "rules[6].fields[0].min", "unknown key \"min\" in clipcheck.contest/1; to use it")
        ).check()
    }
}
