/// The reason why a `multipart/form-data` body, or its `Content-Type`, cannot be read. The client always caused it.
struct MultipartError: Error, Hashable, Sendable {
    /// Stable word for the reason. It goes on the wire and stays the same across releases.
    enum Code: String, Hashable, Sendable, CaseIterable {
        case notMultipart = "not-multipart"
        case badBoundary = "bad-boundary"
        case badLineEnd = "bad-line-end"
        case malformedHeader = "malformed-header"
        case missingName = "missing-name"
        case headerTooLong = "header-too-long"
        case tooManyHeaders = "too-many-headers"
        case tooManyParts = "too-many-parts"
        case truncated
    }

    /// The advice to the client, in Chinese and in English. The text never quotes bytes of the request.
    struct Message: Hashable, Sendable {
        var zh: String
        var en: String
    }

    let code: Code
    let message: Message

    private init(_ code: Code, zh: String, en: String) {
        self.code = code
        message = Message(zh: zh, en: en)
    }
}

extension MultipartError {
    /// The `Content-Type` names another media type.
    static let notMultipart = MultipartError(
        .notMultipart,
        zh: "请求体必须是 multipart/form-data，请在 Content-Type 中写明并附上 boundary",
        en: "Send the form as multipart/form-data and say so, with its boundary, in Content-Type")

    /// The `boundary` parameter is absent, of a wrong length, or has characters that RFC 2046 §5.1.1 does not allow.
    static let badBoundary = MultipartError(
        .badBoundary,
        zh: "Content-Type 缺少有效的 boundary：请用 1 至 70 个 RFC 2046 允许的字符，含特殊字符时加双引号",
        en: "Give Content-Type a boundary of 1 to 70 characters allowed by RFC 2046, quoted if it has special ones")

    /// A boundary or header line ends with LF or CR alone, or has text after the boundary.
    static let badLineEnd = MultipartError(
        .badLineEnd,
        zh: "分隔行和头部行必须以 CRLF（\\r\\n）结尾，不能只用 LF，分隔符后也不能有其他文字",
        en:
            "End every boundary line and header line with CRLF (\\r\\n), not LF alone, and put no text after the boundary"
    )

    /// A header is not `name: value`, or its parameters cannot be read without guessing.
    static let malformedHeader = MultipartError(
        .malformedHeader,
        zh: "分段头部格式有误：请检查 Content-Disposition 的写法、引号和编码（filename* 支持 UTF-8、GB18030、GBK、GB2312 和 ISO-8859-1），且不要重复",
        en:
            "Correct the part's headers: form, quotes and encoding of Content-Disposition (filename* in UTF-8, GB18030, GBK, GB2312 or ISO-8859-1), no repeats"
    )

    /// A part lacks `Content-Disposition: form-data; name="…"`, or its name is empty (RFC 7578 §4.2).
    static let missingName = MultipartError(
        .missingName,
        zh: "每个分段都需要 Content-Disposition: form-data; name=\"字段名\"",
        en: "Give every part a Content-Disposition: form-data; name=\"field\"")

    /// The headers of one part take more than `limit` bytes.
    static func headerTooLong(limit: Int) -> MultipartError {
        MultipartError(
            .headerTooLong,
            zh: "分段头部超过 \(limit) 字节，请缩短文件名或去掉多余的头部",
            en: "Shorten the file name or drop headers: the headers of a part may take \(limit) bytes")
    }

    /// One part has more than `limit` header lines.
    static func tooManyHeaders(limit: Int) -> MultipartError {
        MultipartError(
            .tooManyHeaders,
            zh: "一个分段的头部超过 \(limit) 行，请去掉多余的头部",
            en: "Drop headers: a part may have \(limit) header lines")
    }

    /// The body has more than `limit` parts.
    static func tooManyParts(limit: Int) -> MultipartError {
        MultipartError(
            .tooManyParts,
            zh: "表单超过 \(limit) 个分段，请减少字段或文件",
            en: "Send fewer fields or files: a form may have \(limit) parts")
    }

    /// The body ended before its closing boundary.
    static let truncated = MultipartError(
        .truncated,
        zh: "上传不完整：没有收到结尾的分隔符，请重新上传",
        en: "Upload again: the body ended before its closing boundary")
}
