internal import MediaFacts

/// Fails unless the file has a video stream with at least one packet; a cover picture is no video stream.
struct HasVideoRule: MeasuredRule {
    static let kind = "has-video"
    static let title = LocalizedText(zh: "有画面", en: "Picture present")
    static let problems: [IntegrityProblem.Code] = [.noVideoPackets]

    init() {}
    init(_ parameters: ParameterReader) {}

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        guard let video = facts.video else {
            return Judgement(
                .fail, measured: "0", message: facts.audio == nil ? Self.onlyData : Self.onlySound)
        }
        let isEmpty = facts.integrity.videoPackets == 0 || facts.integrity.problem(.noVideoPackets) != nil
        if isEmpty {
            return Judgement(
                .fail, reason: IntegrityProblem.Code.noVideoPackets.rawValue, measured: "0",
                message: LocalizedText(
                    zh: "文件声明有视频，但没有任何画面数据。请重新导出后再提交。",
                    en: "The file declares video but holds not one picture. Export it again."))
        }
        guard facts.integrity.videoPackets != nil else { return .unknown("画面数据", "number of pictures") }
        return Judgement(.pass, measured: "\(video.streams)", message: Self.message(streams: video.streams))
    }

    private static func message(streams: Int) -> LocalizedText {
        guard streams > 1 else { return LocalizedText(zh: "有视频画面。", en: "There is video.") }
        return LocalizedText(
            zh: "有 \(streams) 个视频流，检查其中默认的一个；没有默认的则检查最长的一个。",
            en: "There are \(streams) video streams; the default one is judged, or the longest if none is the default.")
    }

    private static let onlySound = LocalizedText(
        zh: "文件中没有视频画面（封面图片不算）。请提交含视频画面的文件。",
        en: "The file has no video (a cover picture does not count). Send a file with moving pictures.")
    private static let onlyData = LocalizedText(
        zh: "文件中只有数据或字幕，没有画面也没有声音（封面图片不算）。请提交含视频画面的文件。",
        en: "The file holds only data or subtitles, neither video nor sound (a cover picture does not count). "
            + "Send a file with moving pictures.")
}
