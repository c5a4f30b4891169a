internal import MediaFacts

/// The file has a video stream with at least one packet; a cover picture is none.
struct HasVideoRule: MeasuredRule {
    static let kind = "has-video"

    init() {}
    init(_ parameters: ParameterReader) {}

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        guard let video = facts.video else {
            return Judgement(
                .fail, measured: "0",
                message: LocalizedText(
                    zh: "文件中没有视频画面（封面图片不算）。请提交含视频画面的文件。",
                    en: "The file has no video (a cover picture does not count). Send a file with moving pictures."))
        }
        guard let packets = facts.integrity.videoPackets else { return .unknown("画面数据", "number of pictures") }
        guard packets > 0 else {
            return Judgement(
                .fail, reason: "no-video-packets", measured: "0",
                message: LocalizedText(
                    zh: "文件声明有视频，但没有任何画面数据。请重新导出后再提交。",
                    en: "The file declares video but holds not one picture. Export it again."))
        }
        return Judgement(
            .pass, measured: "\(video.streams)",
            message: LocalizedText(
                zh: video.streams == 1 ? "有视频画面。" : "有 \(video.streams) 个视频流，按默认或最大的一个检查。",
                en: video.streams == 1
                    ? "There is video." : "There are \(video.streams) video streams; the default or largest is judged.")
        )
    }
}
