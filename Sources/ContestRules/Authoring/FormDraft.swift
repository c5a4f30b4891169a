internal import MediaFacts

/// The fields of a form by what the notice calls them.
enum FormDraft {
    /// What the notice's words list, `作品名称、联系人、邮箱`: what stands before a colon is the name of the form.
    static func labels(in clause: String) -> [String] {
        let text = HalfWidth.folded(clause)
        let list = text.firstIndex(of: ":").map { text[text.index(after: $0)...] } ?? text[...]
        return InterviewTopic.items(String(list)).map { item in
            var item = item
            while let last = item.last, "等。.".contains(last) { item.removeLast() }
            return item
        }.filter { !$0.isEmpty }
    }

    /// The fields with these labels, all of them required.
    static func fields(_ labels: [String], categories: [String]) -> [YAMLNode] {
        var names: Set<String> = []
        return labels.enumerated().map { index, label in
            let word = words.first { label.contains($0.zh) }
            // The second telephone number cannot have the name of the first one.
            let name = word.flatMap { names.insert($0.name).inserted ? $0.name : nil } ?? "field-\(index + 1)"
            let isPersonal = personal.contains(where: label.contains)
            let asksCategory = word?.name == "category" && !categories.isEmpty
            var field: [(String, YAMLNode)] = [
                ("name", .text(name)), ("label", .map([("zh", .text(label)), ("en", .text(english(label, word)))])),
                ("kind", .text(asksCategory ? "choice" : word?.kind ?? "text")), ("required", .text("true")),
            ]
            if asksCategory { field.append(("choices", .list(categories))) }
            if isPersonal, word?.kind ?? "text" == "text" { field.append(("personal", .text("true"))) }
            return .map(field)
        }
    }

    private static func english(_ label: String, _ word: (zh: String, name: String, en: String, kind: String)?)
        -> String
    {
        guard let word, label == word.zh || label.count <= word.zh.count + 2 else { return label }
        return word.en
    }

    /// Labels of forms; the first one that is part of a label counts.
    private static let words: [(zh: String, name: String, en: String, kind: String)] = [
        ("邮箱", "email", "E-mail", "email"), ("邮件", "email", "E-mail", "email"), ("电话", "phone", "Telephone", "phone"),
        ("手机", "phone", "Mobile", "phone"), ("作品名称", "title", "Title", "text"), ("视频名称", "title", "Title", "text"),
        ("作品类别", "category", "Category", "text"), ("类别", "category", "Category", "text"),
        ("联系人", "contact", "Contact person", "text"), ("作者", "author", "Author", "text"),
        ("参赛者", "entrant", "Entrant", "text"), ("地址", "address", "Address", "text"),
        ("单位", "organisation", "Organisation", "text"),
        ("简介", "synopsis", "Synopsis", "text"),
    ]

    /// Words in labels of fields about a person.
    private static let personal = ["联系人", "姓名", "地址", "身份证", "作者", "参赛者", "负责人", "微信", "QQ"]
}
