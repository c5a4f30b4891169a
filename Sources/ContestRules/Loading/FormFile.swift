internal import MediaFacts

/// The `fields` of a form in a contest file.
enum FormFile {
    /// Keys that every submission has, so that no field can be sent under them.
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
        let kind = section.value("kind", isRequired: true, kinds(in: section.schema))
        let isPersonal = section.flag("personal")
        guard let kind else {
            section.skip("min", "max", "choices", "others", "tolerance", "hosts", "unit", "attachment")
            return nil
        }
        let (choices, others) = kind == .choice ? choices(section) : ([], nil)
        let most = kind == .text ? section.value("max", .characters) : nil
        let tolerance = kind == .duration ? section.value("tolerance", isRequired: true, .duration) : nil
        let limits = limits(kind, most: most, section)
        if isPersonal == false, kind == .phone || kind == .email {
            section.report(
                "personal", "电话和邮箱总是个人信息，不能写 false", "telephone numbers and e-mail addresses are always personal")
        }
        guard let name, let label, let isRequired else { return nil }
        var field = FormField(
            name: name, label: label, kind: kind, isRequired: isRequired, mostCharacters: most, choices: choices,
            allowsOtherChoice: others == .review, isPersonal: isPersonal ?? false, tolerance: tolerance ?? .zero)
        field.limits = limits
        return field
    }

    private static func choices(_ section: ParameterReader) -> ([String], ContainerRule.Others?) {
        let shape = LocalizedText(zh: "选项名称", en: "a choice")
        let choices = section.list("choices", isRequired: true, shape: shape) { text in
            HalfWidth.isBlank(text) ? nil : HalfWidth.trimmed(text)
        }
        return (choices ?? [], section.others())
    }

    /// The limits that `clipcheck.contest/2` adds to a field of `kind`.
    private static func limits(_ kind: FormField.Kind, most: Int?, _ section: ParameterReader) -> FieldLimits {
        var limits = FieldLimits()
        switch kind {
        case .text:
            limits.leastCharacters = section.value("min", .characters)
            requireOrder(limits.leastCharacters, most, section)
        case .url: limits.hosts = section.list("hosts", WebHost.listed) ?? []
        case .number:
            limits.leastNumber = section.value("min", .decimal)
            limits.greatestNumber = section.value("max", .decimal)
            limits.unit = section.value("unit", .unitOfNumber)
            requireOrder(limits.leastNumber, limits.greatestNumber, section)
        case .date:
            limits.firstDate = section.value("min", .date)
            limits.lastDate = section.value("max", .date)
            requireOrder(limits.firstDate, limits.lastDate, section)
        case .file: limits.attachment = attachment(section)
        case .phone, .email, .choice, .duration: break
        }
        return limits
    }

    private static func requireOrder<Value: Comparable>(_ least: Value?, _ most: Value?, _ section: ParameterReader) {
        guard let least, let most, least > most else { return }
        section.report("min", "min 大于 max，任何内容都不符合", "min is above max: nothing could ever pass")
    }

    /// The name of an attachment that the file lists.
    private static func attachment(_ section: ParameterReader) -> String? {
        guard let name = section.text("attachment", isRequired: true) else { return nil }
        guard section.attachments.contains(name) else {
            let known = Wording.list(section.attachments.sorted())
            let hint = Spelling.nearest(to: name, among: section.attachments)
            section.report(
                "attachment",
                "attachments 中没有名为“\(name)”的附件"
                    + (hint.map { "，是否想写“\($0)”？" } ?? (known.zh.isEmpty ? "，请先在文件顶层列出" : "，可用的名称：\(known.zh)")),
                "attachments has no \"\(name)\""
                    + (hint.map { "; did you mean \"\($0)\"?" }
                        ?? (known.en.isEmpty
                            ? "; list it at the top level of the file first" : "; known names: \(known.en)"))
            )
            return nil
        }
        return name
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

    /// The kinds of fields that a file of `schema` may use.
    private static func kinds(in schema: Contest.Schema) -> Notation<FormField.Kind> {
        let first = FormField.Kind.allCases.filter { FirstSchema.fieldKinds.contains($0.rawValue) }
        let names = Wording.list((schema == .first ? first : FormField.Kind.allCases).map(\.rawValue))
        return Notation(
            shape: LocalizedText(zh: "以下之一：\(names.zh)", en: "one of \(names.en)"),
            strict: { text in first.first { $0.rawValue == text } }, usual: { FormField.Kind(rawValue: $0) })
    }
}

extension ParameterReader {
    /// The key `key` as true or false.
    func flag(_ key: String, isRequired: Bool = false) -> Bool? {
        value(key, isRequired: isRequired, shape: LocalizedText(zh: " true 或 false", en: "true or false")) { Bool($0) }
    }
}
