internal import MediaFacts

/// The `attachments` of a contest file.
enum AttachmentFile {
    /// Most attachments of a contest.
    static let most = 100

    static func attachments(_ root: ParameterReader, _ labels: inout FileLabels) -> [AttachmentRule] {
        guard root.has("attachments") else {
            root.skip("attachments")
            return []
        }
        let read = root.sections("attachments").compactMap { section -> AttachmentRule? in
            defer { section.refuseUnknownKeys() }
            guard let attachment = attachment(section) else { return nil }
            labels.add(attachment.name, attachment.label, section)
            return attachment
        }
        if read.count > most { root.report("attachments", "最多 \(most) 个附件", "lists more than \(most) attachments") }
        return read
    }

    private static func attachment(_ section: ParameterReader) -> AttachmentRule? {
        let name = section.value("name", isRequired: true, shape: ContestFile.idShape, ContestFile.kebabCase)
        let label = section.section("label", isRequired: true).flatMap(ContestFile.localizedText)
        let kinds = section.list("kinds", isRequired: true, .attachmentKind)
        let isRequired = section.flag("required", isRequired: true)
        let largest = section.value("max", .bytes)
        let smallest = section.value("min", .pictureSize)
        let shapes = section.list("ratio", .pictureShape)
        let clause = section.text("clause", isRequired: true)
        section.requireAboveZero(largest, zero: 0, key: "max")
        if let kinds { check(kinds, section) }
        guard let name, let label, let kinds, let isRequired, let clause else { return nil }
        return AttachmentRule(
            name: name, label: label, kinds: kinds, isRequired: isRequired, largest: largest,
            smallestPicture: smallest, shapes: shapes ?? [], clause: clause)
    }

    private static func check(_ kinds: [AttachmentRule.Kind], _ section: ParameterReader) {
        if kinds.contains(.any), kinds.count > 1 {
            section.report(
                "kinds", "any 已包括其他类型，请只写 any 或去掉它", "any includes the others: write any alone, or leave it out")
        }
        guard !kinds.contains(.image) else { return }
        for key in ["min", "ratio"] where section.has(key) {
            section.report(
                key, "只有图片有 \(key)：请在 kinds 中写 image，或去掉 \(key)",
                "only pictures have \(key): add image to kinds, or remove \(key)")
        }
    }
}

extension Notation<AttachmentRule.Kind> {
    /// A kind of attachment. A word of people is refused with the kind that it means.
    static var attachmentKind: Notation {
        let names = Wording.list(AttachmentRule.Kind.allCases.map(\.rawValue))
        return Notation(
            shape: LocalizedText(zh: "以下之一：\(names.zh)", en: "one of \(names.en)"),
            strict: { AttachmentRule.Kind(rawValue: $0) }, usual: { _ in nil },
            doubt: { text in
                meant(by: text.lowercased()).map {
                    LocalizedText(zh: "不是附件类型，是否想写“\($0)”？", en: "is no kind of attachment; did you mean \"\($0)\"?")
                }
            })
    }

    private static func meant(by word: String) -> String? {
        let names = AttachmentRule.Kind.allCases.map(\.rawValue)
        return names.first { $0 == word } ?? words.first { $0.value.contains(word) }?.key.rawValue
            ?? Spelling.nearest(to: word, among: names)
    }

    private static var words: [AttachmentRule.Kind: Set<String>] {
        [
            .image: ["图片", "照片", "海报", "picture", "photo", "jpg", "jpeg", "png", "gif", "webp", "bmp", "heic"],
            .docx: ["word", "doc", "文档", "wps"], .srt: ["字幕", "subtitle", "subtitles"],
            .any: ["任意", "不限", "all", "zip", "rar"],
        ]
    }
}
