internal import EntryIntake
internal import Hummingbird
internal import NIOCore

/// The body of a request as a sequence of pieces, each in the buffer that the socket was read into.
///
/// Iterating throws `Problem.bodyTooLarge` beyond `mostBytes`, the problem `upload-interrupted` when the client breaks
/// off, and `IntakeError.cancelled` when the request is cancelled.
struct BodyPieces: AsyncSequence {
    let body: RequestBody
    let mostBytes: Int64

    func makeAsyncIterator() -> Iterator { Iterator(body: body.makeAsyncIterator(), left: mostBytes, most: mostBytes) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var body: RequestBody.AsyncIterator
        fileprivate var left: Int64
        fileprivate let most: Int64

        mutating func next() async throws -> ByteBufferView? {
            guard let buffer = try await nextBuffer() else { return nil }
            left -= Int64(buffer.readableBytes)
            guard left >= 0 else { throw Problem.bodyTooLarge(most) }
            return buffer.readableBytesView
        }

        private mutating func nextBuffer() async throws -> ByteBuffer? {
            do {
                return try await body.next()
            } catch is CancellationError {
                throw IntakeError.cancelled
            } catch {
                throw Problem(
                    .badRequest, "upload-interrupted", zh: "上传中断，未收到完整内容。请重新上传。",
                    en: "The upload broke off before its end. Send it again.")
            }
        }
    }
}

extension Problem {
    /// The body has more than `most` bytes.
    static func bodyTooLarge(_ most: Int64) -> Problem {
        Problem(
            .contentTooLarge, IntakeError.Code.mediaTooLarge.rawValue,
            zh: "请求超过本服务允许的 \(most) 字节。请降低码率后重新导出。",
            en: "The request has more than the \(most) bytes that this service takes. Export at a lower bit rate.")
    }

    /// A form, or the metadata of an upload, has more than `most` fields.
    static func fieldsTooMany(_ most: Int) -> Problem {
        Problem(
            .contentTooLarge, "fields-too-many", zh: "表单字段超过 \(most) 个。请只发送竞赛表单所列的字段。",
            en: "The form has more than \(most) fields. Send only the fields that the contest's form lists.")
    }

    /// The text fields of a form, or a JSON body, have more than 1 MiB.
    static let fieldsTooLarge = Problem(
        .contentTooLarge, "fields-too-large", zh: "表单文字过长（超过 1 MiB）。请缩短后重试。",
        en: "The form's text is over 1 MiB. Shorten it and try again.")
}
