internal import MediaFacts

/// Pictures whose packets arrived and that the decoder never showed.
struct PictureLoss {
    /// Number of lost pictures, at most all of the film's; nil when unknown.
    var count: Int?
    /// Time ranges in which the pictures should have been shown; empty when unknown.
    var ranges: [TimeRange]

    /// The loss that `facts` name in the problem `pictures-missing`, in the content's count or in its shortfall; nil when no
    /// picture is lost.
    init?(_ facts: MediaFacts) {
        let picture = facts.content?.picture
        let problem = facts.integrity.problem(.picturesMissing)
        let isShort = picture?.shortfall == .picturesMissing
        let counted = picture?.missingFrames ?? 0
        guard problem != nil || counted > 0 || isShort || picture?.missing.isEmpty == false else { return nil }
        let known = counted > 0 ? counted : problem?.count
        let most = picture?.frames ?? facts.integrity.videoPackets
        count = known.map { max(0, min($0, most ?? $0)) }.flatMap { $0 > 0 ? $0 : nil }
        ranges = picture?.missing ?? []
    }

    /// The fail of `decodable`.
    var judgement: Judgement {
        let places = Wording.places(ranges)
        let (zh, en) = (places.isEmpty ? "" : "（\(places)）", places.isEmpty ? "" : " (\(places))")
        return Judgement(
            .fail, reason: IntegrityProblem.Code.picturesMissing.rawValue, measured: count.map { "\($0)" },
            message: LocalizedText(
                zh: "有\(count.map { " \($0) " } ?? "一些")帧画面缺失，播放时会跳过或停住\(zh)。请从原始素材重新导出。",
                en:
                    "\(count.map { "\($0) frames" } ?? "Some frames") are missing and will be skipped or stand still\(en). "
                    + "Export it again from the original."),
            passages: ranges.map { Passage($0) })
    }
}
