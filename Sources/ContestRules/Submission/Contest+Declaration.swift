extension Contest {
    /// Whether a measured rule or a person's item depends on what is declared: the category or a field of the form.
    public var readsDeclaration: Bool { rules.contains { $0.categories != nil } || !declaredFields.isEmpty }

    /// Names of the form's fields that measured rules read.
    var declaredFields: Set<String> {
        rules.reduce(into: []) { names, rule in
            if case .measured(let kind) = rule.kind { names.formUnion(kind.declaredFields) }
        }
    }

    /// What a work declares, as far as this contest's measured rules read it.
    ///
    /// - Parameters:
    ///   - fields: the form as sent; a key is a field's name or one of its labels.
    ///   - category: the category as written elsewhere, with its source. It counts before the form's field `category`;
    ///     a blank one counts as not written.
    public func declaration(
        of fields: [String: String], category: (written: String, source: Declaration.Source)? = nil
    ) -> Declaration {
        var declaration = Declaration(fields: declaredValues(fields))
        let ofForm = value(of: "category", in: fields).map { (written: $0, source: Declaration.Source.form) }
        let named = category.flatMap { HalfWidth.isBlank($0.written) ? nil : $0 } ?? ofForm
        guard let named else { return declaration }
        declaration.source = named.source
        declaration.category = self.category(named.written)
        if declaration.category == nil {
            declaration.unknownCategory = PersonalText.maskingPhones(in: shortened(named.written))
        }
        return declaration
    }

    /// Whether what was sent under `key` is to be protected. Nothing is known of a field that the form does not have, so it
    /// is protected; a category that rules ask for is not.
    public func isPersonal(_ key: String) -> Bool {
        isCategory(key) ? false : form?.isPersonal(key) ?? true
    }

    /// Whether `key` names the category for rules that apply to some categories, and the form has no field for it.
    public func isCategory(_ key: String) -> Bool {
        key == "category" && form?.field(key) == nil && rules.contains { $0.categories != nil }
    }

    /// The category of the contest that `written` names; case, width and white space at the ends do not count. Nil when it
    /// names none.
    public func category(_ written: String) -> String? {
        func key(_ text: String) -> String { HalfWidth.trimmed(HalfWidth.folded(text)).lowercased() }
        let wanted = key(written)
        return categories.first { key($0) == wanted }
    }

    private func declaredValues(_ fields: [String: String]) -> [String: String] {
        declaredFields.reduce(into: [:]) { values, name in values[name] = value(of: name, in: fields) }
    }

    /// What the form says in the field `name`; nil when nothing, or different things under several of its labels.
    private func value(of name: String, in fields: [String: String]) -> String? {
        let keys = form?.field(name)?.keys ?? [name]
        let values = Set(
            fields.filter { keys.contains(HalfWidth.trimmed($0.key)) && !HalfWidth.isBlank($0.value) }
                .map { HalfWidth.trimmed($0.value) })
        return values.count == 1 ? values.first : nil
    }

    private func shortened(_ text: String) -> String {
        let start = HalfWidth.trimmed(text).prefix(40)
        return start.count < text.count ? start + "…" : String(start)
    }
}
