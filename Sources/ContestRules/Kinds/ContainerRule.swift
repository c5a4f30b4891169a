internal import MediaFacts

/// The container, judged by content, is one of the listed families.
struct ContainerRule: MeasuredRule {
    static let kind = "container"
    /// Families that are allowed; at least one.
    var allowed: [ContainerFamily]
    /// What any other family is worth.
    var others: Others

    /// What a value outside a list is worth.
    enum Others: String, Encodable, CaseIterable {
        /// The list is closed.
        case fail
        /// The notice leaves the list open (等): a person decides.
        case review
    }

    init(allowed: [ContainerFamily], others: Others = .fail) {
        self.allowed = allowed
        self.others = others
    }

    init(_ parameters: ParameterReader) {
        let names = ContainerFamily.known.map(\.rawValue)
        let shape = Wording.list(names)
        allowed =
            parameters.list(
                "allowed", isRequired: true,
                shape: LocalizedText(zh: "以下之一：\(shape.zh)", en: "one of \(shape.en)")
            ) { names.contains($0) ? ContainerFamily(rawValue: $0) : nil } ?? []
        others = parameters.others() ?? .fail
    }

    func judge(_ facts: MediaFacts) -> Judgement {
        let family = facts.container.family.rawValue
        let list = Wording.list(allowed.map(\.rawValue))
        if allowed.contains(facts.container.family) {
            return Judgement(
                .pass, required: list.en, measured: family,
                message: LocalizedText(zh: "文件格式为 \(family)，符合要求。", en: "The format is \(family), as required."))
        }
        switch others {
        case .fail:
            return Judgement(
                .fail, required: list.en, measured: family,
                message: LocalizedText(
                    zh: "文件格式（按内容判断）为 \(family)，要求 \(list.zh)。请用软件另存或导出为要求的格式，改扩展名不起作用。",
                    en: "The format (by content) is \(family); \(list.en) is required. Export it in such a format; "
                        + "renaming the file does not convert it."))
        case .review:
            return Judgement(
                .review, reason: "open-list", required: "\(list.en), …", measured: family,
                message: LocalizedText(
                    zh: "文件格式（按内容判断）为 \(family)，通知列出 \(list.zh)等，未排除其他格式，请人工确认。",
                    en: "The format (by content) is \(family); the notice lists \(list.en) \"and so on\". "
                        + "A person decides."))
        }
    }
}

extension ContainerRule: Encodable {
    private enum CodingKeys: String, CodingKey { case allowed, others }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(allowed, forKey: .allowed)
        try values.encode(others, forKey: .others)
    }
}

extension ParameterReader {
    /// The key `others`: whether a list is closed (`fail`) or open (`review`).
    func others() -> ContainerRule.Others? {
        value("others", shape: LocalizedText(zh: " fail 或 review", en: "fail or review")) {
            ContainerRule.Others(rawValue: $0)
        }
    }
}
