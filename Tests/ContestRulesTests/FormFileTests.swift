import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// The rules about the submission as a contest file writes them.
@Suite("The form in a contest file")
struct FormFileTests {
    private static let label = "label: {zh: 甲, en: A}"

    /// A form on line 34 whose fields begin on line 35.
    private static func form(_ fields: String...) -> String {
        let lines = ["  - {id: form, kind: form, level: required, clause: 表, fields: ["]
        return SampleContest.text(rule: (lines + fields.map { "      {\($0)}," } + ["    ]}"]).joined(separator: "\n"))
    }

    private static func mistake(_ field: String, _ key: String, _ fragment: String) -> Mistake {
        let place = key.isEmpty ? "rules[6].fields[0]" : "rules[6].fields[0].\(key)"
        return Mistake(field, form(field), (35, place, fragment))
    }

    @Test(
        "A mistake in a form is told by line and key",
        arguments: [
            mistake("\(label), kind: text, required: true", "name", "missing"),
            mistake("name: Title, \(label), kind: text, required: true", "name", "\"Title\" is not a name of ASCII"),
            mistake("name: 标题, \(label), kind: text, required: true", "name", "ASCII"),
            mistake("name: a_b, \(label), kind: text, required: true", "name", "ASCII"),
            mistake("name: media, \(label), kind: text, required: true", "name", "are taken"),
            mistake("name: contest, \(label), kind: text, required: true", "name", "are taken"),
            mistake("name: a, label: {zh: 甲, en: media}, kind: text, required: true", "label.en", "another use"),
            mistake("name: a, kind: text, required: true", "label", "missing"),
            mistake("name: a, label: 甲, kind: text, required: true", "label", "mapping"),
            mistake("name: a, label: {zh: 甲}, kind: text, required: true", "label.en", "missing"),
            mistake("name: a, label: {zh: 甲, en: A, de: A}, kind: text, required: true", "label.de", "unknown key"),
            mistake("name: a, \(label), required: true", "kind", "missing"),
            mistake(
                "name: a, \(label), kind: number, required: true", "kind", "one of text, phone, email, choice, duration"
            ),
            mistake("name: a, \(label), kind: number, required: true, max: 9", "kind", "one of text"),
            mistake("name: a, \(label), kind: text", "required", "missing"),
            mistake("name: a, \(label), kind: text, required: yes", "required", "true or false"),
            mistake(
                "name: a, \(label), kind: text, required: true, requred: true", "requred", "did you mean \"required\""),
            mistake("name: a, \(label), kind: text, required: true, max: 0", "max", "above zero"),
            mistake("name: a, \(label), kind: text, required: true, max: -1", "max", "above zero"),
            mistake("name: a, \(label), kind: text, required: true, max: 100字", "max", "above zero"),
            mistake("name: a, \(label), kind: text, required: true, max: 1000000", "max", "above zero"),
            mistake("name: a, \(label), kind: text, required: true, personal: maybe", "personal", "true or false"),
            mistake("name: a, \(label), kind: phone, required: true, personal: false", "personal", "always personal"),
            mistake("name: a, \(label), kind: email, required: true, personal: false", "personal", "always personal"),
            mistake("name: a, \(label), kind: phone, required: true, max: 11", "max", "unknown key"),
            mistake("name: a, \(label), kind: choice, required: true", "choices", "missing"),
            mistake("name: a, \(label), kind: choice, required: true, choices: []", "choices", "at least one item"),
            mistake("name: a, \(label), kind: choice, required: true, choices: [甲, 甲]", "choices[1]", "listed twice"),
            mistake("name: a, \(label), kind: choice, required: true, choices: [甲, \" \"]", "choices[1]", "a choice"),
            mistake(
                "name: a, \(label), kind: choice, required: true, choices: [甲], others: pass", "others",
                "fail or review"),
            mistake("name: a, \(label), kind: text, required: true, choices: [甲]", "choices", "unknown key"),
            mistake("name: a, \(label), kind: text, required: true, others: review", "others", "unknown key"),
            mistake("name: a, \(label), kind: duration, required: true", "tolerance", "missing"),
            mistake("name: a, \(label), kind: duration, required: true, tolerance: 1", "tolerance", "length with unit"),
            mistake("name: a, \(label), kind: text, required: true, tolerance: 1s", "tolerance", "unknown key"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test(
        "Two fields of a form with one name or label are refused",
        arguments: [
            ("name: a, label: {zh: 乙, en: B}", "name"), ("name: b, label: {zh: 甲, en: B}", "label"),
            ("name: b, label: {zh: 乙, en: A}", "label"), ("name: b, label: {zh: a, en: B}", "label"),
            ("name: b, label: {zh: \" 甲 \", en: B}", "label"),
        ])
    func duplicates(second: String, key: String) {
        let text = Self.form(
            "name: a, \(Self.label), kind: text, required: true", "\(second), kind: text, required: true")
        Mistake(second, text, (36, "rules[6].fields[1].\(key)", "of another field")).check()
    }

    @Test(
        "A form without fields is refused",
        arguments: ["", ", fields: []", ", fields: {}", ", fields: 作品名称", ", fields: [title]"])
    func noFields(fields: String) {
        let found = problems(
            of: SampleContest.text(rule: "  - {id: form, kind: form, level: required, clause: 表\(fields)}"))
        #expect(found.map(\.line) == [34] && found.first?.key.hasPrefix("rules[6].fields") == true)
    }

    @Test(
        "A second rule of one kind about the submission is refused",
        arguments: ["window", "unique-media", "file-name", "form"])
    func onlyOne(kind: String) {
        let fields = kind == "form" ? ", fields: [{name: a, \(Self.label), kind: text, required: true}]" : ""
        let rules = ["a", "b"].map { "  - {id: \($0), kind: \(kind), level: required, clause: 原文\(fields)}" }
        let text = SampleContest.text(rule: rules.joined(separator: "\n"))
        Mistake(kind, text, (35, "rules[7].kind", "one rule of kind \(kind) only")).check()
        #expect(throws: Never.self) { try ContestFile.load(SampleContest.text(rule: rules[0]), file: "t") }
    }

    @Test("A window rule is refused in a contest without a window")
    func window() {
        let rule = "  - {id: window, kind: window, level: required, clause: 截止}"
        let text = SampleContest.text(rule: rule).replacing(/window: \{.*\}\n/, with: "")
        Mistake("no window", text, (33, "rules[6].kind", "no window")).check()
    }

    @Test(
        "A rule about the submission refuses an unknown parameter", arguments: ["window", "unique-media", "file-name"])
    func parameters(kind: String) {
        let text = SampleContest.text(rule: "  - {id: a, kind: \(kind), level: required, clause: 原文, min: 1}")
        Mistake(kind, text, (34, "rules[6].min", "unknown key")).check()
    }

    @Test("A form is loaded whole and written with everything that a portal needs")
    func whole() throws {
        let text = Self.form(
            "name: a, \(Self.label), kind: text, required: false, max: 9, personal: true",
            "name: contact-phone, label: {zh: 电话, en: Phone}, kind: phone, required: true, personal: true",
            "name: mailBox, label: {zh: Email, en: Email}, kind: email, required: true",
            "name: d, label: {zh: 丁, en: D}, kind: choice, required: true, choices: [剧情类, 其他], others: review",
            "name: e, label: {zh: 戊, en: E}, kind: duration, required: true, tolerance: 1500ms")
        let form = try #require(try ContestFile.load(text, file: "t").form)
        #expect(form.fields.map(\.name) == ["a", "contact-phone", "mailBox", "d", "e"])
        #expect(form.fields.map(\.kind) == [.text, .phone, .email, .choice, .duration])
        #expect(form.fields.map(\.isPersonal) == [true, true, true, false, false])
        #expect(form.fields[3].allowsOtherChoice && form.fields[4].tolerance == .milliseconds(1500))
        let written = form.fields.map { (try? WireJSON.data($0)).map { String(decoding: $0, as: UTF8.self) } ?? "" }
        #expect(
            written[0]
                == #"{"choices":null,"kind":"text","label":{"en":"A","zh":"甲"},"maxCharacters":9,"name":"a","others":null,"personal":true,"required":false,"toleranceMilliseconds":null}"#
        )
        #expect(written[3].contains(#""choices":["剧情类","其他"]"#) && written[3].contains(#""others":"review""#))
        #expect(written[4].contains(#""toleranceMilliseconds":1500"#))
    }
}
