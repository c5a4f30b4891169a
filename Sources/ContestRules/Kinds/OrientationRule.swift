internal import MediaFacts

/// Fails unless the displayed picture, after pixel shape and rotation, lies the way that the notice asks.
struct OrientationRule: GeometryRule {
    static let kind = "orientation"
    static let title = LocalizedText(zh: "横竖屏", en: "Orientation")
    static let problems: [IntegrityProblem.Code] = [.containerCropping]

    /// Orientations that are allowed; at least one.
    var allowed: [Orientation]

    /// Ways in which a picture lies.
    enum Orientation: String, Encodable, CaseIterable {
        /// Wider than high.
        case landscape
        /// Higher than wide.
        case portrait
        /// As high as wide, to the tolerance of `displayAspectRatio`.
        case square

        init(of picture: PictureGeometry) {
            guard picture.displayAspectRatio != .one else {
                self = .square
                return
            }
            self = picture.displayWidth > picture.displayHeight ? .landscape : .portrait
        }

        /// The orientation for people.
        var words: LocalizedText {
            switch self {
            case .landscape: LocalizedText(zh: "横屏", en: "landscape")
            case .portrait: LocalizedText(zh: "竖屏", en: "portrait")
            case .square: LocalizedText(zh: "方形", en: "square")
            }
        }
    }

    init(allowed: [Orientation]) { self.allowed = allowed }

    init(_ parameters: ParameterReader) {
        let names = Wording.list(Orientation.allCases.map(\.rawValue))
        allowed =
            parameters.list(
                "allowed", isRequired: true,
                shape: LocalizedText(zh: "以下之一：\(names.zh)", en: "one of \(names.en)")
            ) { Orientation(rawValue: $0) } ?? []
    }

    var required: String? { allowed.map(\.rawValue).joined(separator: " / ") }

    func judge(_ picture: PictureGeometry) -> Judgement {
        let orientation = Orientation(of: picture)
        let size = "\(picture.displayWidth)×\(picture.displayHeight)"
        let (words, limit) = (orientation.words, Wording.alternatives(allowed.map(\.words)))
        guard !allowed.contains(orientation) else {
            return Judgement(
                .pass, required: required, measured: orientation.rawValue,
                message: LocalizedText(
                    zh: "画面为\(words.zh)（\(size)），符合要求。", en: "The picture is \(words.en) (\(size)), as required."))
        }
        return Judgement(
            .fail, reason: "turned", required: required, measured: orientation.rawValue,
            message: LocalizedText(
                zh: "画面为\(words.zh)（\(size)），要求\(limit.zh)。请按要求的方向重新制作导出，不要加黑边凑方向。",
                en: "The picture is \(words.en) (\(size)); \(limit.en) is required. "
                    + "Make it in that orientation, without black bars."))
    }
}
