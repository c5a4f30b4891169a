internal import MediaFacts

/// Fails unless the displayed picture, after pixel shape and rotation, has one of the listed sizes or at least the minimum.
struct ResolutionRule: GeometryRule {
    static let kind = "resolution"
    static let problems: [IntegrityProblem.Code] = [.sizeContradiction, .containerCropping]

    /// Sizes that are allowed; nil when a minimum is given instead.
    var sizes: [PictureSize]?
    /// Smallest width and height, both included; nil when sizes are listed instead.
    var minimum: PictureSize?
    /// Outcome for a picture that would pass if it were turned on its side.
    var turned: Turned

    /// Outcomes for landscape where the notice says portrait, and the reverse.
    enum Turned: String, Encodable, CaseIterable {
        /// The notice means the orientation that it writes.
        case fail
        /// The notice does not say; a person decides.
        case review
        /// The notice allows either orientation.
        case pass
    }

    init(sizes: [PictureSize], turned: Turned = .fail) {
        self.sizes = sizes
        self.turned = turned
    }

    init(minimum: PictureSize, turned: Turned = .fail) {
        self.minimum = minimum
        self.turned = turned
    }

    init(_ parameters: ParameterReader) {
        sizes = parameters.list("sizes", shape: Units.sizeShape, Units.size)
        minimum = parameters.value("min", shape: Units.sizeShape, Units.size)
        turned =
            parameters.value("turned", shape: LocalizedText(zh: " fail、review 或 pass", en: "fail, review or pass")) {
                Turned(rawValue: $0)
            } ?? .fail
        if !parameters.has("sizes") && !parameters.has("min") {
            parameters.report(nil, "需要 sizes 或 min 之一", "sizes or min is missing")
        } else if parameters.has("sizes") && parameters.has("min") {
            parameters.report("min", "sizes 与 min 只能选一个", "give sizes or min, not both")
        }
    }

    func judge(_ picture: PictureGeometry) -> Judgement {
        let limit = required ?? "–"
        let size = PictureSize(width: picture.displayWidth, height: picture.displayHeight)
        if admits(size), !isTurned(size) { return judgement(.pass, size, "符合要求。", ", as required.") }
        guard admits(size.turned) || isTurned(size) else {
            return judgement(
                .fail, size, "要求 \(limit)。请按要求的分辨率重新导出，不要用放大凑尺寸。",
                "; \(limit) is required. Export it at that size from the original; do not scale it up.")
        }
        switch turned {
        case .pass: return judgement(.pass, size, "符合要求（横竖不限）。", ", as required in either orientation.")
        case .review:
            return judgement(
                .review, size, "要求 \(limit)，通知未说明横竖方向不同是否可以，请人工确认。",
                "; \(limit) is required, and the notice does not say whether a turned picture will do. A person decides.",
                reason: "turned")
        case .fail:
            return judgement(
                .fail, size, "要求 \(limit)。横竖方向相反，请按要求的方向重新制作导出。",
                "; \(limit) is required. It is turned on its side: make it the other way round.", reason: "turned")
        }
    }

    func complete(_ judgement: Judgement, _ facts: MediaFacts) -> Judgement {
        guard facts.integrity.problem(.sizeContradiction) != nil else { return judgement }
        return judgement.noting([
            LocalizedText(
                zh: "容器声明的画面尺寸与视频流不同，以视频流为准。",
                en: "The container claims another size than the video stream; the stream's is used.")
        ])
    }

    /// Whether a minimum is given in landscape and the picture is portrait, or the reverse.
    private func isTurned(_ size: PictureSize) -> Bool {
        guard let minimum, admits(size) else { return false }
        return (minimum.width > minimum.height && size.width < size.height)
            || (minimum.width < minimum.height && size.width > size.height)
    }

    /// Whether a picture of `size` would pass, by its orientation or because that does not matter.
    func accepts(_ size: PictureSize) -> Bool { admits(size) || (turned == .pass && admits(size.turned)) }

    private func admits(_ size: PictureSize) -> Bool {
        if let sizes { return sizes.contains(size) }
        guard let minimum else { return false }
        return size.width >= minimum.width && size.height >= minimum.height
    }

    private func judgement(
        _ outcome: Finding.Outcome, _ size: PictureSize, _ zh: String, _ en: String, reason: String? = nil
    ) -> Judgement {
        Judgement(
            outcome, reason: reason, required: required, measured: size.text,
            message: LocalizedText(zh: "画面为 \(size.text)，\(zh)", en: "The picture is \(size.text)\(en)"))
    }

    var required: String? {
        sizes.map { $0.map(\.text).joined(separator: " / ") } ?? minimum.map { "≥ \($0.text)" } ?? "–"
    }
}

extension ResolutionRule: Encodable {
    private enum CodingKeys: String, CodingKey { case sizes, min, turned }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(sizes, forKey: .sizes)
        try values.encode(minimum, forKey: .min)
        try values.encode(turned, forKey: .turned)
    }
}
