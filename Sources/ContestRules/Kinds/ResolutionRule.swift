internal import MediaFacts

/// Fails unless the picture keeps to the limit of its size: displayed, after pixel shape and rotation, or as it is stored.
struct ResolutionRule: GeometryRule {
    static let kind = "resolution"
    static let title = LocalizedText(zh: "分辨率", en: "Resolution")
    static let problems: [IntegrityProblem.Code] = [.sizeContradiction, .containerCropping]

    /// Sizes that are allowed.
    var limit: PictureLimit
    /// Outcome for a picture that would pass if it were turned on its side.
    var turned: Turned
    /// The size that is judged.
    var basis: Basis

    /// Outcomes for landscape where the notice says portrait, and the reverse.
    enum Turned: String, Encodable, CaseIterable {
        /// The notice means the orientation that it writes.
        case fail
        /// The notice does not say; a person decides.
        case review
        /// The notice allows either orientation.
        case pass
    }

    /// Sizes that a picture has.
    enum Basis: String, Encodable, CaseIterable {
        /// The size that a viewer sees.
        case displayed
        /// The size that the codec stores, before pixel shape and rotation: 720×576 for a picture of 4:3.
        case stored
    }

    init(_ limit: PictureLimit, turned: Turned = .fail, of basis: Basis = .displayed) {
        self.limit = limit
        self.turned = turned
        self.basis = basis
    }

    init(sizes: [PictureSize], turned: Turned = .fail) { self.init(.sizes(sizes), turned: turned) }

    init(minimum: PictureSize, turned: Turned = .fail) { self.init(.bounds(min: minimum, max: nil), turned: turned) }

    init(_ parameters: ParameterReader) {
        limit = PictureLimit(parameters) ?? .sizes([])
        turned =
            parameters.value("turned", shape: LocalizedText(zh: " fail、review 或 pass", en: "fail, review or pass")) {
                Turned(rawValue: $0)
            } ?? .fail
        basis =
            parameters.value(
                "of", shape: LocalizedText(zh: " displayed（显示尺寸）或 stored（存储尺寸）", en: "displayed or stored")
            ) { Basis(rawValue: $0) } ?? .displayed
        if turned != .fail, parameters.has("shortSide") {
            parameters.report(
                "turned", "短边与横竖无关，请去掉 turned", "a short side is the same in either orientation: remove turned")
        }
    }

    func judge(_ picture: PictureGeometry) -> Judgement {
        let size = size(of: picture)
        let shown = Shown(size: size, picture: picture, basis: basis)
        if limit.admits(size), !limit.isTurned(size) { return judgement(.pass, shown, "符合要求。", ", as required.") }
        guard limit.admits(size.turned) || limit.isTurned(size) else { return failed(shown) }
        let (zh, en) = ("要求\(limit.words.zh)", "; \(limit.words.en) is required")
        switch turned {
        case .pass: return judgement(.pass, shown, "符合要求（横竖不限）。", ", as required in either orientation.")
        case .review:
            return judgement(
                .review, shown, "\(zh)，通知未说明横竖方向不同是否可以，请人工确认。",
                "\(en), and the notice does not say whether a turned picture will do. A person decides.",
                reason: "turned")
        case .fail:
            return judgement(
                .fail, shown, "\(zh)。横竖方向相反，请按要求的方向重新制作导出。",
                "\(en). It is turned on its side: make it the other way round.", reason: "turned")
        }
    }

    /// Fails a picture that is too large, too small or of another size, however it is turned.
    private func failed(_ shown: Shown) -> Judgement {
        let (zh, en) = ("要求\(limit.words.zh)", "; \(limit.words.en) is required")
        guard limit.isExceeded(by: shown.size) else {
            return judgement(
                .fail, shown, "\(zh)。请按要求的分辨率重新导出，不要用放大凑尺寸。",
                "\(en). Export it at that size from the original; do not scale it up.")
        }
        return judgement(
            .fail, shown, "\(zh)。请缩小到要求的分辨率后重新导出。", "\(en). Scale it down to that size and export it again.",
            reason: "too-large")
    }

    func complete(_ judgement: Judgement, _ facts: MediaFacts) -> Judgement {
        guard facts.integrity.problem(.sizeContradiction) != nil else { return judgement }
        return judgement.noting([
            LocalizedText(
                zh: "容器声明的画面尺寸与视频流不同，以视频流为准。",
                en: "The container claims another size than the video stream; the stream's is used.")
        ])
    }

    /// Whether a displayed picture of `size` would pass, by its orientation or because that does not matter.
    func accepts(_ size: PictureSize) -> Bool { limit.admits(size) || (turned == .pass && limit.admits(size.turned)) }

    /// Displayed sizes that are listed; empty when the rule sets bounds, or limits the stored picture.
    var displayedSizes: [PictureSize] {
        if case .sizes(let sizes) = limit, basis == .displayed { sizes } else { [] }
    }

    private func size(of picture: PictureGeometry) -> PictureSize {
        switch basis {
        case .displayed: PictureSize(width: picture.displayWidth, height: picture.displayHeight)
        case .stored: PictureSize(width: picture.codedWidth, height: picture.codedHeight)
        }
    }

    private func judgement(
        _ outcome: Finding.Outcome, _ shown: Shown, _ zh: String, _ en: String, reason: String? = nil
    ) -> Judgement {
        Judgement(
            outcome, reason: reason, required: required, measured: shown.size.text,
            message: LocalizedText(zh: "\(shown.words.zh)，\(zh)", en: "\(shown.words.en)\(en)"))
    }

    var required: String? { limit.text }
}

extension ResolutionRule {
    /// The judged size in words.
    private struct Shown {
        var size: PictureSize
        var picture: PictureGeometry
        var basis: Basis

        var words: LocalizedText {
            switch basis {
            case .displayed: LocalizedText(zh: "画面为 \(size.text)", en: "The picture is \(size.text)")
            case .stored:
                LocalizedText(
                    zh: "存储的画面为 \(size.text)（显示为 \(picture.displayWidth)×\(picture.displayHeight)）",
                    en:
                        "The stored picture is \(size.text) (\(picture.displayWidth)×\(picture.displayHeight) as displayed)"
                )
            }
        }
    }
}

extension ResolutionRule: Encodable {
    private enum CodingKeys: String, CodingKey { case sizes, min, max, shortSide, turned, of }

    /// Writes the wire form. Keys that `clipcheck.contest/1` lacks are left out where they are not used.
    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        switch limit {
        case .sizes(let sizes):
            try values.encode(sizes, forKey: .sizes)
            try values.encodeNil(forKey: .min)
        case .bounds(let min, let max):
            try values.encodeNil(forKey: .sizes)
            try values.encode(min, forKey: .min)
            try values.encodeIfPresent(max, forKey: .max)
        case .shortSide(let min, let max):
            try values.encodeNil(forKey: .sizes)
            try values.encodeNil(forKey: .min)
            try values.encode(["min": min, "max": max], forKey: .shortSide)
        }
        try values.encode(turned, forKey: .turned)
        if basis != .displayed { try values.encode(basis, forKey: .of) }
    }
}
