public import MediaFacts

/// Why something could not be done, through our machine or our caller; never through the content of a video.
public struct IntakeError: Error, Sendable, Hashable {
    /// What went wrong, stable on the wire.
    public var code: Code
    /// What happened and what to do; names no path of a server's disk.
    public var message: LocalizedText
    /// What lies beneath, for the log only; nil when there is nothing more to say.
    public var cause: String?

    /// Makes an error.
    public init(_ code: Code, zh: String, en: String, cause: String? = nil) {
        self.code = code
        message = LocalizedText(zh: zh, en: en)
        self.cause = cause
    }

    /// A kind of failure.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// No contest has this id.
        case contestUnknown = "contest-unknown"
        /// No entry has this id.
        case entryUnknown = "entry-unknown"
        /// The entry has no media yet.
        case mediaMissing = "media-missing"
        /// The entry's media was replaced while the old one was being checked.
        case mediaReplaced = "media-replaced"
        /// A file changed between its check and its storing.
        case fileChanged = "file-changed"
        /// A cursor that no list gave out.
        case cursorInvalid = "cursor-invalid"
        /// No file has this name.
        case fileMissing = "file-missing"
        /// The file may not be read.
        case fileNotPermitted = "file-not-permitted"
        /// A folder, pipe, device or socket where a file is needed.
        case fileNotRegular = "file-not-regular"
        /// As many checks run and wait as may.
        case queueFull = "queue-full"
        /// The upload is larger than allowed.
        case mediaTooLarge = "media-too-large"
        /// The disk has no room for an upload.
        case diskFull = "disk-full"
        /// The caller withdrew the request.
        case cancelled
        /// The disk or the database failed.
        case storageFailed = "storage-failed"
    }
}

extension IntakeError {
    /// No contest has the id `id`.
    public static func contestUnknown(_ id: String) -> IntakeError {
        IntakeError(
            .contestUnknown, zh: "没有编号为“\(id)”的竞赛。可用的竞赛见 GET /v1/contests 或 clipcheck contests list。",
            en: "There is no contest \"\(id)\". See GET /v1/contests or clipcheck contests list.")
    }

    /// No entry has the id that was asked for.
    public static let entryUnknown = IntakeError(
        .entryUnknown, zh: "没有这个参赛作品，可能已删除。请核对编号。",
        en: "There is no such entry; it may have been deleted. Check the id.")

    /// The entry has no media yet.
    public static let mediaMissing = IntakeError(
        .mediaMissing, zh: "该作品尚未上传视频。请先上传视频文件。", en: "The entry has no video yet. Upload one first.")

    /// The entry's media was replaced while the old one was being checked.
    public static let mediaReplaced = IntakeError(
        .mediaReplaced, zh: "检查期间该作品的视频已被替换，本次结果未保存。请重新检查。",
        en: "The entry's video was replaced during the check, so its result was not kept. Check again.")

    /// As many checks run and wait as may.
    public static let queueFull = IntakeError(
        .queueFull, zh: "当前检查的视频太多，请稍后自动或手动重试。", en: "Too many videos are being checked. Try again shortly.")

    /// The caller withdrew the request.
    public static let cancelled = IntakeError(.cancelled, zh: "请求已取消。", en: "The request was cancelled.")

    /// The disk or the database failed.
    public static func storageFailed(_ cause: String) -> IntakeError {
        IntakeError(
            .storageFailed, zh: "服务器存储出错，作品未保存。请稍后重试，或联系管理员。",
            en: "The server's storage failed and nothing was saved. Try again later or tell the operator.", cause: cause
        )
    }
}
