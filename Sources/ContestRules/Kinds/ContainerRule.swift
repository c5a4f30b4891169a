internal import MediaFacts

/// The container, judged by content, is one of the listed families.
struct ContainerRule: MeasuredRule {
    static let kind = "container"
    static let title = LocalizedText(zh: "文件格式", en: "File format")
    /// Formats that are allowed, as the file names them; at least one.
    var allowed: [ContainerName]
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
        self.allowed = allowed.map { ContainerName($0) }
        self.others = others
    }

    init(_ parameters: ParameterReader) {
        allowed = parameters.list("allowed", isRequired: true, .container) ?? []
        others = parameters.others() ?? .fail
    }

    func judge(_ facts: MediaFacts) -> Judgement {
        let family = facts.container.family.rawValue
        let list = Wording.list(allowed.map(\.text))
        if families.contains(facts.container.family) {
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

extension ContainerRule {
    /// Families that are allowed, each once.
    private var families: [ContainerFamily] {
        allowed.flatMap(\.families).reduce(into: []) { found, family in
            if !found.contains(family) { found.append(family) }
        }
    }
}

extension ContainerRule: Encodable {
    private enum CodingKeys: String, CodingKey { case allowed, names, others }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(families, forKey: .allowed)
        // Left out where every name is a family's, as in every file of `clipcheck.contest/1`.
        let names = allowed.map(\.text)
        if names != families.map(\.rawValue) { try values.encode(names, forKey: .names) }
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
