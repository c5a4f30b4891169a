internal import MediaFacts

/// The fields of the form that measured rules read.
enum DeclaredFields {
    /// Reports each rule that reads a field which the form lacks, or which is personal: a report keeps the values that it
    /// was judged by.
    static func check(_ read: [(section: ParameterReader, rule: Rule)]) {
        let forms = read.compactMap { item -> FormRule? in
            guard case .admission(let kind) = item.rule.kind else { return nil }
            return kind as? FormRule
        }
        for (section, rule) in read {
            guard case .measured(let kind) = rule.kind else { continue }
            for name in kind.declaredFields.sorted() { check(name, forms.first, section) }
        }
    }

    private static func check(_ name: String, _ form: FormRule?, _ section: ParameterReader) {
        guard let form else {
            return section.report("declared", "本文件没有 form 规则，没有可比较的字段", "the file has no rule of kind form with fields")
        }
        guard let field = form.fields.first(where: { $0.name == name }) else {
            let names = form.fields.map(\.name)
            let hint = Spelling.nearest(to: name, among: Set(names)) ?? names.joined(separator: ", ")
            return section.report(
                "declared", "表中没有字段“\(name)”，可用：\(hint)", "the form has no field \"\(name)\"; it has: \(hint)")
        }
        guard !field.isPersonal else {
            return section.report(
                "declared", "字段“\(name)”是个人信息，不能写入报告",
                "the field \"\(name)\" is personal and cannot be part of a report")
        }
        guard field.kind == .choice || field.kind == .text else {
            return section.report(
                "declared", "字段“\(name)”应为 choice 或 text", "the field \"\(name)\" must be of kind choice or text")
        }
        let unclear = field.choices.filter { AIUse.isUsed($0) == nil }
        guard unclear.isEmpty else {
            let list = unclear.joined(separator: "、")
            return section.report(
                "declared", "无法识别选项“\(list)”是否表示使用 AI，请用“是”“否”“使用”“未使用”等",
                "the choices \"\(list)\" say neither yes nor no; use 是, 否, yes, no, 使用 or 未使用")
        }
    }
}
