internal import Foundation
internal import Hummingbird
internal import MediaFacts

/// Reads a form from the events of a multipart parser: stores text fields, and returns the bytes of the part `media`.
struct FormReader {
    /// Text fields by name, without the contest's id.
    private(set) var fields: [String: String] = [:]
    /// Id of the contest, from the query or else from the form; nil while neither names one.
    private(set) var contest: String?
    /// The file's name as the client sent it, shortened by `reducedFilename`; nil when there is none.
    private(set) var filename: String?
    /// A note to the client about the file name's character set; nil when there is nothing to say.
    private(set) var filenameNote: LocalizedText?
    /// Whether a part `media` with a file has begun.
    private(set) var hasMedia = false

    private let mostFields: Int
    private let mostFieldBytes: Int
    private var fieldCount = 0
    private var fieldBytes = 0
    private var name: String?
    private var text: [UInt8] = []
    private var toldOfMedia = false
    private var namesContest = false

    /// Begins a form.
    ///
    /// - Parameters:
    ///   - contest: id of the contest from the query; nil when the query names none. It overrides the form's.
    ///   - mostFields: most text fields, without the contest's id.
    ///   - mostFieldBytes: most bytes of all text fields together.
    init(contest: String?, mostFields: Int, mostFieldBytes: Int) {
        self.contest = contest
        self.mostFields = mostFields
        self.mostFieldBytes = mostFieldBytes
    }

    /// Reads one event of the parser.
    ///
    /// - Returns: bytes of the file; nil when the event holds none.
    /// - Throws: a problem when the form breaks a limit, has a repeated field, a file in another part than `media`, or
    ///   text that is not UTF-8.
    mutating func take(_ event: MultipartParser.Event) throws -> ArraySlice<UInt8>? {
        switch event {
        case .began(let part): try begin(part)
        // A part `media` without a chosen file may still have bytes; they are dropped.
        case .data(let bytes) where name == nil: return hasMedia ? bytes : nil
        case .data(let bytes):
            fieldBytes += bytes.count
            guard fieldBytes <= mostFieldBytes else { throw Problem.fieldsTooLarge }
            text += bytes
        case .ended: try end()
        case .finished: break
        }
        return nil
    }

    /// Whether the data of the present part is the file's.
    var isInFile: Bool { hasMedia && name == nil }

    /// Whether the part `media` has begun since the last call. The caller then checks the contest before it writes the
    /// file.
    mutating func hasNewMedia() -> Bool {
        defer { toldOfMedia = hasMedia }
        return hasMedia && !toldOfMedia
    }

    private mutating func begin(_ part: MultipartPart) throws {
        guard part.name == "media" else {
            guard part.filename == nil else { throw Problem.filePartUnknown(part.name) }
            fieldCount += part.name == "contest" ? 0 : 1
            guard fieldCount <= mostFields else { throw Problem.fieldsTooMany(mostFields) }
            name = part.name
            text = []
            return
        }
        guard !hasMedia else {
            throw Problem(
                .unprocessableContent, "media-repeated", zh: "一个作品只能有一个视频文件（media 字段重复）。",
                en: "An entry has one video only, but the form has several parts \"media\".")
        }
        name = nil
        // A browser sends an empty file name when the user chose no file.
        hasMedia = part.filename != ""
        filename = reducedFilename(part.filename)
        filenameNote = part.filenameNote
    }

    private mutating func end() throws {
        guard let name else { return }
        self.name = nil
        guard let value = String(validating: text, as: UTF8.self) else {
            throw Problem(
                .badRequest, "field-encoding", zh: "表单文字不是 UTF-8 编码。请用 UTF-8 提交。", en: "The form's text is not UTF-8.")
        }
        if name == "contest", !namesContest {
            namesContest = true
            contest = contest ?? value
        } else if name == "contest" || fields.updateValue(value, forKey: name) != nil {
            throw Problem(
                .badRequest, "field-repeated", zh: "表单字段“\(name.prefix(40))”重复。",
                en: "The form field \"\(name.prefix(40))\" is sent twice.")
        }
    }
}

extension Problem {
    /// A part other than `media` holds a file.
    fileprivate static func filePartUnknown(_ name: String) -> Problem {
        Problem(
            .unprocessableContent, "file-part-unknown",
            zh: "文件放在了字段“\(name.prefix(40))”中。请把视频文件放在名为 media 的字段中。",
            en: "The file was sent as part \"\(name.prefix(40))\". Name the part \"media\".")
    }
}
