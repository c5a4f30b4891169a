internal import MediaFacts

/// The pictures are scanned as the notice asks: whole (progressive) or in two fields (interlaced), and in that field order.
struct ScanRule: MeasuredRule {
    static let kind = "scan"
    static let title = LocalizedText(zh: "扫描方式", en: "Scan")

    /// Scans that are allowed; at least one.
    var allowed: [ScanType]
    /// The field that an interlaced picture must show first; nil for any.
    var fieldOrder: FieldOrder?

    /// Makes a rule.
    init(allowed: [ScanType], fieldOrder: FieldOrder? = nil) {
        self.allowed = allowed
        self.fieldOrder = fieldOrder
    }

    init(_ parameters: ParameterReader) {
        let scans = parameters.list("allowed", isRequired: true, .name(ScanType.known.map { ($0.rawValue, $0) }))
        allowed = scans ?? []
        fieldOrder = parameters.value("fieldOrder", .name(FieldOrder.known.map { ($0.rawValue, $0) }))
        if let scans, fieldOrder != nil, !scans.contains(.interlaced) {
            parameters.report(
                "fieldOrder", "只有隔行扫描才有场序：请在 allowed 中加入 interlaced，或删去 fieldOrder",
                "only interlaced video has a field order: add interlaced to allowed, or leave fieldOrder out")
        }
    }

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        let signal = facts.video?.signal
        let isInterlaced = signal?.scan == .interlaced
        let aspects = [scanAspect(signal?.scan), isInterlaced ? orderAspect(signal?.fieldOrder) : nil]
        guard facts.video != nil else { return .noPicture(required: required) }
        var judgement = Judgement.of(
            aspects.compactMap(\.self), advice: advice(isInterlaced: isInterlaced),
            unknown: LocalizedText(
                zh: "文件没有说明，或逐行与隔行混合。请按要求重新导出后再提交。",
                en: "The file does not state it, or mixes both. Export the video again as required."))
        judgement.required = required
        return judgement
    }

    private var required: String {
        let scans = allowed.map(\.rawValue).joined(separator: "/")
        return fieldOrder.map { "\(scans), \($0.rawValue)" } ?? scans
    }

    private func scanAspect(_ scan: ScanType?) -> Aspect {
        let words = Wording.alternatives(allowed.map(\.words))
        return Aspect(
            LocalizedText(zh: "扫描方式", en: "scan"), reason: "scan",
            required: .init(required, zh: words.zh, en: words.en), scan,
            shown: { .init($0.rawValue, zh: $0.words.zh, en: $0.words.en) }, isMet: allowed.contains)
    }

    private func orderAspect(_ order: FieldOrder?) -> Aspect? {
        fieldOrder.map { wanted in
            Aspect(
                LocalizedText(zh: "场序", en: "field order"), reason: "field-order",
                required: .init(wanted.rawValue, zh: wanted.words.zh, en: wanted.words.en), order,
                shown: { .init($0.rawValue, zh: $0.words.zh, en: $0.words.en) }, isMet: { $0 == wanted })
        }
    }

    private func advice(isInterlaced: Bool) -> LocalizedText {
        isInterlaced && !allowed.contains(.interlaced)
            ? LocalizedText(zh: "请去隔行（反交错）后按逐行导出。", en: "Deinterlace it and export it as progressive video.")
            : LocalizedText(
                zh: "请在导出设置中选择要求的扫描方式和场序。", en: "Choose that scan and field order when you export.")
    }
}

extension ScanRule: Encodable {
    private enum CodingKeys: String, CodingKey { case allowed, fieldOrder }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(allowed, forKey: .allowed)
        try values.encodeIfPresent(fieldOrder, forKey: .fieldOrder)
    }
}

extension ScanType {
    /// The scan for people; a name that this version does not know as it is.
    fileprivate var words: LocalizedText {
        switch self {
        case .progressive: LocalizedText(zh: "逐行", en: "progressive")
        case .interlaced: LocalizedText(zh: "隔行", en: "interlaced")
        default: LocalizedText(zh: rawValue, en: rawValue)
        }
    }
}

extension FieldOrder {
    /// The order for people; a name that this version does not know as it is.
    fileprivate var words: LocalizedText {
        switch self {
        case .topFirst: LocalizedText(zh: "上场优先", en: "top field first")
        case .bottomFirst: LocalizedText(zh: "下场优先", en: "bottom field first")
        default: LocalizedText(zh: rawValue, en: rawValue)
        }
    }
}
