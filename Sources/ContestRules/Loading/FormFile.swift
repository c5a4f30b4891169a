internal import MediaFacts

/// The `fields` of a form in a contest file.
enum FormFile {
    /// What a submission uses for itself, so that no field could be sent under it.
    static let reservedNames: Set<String> = ["contest", "media"]

    static func fields(_ parameters: ParameterReader) -> [FormField] {
        var keys: Set<String> = []
        return parameters.sections("fields").compactMap { section in
            section.limitFirstSchema(to: FirstSchema.formField)
            defer { section.refuseUnknownKeys() }
            guard let field = field(section) else { return nil }
            for (key, place) in [(field.name, "name"), (field.label.zh, "label"), (field.label.en, "label")] {
                guard keys.contains(key) else { continue }
                section.report(place, "名称“\(key)”已用于另一个字段", "\"\(key)\" is the name or a label of another field")
            }
            keys.formUnion(field.keys)
            return field
        }
    }

    private static func field(_ section: ParameterReader) -> FormField? {
        let name = section.value("name", isRequired: true, shape: nameShape, fieldName)
        let label = section.section("label", isRequired: true).flatMap(label)
        let isRequired = section.flag("required", isRequired: true)
        let kind = section.value(
            "kind", isRequired: true,
            shape: LocalizedText(zh: "以下之一：\(kindNames.zh)", en: "one of \(kindNames.en)")
        ) { FormField.Kind(rawValue: $0) }
        let isPersonal = section.flag("personal")
        guard let kind else {
            section.skip("max", "choices", "others", "tolerance")
            return nil
        }
        let (choices, others) = kind == .choice ? choices(section) : ([], nil)
        let most = kind == .text ? mostCharacters(section) : nil
        let tolerance = kind == .duration ? section.value("tolerance", isRequired: true, .duration) : nil
        if isPersonal == false, kind == .phone || kind == .email {
            section.report(
                "personal", "电话和邮箱总是个人信息，不能写 false", "telephone numbers and e-mail addresses are always personal")
        }
        guard let name, let label, let isRequired else { return nil }
        return FormField(
            name: name, label: label, kind: kind, isRequired: isRequired, mostCharacters: most, choices: choices,
            allowsOtherChoice: others == .review, isPersonal: isPersonal ?? false, tolerance: tolerance ?? .zero)
    }

    private static func choices(_ section: ParameterReader) -> ([String], ContainerRule.Others?) {
        let shape = LocalizedText(zh: "选项名称", en: "a choice")
        let choices = section.list("choices", isRequired: true, shape: shape) { text in
            HalfWidth.isBlank(text) ? nil : HalfWidth.trimmed(text)
        }
        return (choices ?? [], section.others())
    }

    private static func mostCharacters(_ section: ParameterReader) -> Int? {
        section.value("max", shape: LocalizedText(zh: "大于零的整数，单位为字", en: "a whole number of characters above zero")) {
            $0.wholeMatch(of: /[0-9]{1,6}/).flatMap { Int($0.output) }.flatMap { $0 > 0 ? $0 : nil }
        }
    }

    private static func label(_ section: ParameterReader) -> LocalizedText? {
        defer { section.refuseUnknownKeys() }
        let (zh, en) = (section.text("zh", isRequired: true), section.text("en", isRequired: true))
        guard let zh, let en else { return nil }
        let label = LocalizedText(zh: HalfWidth.trimmed(zh), en: HalfWidth.trimmed(en))
        for (key, text) in [("zh", label.zh), ("en", label.en)] where reservedNames.contains(text) {
            section.report(key, "“\(text)”另有用途，不能作为字段名称", "\"\(text)\" has another use and can be no field")
        }
        return label
    }

    private static func fieldName(_ text: String) -> String? {
        let isName = text.count <= 64 && text.wholeMatch(of: /[a-z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)*/) != nil
        return isName && !reservedNames.contains(text) ? text : nil
    }

    private static let nameShape = LocalizedText(
        zh: "以小写字母开头的英文名称，如 title、contact-phone（contest 和 media 另有用途）",
        en: "a name of ASCII letters, digits and hyphens, like title or contact-phone; contest and media are taken")

    private static let kindNames = Wording.list(FormField.Kind.allCases.map(\.rawValue))
}

extension ParameterReader {
    /// The key `key` as true or false.
    func flag(_ key: String, isRequired: Bool = false) -> Bool? {
        value(key, isRequired: isRequired, shape: LocalizedText(zh: " true 或 false", en: "true or false")) { Bool($0) }
    }
}
