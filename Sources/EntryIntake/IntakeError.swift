public import MediaFacts

/// A failure that the machine or the caller causes. The content of a video never causes one: it gives a report.
public struct IntakeError: Error, Sendable, Hashable {
    /// The kind of failure, stable on the wire.
    public var code: Code
    /// The failure and its remedy, for people. Contains no path of the server's disk.
    public var message: LocalizedText
    /// The underlying failure, for the log only; nil when `message` says everything.
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
        /// The entry was deleted.
        case entryDeleted = "entry-deleted"
        /// No check of the entry has this id.
        case checkUnknown = "check-unknown"
        /// The entry has no such item that a person may sign off.
        case itemUnknown = "item-unknown"
        /// No upload has this id.
        case uploadUnknown = "upload-unknown"
        /// The upload was not finished in time.
        case uploadExpired = "upload-expired"
        /// The offset in the request is not the number of bytes that the upload has.
        case offsetMismatch = "offset-mismatch"
        /// The bytes do not match the client's checksum.
        case checksumMismatch = "checksum-mismatch"
        /// More bytes arrived than the announced length of the upload.
        case uploadOverrun = "upload-overrun"
        /// Another request continues the upload, so this one was ended.
        case uploadTakenOver = "upload-taken-over"
        /// The `Idempotency-Key` was used for a request with other content.
        case keyReused = "idempotency-key-reused"
        /// The entry has no media yet.
        case mediaMissing = "media-missing"
        /// The entry's media waits for its first check.
        case reportPending = "report-pending"
        /// The entry has no report with this id.
        case reportUnknown = "report-unknown"
        /// The contest's form has no such field.
        case fieldUnknown = "field-unknown"
        /// The entry's media was replaced while the old one was being checked.
        case mediaReplaced = "media-replaced"
        /// A file changed between its check and its storing.
        case fileChanged = "file-changed"
        /// The cursor comes from no list of this service.
        case cursorInvalid = "cursor-invalid"
        /// No file has this name.
        case fileMissing = "file-missing"
        /// The file may not be read.
        case fileNotPermitted = "file-not-permitted"
        /// The path leads to a folder, pipe, device or socket instead of a file.
        case fileNotRegular = "file-not-regular"
        /// The limits of running and of waiting checks are reached.
        case queueFull = "queue-full"
        /// No process that reads media files can be started.
        case noWorker = "no-worker"
        /// The upload is larger than allowed.
        case mediaTooLarge = "media-too-large"
        /// The disk has no room for the announced file beside the room promised to other uploads.
        case insufficientStorage = "insufficient-storage"
        /// The limit of unfinished uploads is reached.
        case tooManyUploads = "too-many-uploads"
        /// The disk became full while a file was being written.
        case diskFull = "disk-full"
        /// The request has no key, but needs one.
        case keyMissing = "key-missing"
        /// The token in the request belongs to no key of this service.
        case keyUnknown = "key-unknown"
        /// The key has expired.
        case keyExpired = "key-expired"
        /// The operator revoked the key.
        case keyRevoked = "key-revoked"
        /// The key has none of the scopes that the request needs.
        case scopeMissing = "scope-missing"
        /// The key is for another contest.
        case contestForbidden = "contest-forbidden"
        /// The key may read the entry, but not change it.
        case ownerRequired = "owner-required"
        /// The caller cancelled the request.
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

    /// The entry was deleted.
    public static let entryDeleted = IntakeError(
        .entryDeleted, zh: "这个参赛作品已删除，其内容和联系方式均未保留。",
        en: "The entry was deleted; neither its content nor its contacts are kept.")

    /// No check of the entry has the id that was asked for.
    public static let checkUnknown = IntakeError(
        .checkUnknown, zh: "该作品没有这次检查。全部报告见 GET /v1/entries/{id}/reports。",
        en: "The entry has no such check. See GET /v1/entries/{id}/reports.")

    /// The entry has no such item that a person may sign off.
    public static let itemUnknown = IntakeError(
        .itemUnknown, zh: "该作品没有等待人工确认的这一项。可确认的项目见 GET /v1/entries/{id} 的 checklist 和 outcome 为 review 的检查结果。",
        en: "The entry has no such item for a person. See its checklist and its findings with outcome \"review\".")

    /// No upload has the id that was asked for.
    public static let uploadUnknown = IntakeError(
        .uploadUnknown, zh: "没有这个上传，可能已取消。请重新开始上传。",
        en: "There is no such upload; it may have been cancelled. Begin a new one.")

    /// The upload was not finished in time.
    public static let uploadExpired = IntakeError(
        .uploadExpired, zh: "这个上传已超过保留期限。请重新开始上传。", en: "The upload was not finished in time. Begin a new one.")

    /// The offset in the request is not the number of bytes that the upload has.
    public static let offsetMismatch = IntakeError(
        .offsetMismatch, zh: "续传位置不符。请先用 HEAD 查询 Upload-Offset，再从该处继续。",
        en: "The offset is not where the upload stands. Ask with HEAD and go on from its Upload-Offset.")

    /// The bytes do not match the client's checksum.
    public static let checksumMismatch = IntakeError(
        .checksumMismatch, zh: "校验和不符，这一段未保存。请重新发送这一段。",
        en: "The checksum does not match and the chunk was not kept. Send it again.")

    /// More bytes arrived than the announced length of the upload.
    public static let uploadOverrun = IntakeError(
        .uploadOverrun, zh: "内容超过声明的 Upload-Length，未保存。请按实际大小重新创建上传。",
        en: "More bytes came than Upload-Length said and they were not kept. Create an upload of the right length.")

    /// Another request continues the upload, so this one was ended.
    public static let uploadTakenOver = IntakeError(
        .uploadTakenOver, zh: "另一个请求正在继续这个上传，本请求已让位。",
        en: "Another request goes on with this upload; this one gave way.")

    /// The `Idempotency-Key` was used for a request with other content.
    public static let keyReused = IntakeError(
        .keyReused, zh: "这个 Idempotency-Key 已用于内容不同的请求。请为新的请求换一个。",
        en: "This Idempotency-Key was used for a request with another content. Use a new one.")

    /// The entry has no media yet.
    public static let mediaMissing = IntakeError(
        .mediaMissing, zh: "该作品尚未上传视频。请先上传视频文件。", en: "The entry has no video yet. Upload one first.")

    /// The entry's media waits for its first check.
    public static let reportPending = IntakeError(
        .reportPending, zh: "视频已收到，正在排队检查，还没有报告。请稍后再查询，不必重新上传。",
        en:
            "The video was received and waits for its check; there is no report yet. Ask again shortly; do not upload again."
    )

    /// The entry has no report with the id that was asked for.
    public static let reportUnknown = IntakeError(
        .reportUnknown, zh: "该作品没有这份报告。全部报告见 GET /v1/entries/{id}/reports。",
        en: "The entry has no such report. See GET /v1/entries/{id}/reports.")

    /// The contest's form has no field `name`.
    ///
    /// - Parameter nearest: the name or label of a field that is most like `name`; nil when none is similar.
    public static func fieldUnknown(_ name: String, nearest: String?) -> IntakeError {
        let shown = name.prefix(40)
        let hint = nearest.map { ("是否应为“\($0)”？", "Did you mean \"\($0)\"?") } ?? ("", "")
        return IntakeError(
            .fieldUnknown, zh: "该竞赛的表单没有字段“\(shown)”。\(hint.0)全部字段见 GET /v1/contests/{id} 的 form 规则。",
            en:
                "The contest's form has no field \"\(shown)\". \(hint.1) See the rule \"form\" in GET /v1/contests/{id}."
        )
    }

    /// The entry's media was replaced while the old one was being checked.
    public static let mediaReplaced = IntakeError(
        .mediaReplaced, zh: "检查期间该作品的视频已被替换，本次结果未保存。请重新检查。",
        en: "The entry's video was replaced during the check, so its result was not kept. Check again.")

    /// The limits of running and of waiting checks are reached.
    public static let queueFull = IntakeError(
        .queueFull, zh: "当前检查的视频太多，请稍后自动或手动重试。", en: "Too many videos are being checked. Try again shortly.")

    /// No process that reads media files can be started; `message` comes from the prober.
    public static func noWorker(_ message: LocalizedText) -> IntakeError {
        IntakeError(.noWorker, zh: message.zh, en: message.en, cause: message.en)
    }

    /// A file of the announced length exceeds the free space of the disk or the limit of announced bytes.
    public static func insufficientStorage(_ cause: String) -> IntakeError {
        IntakeError(
            .insufficientStorage, zh: "服务器的剩余空间不够接收这个文件（其他上传也已占用预留空间）。请稍后重试，或联系管理员。",
            en: "The server has no room left for this file beside the uploads under way. Try again later or tell the "
                + "operator.", cause: cause)
    }

    /// `most` uploads, the limit, are unfinished.
    public static func tooManyUploads(_ most: Int) -> IntakeError {
        IntakeError(
            .tooManyUploads, zh: "未完成的上传已达 \(most) 个。请先完成或取消（DELETE）已有的上传，或稍后重试。",
            en: "There are \(most) unfinished uploads. Finish or DELETE yours, or try again later.")
    }

    /// The caller cancelled the request.
    public static let cancelled = IntakeError(.cancelled, zh: "请求已取消。", en: "The request was cancelled.")

    /// The disk or the database failed.
    public static func storageFailed(_ cause: String) -> IntakeError {
        IntakeError(
            .storageFailed, zh: "服务器存储出错，作品未保存。请稍后重试，或联系管理员。",
            en: "The server's storage failed and nothing was saved. Try again later or tell the operator.", cause: cause
        )
    }
}
