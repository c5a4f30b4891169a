internal import MediaFacts

/// A rule about the size, the shape or the orientation of the picture. Every shape that the film shows is judged; the
/// worst outcome is the rule's.
protocol GeometryRule: MeasuredRule {
    /// The limit in figures; nil for a rule without one.
    var required: String? { get }

    /// Judges one shape of the picture.
    func judge(_ picture: PictureGeometry) -> Judgement

    /// Adds to `judgement`, which covers all shapes, what problems of the file mean for the rule.
    func complete(_ judgement: Judgement, _ facts: MediaFacts) -> Judgement
}

extension GeometryRule {
    /// Most rules add nothing.
    func complete(_ judgement: Judgement, _ facts: MediaFacts) -> Judgement { judgement }

    func judge(_ facts: MediaFacts) -> Judgement {
        guard let video = facts.video else { return .noPicture(required: required) }
        guard let first = video.picture else { return .unknown("画面尺寸", "picture size", required: required) }
        let judged = facts.shownShapes.map { shape in
            let judgement = judge(shape.picture)
            let isCropped = shape.picture == first && Self.problems.contains(.containerCropping)
            return JudgedShape(
                shape: shape, judgement: isCropped ? considerCropping(judgement, facts) : judgement)
        }
        return complete(limitChanges(JudgedShape.combined(judged, required: required), video), facts)
    }

    /// `judgement`, or a review when a player that ignores the container's cropping shows a picture with another outcome.
    private func considerCropping(_ judgement: Judgement, _ facts: MediaFacts) -> Judgement {
        let other = facts.video?.uncropped.map { judge($0) }
        if other == nil, facts.integrity.problem(.containerCropping) == nil { return judgement }
        guard other?.outcome != judgement.outcome else { return judgement }
        let (with, without) = (judgement.measured ?? "–", other?.measured)
        let unknown = LocalizedText(zh: "未知", en: "of unknown size")
        return Judgement(
            .review, reason: "cropping", required: required,
            measured: [with, without].compactMap(\.self).joined(separator: " / "),
            message: LocalizedText(
                zh: "容器要求裁剪画面，各播放器处理不同：裁剪后为 \(with)，不裁剪为 \(without ?? unknown.zh)，要求 \(required ?? "–")。"
                    + "请按要求的尺寸重新导出，不要依靠裁剪信息。",
                en: "The container crops the picture, which players do differently: \(with) if cropped, "
                    + "\(without ?? unknown.en) if not; \(required ?? "–") is required. "
                    + "Export it in the required size without cropping information."))
    }

    /// `judgement`, or a review instead of a pass when the facts hold only the first of many changes of the picture.
    private func limitChanges(_ judgement: Judgement, _ video: VideoFacts) -> Judgement {
        guard judgement.outcome == .pass, video.changes.count >= FactBounds.pictureChanges else { return judgement }
        return Judgement(
            .review, reason: "many-changes", required: required, measured: judgement.measured,
            message: LocalizedText(
                zh: "画面形状改变 \(video.changes.count) 次以上，未能逐一检查。请用统一的尺寸重新导出。",
                en: "The picture changes its shape \(video.changes.count) times or more, too often to check each. "
                    + "Export it in one size."))
    }
}

/// A shape of the picture and the judgement about it.
struct JudgedShape {
    /// The shape.
    var shape: ShownShape
    /// The judgement about the shape alone.
    var judgement: Judgement

    /// The judgement about all shapes together; `judged` holds one or more.
    ///
    /// The worst outcome decides, the first of equals; its message begins with the time ranges of the shape. A film of one
    /// shape has the judgement of that shape.
    static func combined(_ judged: [JudgedShape], required: String?) -> Judgement {
        guard let worst = judged.max(by: { $0.judgement.outcome.severity < $1.judgement.outcome.severity }) else {
            return .unknown("画面尺寸", "picture size", required: required)
        }
        guard judged.count > 1 else { return worst.judgement }
        return worst.judgement.outcome == .pass ? passed(judged, required: required) : worst.located
    }

    /// The judgement with the shape's time ranges in message and passages.
    private var located: Judgement {
        var judgement = judgement
        let places = Wording.places(shape.ranges)
        judgement.message = LocalizedText(
            zh: "\(places)：\(judgement.message.zh)", en: "\(places): \(judgement.message.en)")
        judgement.passages = shape.ranges.prefix(Passage.most).map { Passage($0) }
        return judgement
    }

    /// A pass that lists the shapes.
    private static func passed(_ judged: [JudgedShape], required: String?) -> Judgement {
        let sizes = judged.map { item in
            let size = "\(item.shape.picture.displayWidth)×\(item.shape.picture.displayHeight)"
            return (size, Wording.places(item.shape.ranges))
        }
        let shown = sizes.prefix(Wording.mostPlaces)
        let more = sizes.count > shown.count
        var values: [String] = []
        for value in judged.compactMap(\.judgement.measured) where !values.contains(value) { values.append(value) }
        return Judgement(
            .pass, required: required,
            measured: values.isEmpty ? nil : values.prefix(Wording.mostPlaces).joined(separator: ", "),
            message: LocalizedText(
                zh: "画面形状中途改变，均符合要求：" + shown.map { "\($0)（\($1)）" }.joined(separator: "、") + (more ? "等。" : "。"),
                en: "The picture changes its shape on the way, and each is as required: "
                    + shown.map { "\($0) (\($1))" }.joined(separator: ", ") + (more ? ", and more." : ".")))
    }
}
