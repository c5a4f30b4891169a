internal import MediaFacts

/// The size of the file lies between two limits, both included.
struct FileSizeRule: MeasuredRule {
    static let kind = "file-size"
    static let title = LocalizedText(zh: "文件大小", en: "File size")
    /// Smallest size in bytes; nil for no lower limit.
    var smallest: Int64?
    /// Largest size in bytes; nil for no upper limit.
    var largest: Int64?

    init(smallest: Int64?, largest: Int64?) {
        self.smallest = smallest
        self.largest = largest
    }

    init(_ parameters: ParameterReader) {
        smallest = parameters.value("min", .bytes)
        largest = parameters.value("max", .bytes)
        parameters.requireLimits(smallest, largest, zero: 0)
    }

    /// `200 MB`, and `2.15 GB (2147483648 B)` where rounding could hide by how little a limit is missed.
    private static func exact(_ bytes: Int64) -> String {
        let text = Wording.bytes(bytes)
        let isRounded = bytes >= 1_000_000_000 ? bytes % 10_000_000 != 0 : bytes >= 1_000_000 && bytes % 10_000 != 0
        return isRounded ? "\(text) (\(bytes) B)" : text
    }

    func judge(_ facts: MediaFacts) -> Judgement {
        let size = Wording.bytes(facts.bytes)
        let limits = Bounds.words(smallest.map(Self.exact), largest.map(Self.exact))
        let required = Bounds.text(smallest.map(Wording.bytes), largest.map(Wording.bytes))
        if let largest, facts.bytes > largest {
            return Judgement(
                .fail, reason: "too-large", required: required, measured: "\(facts.bytes) B",
                message: LocalizedText(
                    zh: "文件大小为 \(size)（\(facts.bytes) 字节），要求\(Wording.spaced(limits.zh))。请降低码率后重新导出。",
                    en:
                        "The file has \(size) (\(facts.bytes) bytes); \(limits.en) is required. Export it at a lower bit rate."
                ))
        }
        if let smallest, facts.bytes < smallest {
            return Judgement(
                .fail, reason: "too-small", required: required, measured: "\(facts.bytes) B",
                message: LocalizedText(
                    zh: "文件大小为 \(size)（\(facts.bytes) 字节），要求\(Wording.spaced(limits.zh))。请以更高画质重新导出。",
                    en:
                        "The file has \(size) (\(facts.bytes) bytes); \(limits.en) is required. Export it at a higher quality."
                ))
        }
        return Judgement(
            .pass, required: required, measured: "\(facts.bytes) B",
            message: LocalizedText(zh: "文件大小为 \(size)，符合要求。", en: "The file has \(size), as required."))
    }
}

extension FileSizeRule: Encodable {
    private enum CodingKeys: String, CodingKey { case minBytes, maxBytes }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(smallest, forKey: .minBytes)
        try values.encode(largest, forKey: .maxBytes)
    }
}
