internal import CFFmpeg
internal import MediaFacts

extension ProbeError {
    /// The file has no bytes.
    static let empty = ProbeError(
        .empty,
        LocalizedText(
            zh: "文件是空的（0 字节）。请重新导出并上传。", en: "The file is empty (0 bytes). Export and upload it again."))

    /// The content is not a container that this tool accepts.
    static let notMedia = ProbeError(
        .notMedia,
        LocalizedText(
            zh: "这不是视频文件（内容无法识别）。请上传 mp4、mov 等视频文件，改扩展名不起作用。",
            en: "This is not a video file (its content is not recognised). Send an mp4, mov or other video; renaming "
                + "a file does not convert it."))

    /// The content points to other files.
    static let playlist = ProbeError(
        .notMedia,
        LocalizedText(
            zh: "这是播放列表或清单文件，不是视频本身。请上传它所指向的视频文件。",
            en: "This is a playlist or manifest, not a video. Send the video file that it points to."))

    /// A container that cannot be read, or that holds no stream.
    static let damaged = ProbeError(
        .damaged,
        LocalizedText(
            zh: "视频文件已损坏或不完整，无法打开。请用播放器确认能播放后，重新导出或重新上传。",
            en: "The video file is damaged or incomplete and cannot be opened. Check that it plays, then export or "
                + "upload it again."))

    /// The content is a photograph.
    static let photograph = ProbeError(
        .notMedia,
        LocalizedText(
            zh: "这是一张图片（照片），不是视频。请上传视频文件；用手机拍的“实况照片”请先导出为视频。",
            en: "This is a photograph, not a video. Send a video file; export a live photo as a video first."))

    /// The container opens and holds neither video nor sound, only data or subtitle streams.
    static let dataOnly = ProbeError(
        .notMedia,
        LocalizedText(
            zh: "文件中只有数据或字幕，没有画面也没有声音。请上传视频文件。",
            en: "The file holds only data or subtitles, neither video nor sound. Send a video file."))

    /// Memory ran out before anything was read.
    static let noMemory = ProbeError(
        .outOfMemory,
        LocalizedText(zh: "内存不足，未能检查。请稍后重试。", en: "Out of memory; nothing was checked. Try again later."))

    /// The file has more streams or pixels than allowed; `zh` and `en` name the figure.
    static func excessive(_ zh: String, _ en: String) -> ProbeError {
        ProbeError(
            .excessive,
            LocalizedText(
                zh: "文件\(zh)，超出可检查的范围。请重新导出为普通视频文件。",
                en: "The file \(en), more than can be checked. Export it as an ordinary video file."))
    }

    /// The error for a failed libav call. A cancelled task, a passed time limit or a failed disk explains the failure;
    /// only without one of them is the file damaged.
    static func reading(_ error: FFmpegError, of input: FileInput) -> ProbeError {
        switch input.stopReason {
        case .cancelled:
            return ProbeError(.cancelled, LocalizedText(zh: "检查已取消。", en: "The check was cancelled."))
        case .timedOut:
            return ProbeError(
                .timedOut,
                LocalizedText(
                    zh: "检查超时，未能得出结论。请稍后重新检查；若仍超时，请重新导出视频。",
                    en: "The check took too long and is undecided. Try again later; if it happens again, export the "
                        + "video anew."))
        case .none: break
        }
        if input.failedToRead {
            return ProbeError(
                .inputOutput,
                LocalizedText(
                    zh: "读取文件时磁盘出错。请检查存储设备后重试。",
                    en: "The disk failed while the file was read. Check the storage and try again."))
        }
        if error.code == CInt(cff_error_no_memory) {
            return ProbeError(
                .outOfMemory,
                LocalizedText(
                    zh: "检查所需内存超出限制，未能得出结论。请重新导出视频后再试。",
                    en: "The check needed more memory than allowed and is undecided. Export the video anew."))
        }
        return .damaged
    }
}
