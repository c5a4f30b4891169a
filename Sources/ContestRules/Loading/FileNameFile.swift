internal import MediaFacts

/// The `pattern` of a `file-name` rule in a contest file.
enum FileNameFile {
    /// The template under `pattern`; nil when there is none or it holds a mistake, which is reported.
    static func template(_ parameters: ParameterReader) -> FileNameTemplate? {
        guard let text = parameters.text("pattern") else { return nil }
        do { return try FileNameTemplate(text) } catch {
            report(parameters, error.message)
            return nil
        }
    }

    /// Reports every part of a pattern that is neither a field of the form nor a known name, and every part whose values no
    /// file name can hold. Called when all rules are read, because the form may stand behind the rule.
    static func checkParts(_ read: [(section: ParameterReader, rule: Rule)]) {
        let admissions = read.compactMap { section, rule -> (section: ParameterReader, rule: any AdmissionRule)? in
            if case .admission(let kind) = rule.kind { (section, kind) } else { nil }
        }
        let form = admissions.lazy.compactMap { $0.rule as? FormRule }.first
        for (section, rule) in admissions {
            guard let template = (rule as? FileNameRule)?.template else { continue }
            for name in template.names { check(name, form, section) }
        }
    }

    private static func check(_ name: String, _ form: FormRule?, _ section: ParameterReader) {
        if let field = form?.fields.first(where: { $0.name == name }) {
            guard [.url, .email, .file].contains(field.kind) else { return }
            report(
                section,
                LocalizedText(
                    zh: "字段“\(name)”的类型为 \(field.kind.rawValue)，其内容不能写在文件名中，请删除这一部分",
                    en: "the field \"\(name)\" of kind \(field.kind.rawValue) cannot stand in a file name; leave it out"
                ))
            return
        }
        let names = FileNamePattern.knownNames.map(\.name)
        guard !names.contains(name) else { return }
        let fields = form?.fields.map(\.name) ?? []
        let meant = form?.field(name)?.name ?? known(label: name) ?? Spelling.nearest(to: name, among: fields + names)
        let known = Wording.list((fields + names.filter { !fields.contains($0) }))
        report(
            section,
            LocalizedText(
                zh: "“{\(name)}”既不是表单字段，也不是已知的名称"
                    + (meant.map { "，是否想写“{\($0)}”？" } ?? "；可用的名称：\(known.zh)"),
                en: "{\(name)} is neither a field of the form nor a known name"
                    + (meant.map { "; did you mean {\($0)}?" } ?? "; known names: \(known.en)")))
    }

    private static func known(label: String) -> String? {
        FileNamePattern.knownNames.first { [$0.label.zh, $0.label.en].contains(label) }?.name
    }

    private static func report(_ section: ParameterReader, _ message: LocalizedText) {
        section.report("pattern", message.zh, message.en)
    }
}
