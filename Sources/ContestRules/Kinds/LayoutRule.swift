internal import MediaFacts

/// The parts of an ISO base media file (mp4, mov) are laid out as the notice asks.
struct LayoutRule: MeasuredRule {
    static let kind = "layout"
    static let title = LocalizedText(zh: "封装结构", en: "File layout")

    /// Whether the index must lie before the media data.
    var needsIndexFirst: Bool
    /// Whether edit lists must be absent.
    var forbidsEditLists: Bool
    /// Whether the file must not be written in fragments.
    var forbidsFragments: Bool
    /// Whether every track of pictures and sound must be enabled.
    var forbidsDisabledTracks: Bool

    /// Makes a rule.
    init(
        needsIndexFirst: Bool = false, forbidsEditLists: Bool = false, forbidsFragments: Bool = false,
        forbidsDisabledTracks: Bool = false
    ) {
        self.needsIndexFirst = needsIndexFirst
        self.forbidsEditLists = forbidsEditLists
        self.forbidsFragments = forbidsFragments
        self.forbidsDisabledTracks = forbidsDisabledTracks
    }

    init(_ parameters: ParameterReader) {
        needsIndexFirst = parameters.value("indexFirst", .demand(.required)) != nil
        forbidsEditLists = parameters.value("editLists", .demand(.forbidden)) != nil
        forbidsFragments = parameters.value("fragments", .demand(.forbidden)) != nil
        forbidsDisabledTracks = parameters.value("disabledTracks", .demand(.forbidden)) != nil
        parameters.requireOne(of: "indexFirst", "editLists", "fragments", "disabledTracks")
    }

    func judge(_ facts: MediaFacts) -> Judgement {
        .of(
            aspects(facts.container.layout),
            advice: advice,
            unknown: facts.container.layout == nil
                ? LocalizedText(
                    zh: "只有 mp4、mov 等格式有这种结构，请人工确认。", en: "Only formats such as mp4 and mov have it: a person decides.")
                : .exportAgain)
    }

    private var advice: LocalizedText {
        guard needsIndexFirst || forbidsEditLists || forbidsFragments else {
            return LocalizedText(
                zh: "请在导出设置中只保留要播放的轨道。", en: "Export only the tracks that are to be played.")
        }
        return LocalizedText(
            zh: "请在导出设置中选择“快速启动”或“网络优化”，或用 ffmpeg 重新封装（-c copy -movflags +faststart -use_editlist 0）。",
            en: "Choose fast start (web optimised) when you export, or remux it with ffmpeg (-c copy -movflags "
                + "+faststart -use_editlist 0).")
    }

    private func aspects(_ layout: ContainerLayout?) -> [Aspect] {
        [
            needsIndexFirst ? Self.indexAspect(layout?.indexFirst) : nil,
            forbidsEditLists
                ? Self.absence(
                    LocalizedText(zh: "编辑列表（edit list）", en: "edit list"), "edit-lists", "elst", layout?.editLists)
                : nil,
            forbidsFragments
                ? Self.absence(
                    LocalizedText(zh: "分片（fragment）", en: "division into fragments"), "fragments", "moof",
                    layout?.fragments)
                : nil,
            forbidsDisabledTracks
                ? Self.absence(
                    LocalizedText(zh: "停用的轨道", en: "disabled track"), "disabled-tracks", "disabled track",
                    layout?.disabledTracks)
                : nil,
        ].compactMap(\.self)
    }

    private static func indexAspect(_ isFirst: Bool?) -> Aspect {
        let front = Aspect.Term("moov, mdat", zh: "文件开头", en: "at the front")
        return Aspect(
            LocalizedText(zh: "索引（moov）位置", en: "place of the index (moov)"), reason: "index-last", required: front,
            isFirst, shown: { $0 ? front : .init("mdat, moov", zh: "文件末尾", en: "at the end") }, isMet: \.self)
    }

    /// An aspect about a part that must not be there; `box` names it for programs.
    private static func absence(_ name: LocalizedText, _ reason: String, _ box: String, _ isThere: Bool?) -> Aspect {
        let absent = Aspect.Term("no \(box)", zh: "无", en: "absent")
        return Aspect(
            name, reason: reason, required: absent, isThere,
            shown: { $0 ? Aspect.Term(box, zh: "有", en: "present") : absent }, isMet: { !$0 })
    }
}

extension LayoutRule: Encodable {
    private enum CodingKeys: String, CodingKey { case indexFirst, editLists, fragments, disabledTracks }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(needsIndexFirst ? Demand.required : nil, forKey: .indexFirst)
        try values.encodeIfPresent(forbidsEditLists ? Demand.forbidden : nil, forKey: .editLists)
        try values.encodeIfPresent(forbidsFragments ? Demand.forbidden : nil, forKey: .fragments)
        try values.encodeIfPresent(forbidsDisabledTracks ? Demand.forbidden : nil, forKey: .disabledTracks)
    }
}
