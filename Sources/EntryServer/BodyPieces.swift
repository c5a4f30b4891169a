internal import EntryIntake
internal import Hummingbird

/// A request's body piece by piece, refused when it grows beyond a limit. A sender who breaks off is told apart from a
/// failure of ours.
struct BodyPieces: AsyncSequence {
    let body: RequestBody
    let mostBytes: Int64

    func makeAsyncIterator() -> Iterator { Iterator(body: body.makeAsyncIterator(), left: mostBytes, most: mostBytes) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var body: RequestBody.AsyncIterator
        fileprivate var left: Int64
        fileprivate let most: Int64

        mutating func next() async throws -> [UInt8]? {
            guard let buffer = try await nextBuffer() else { return nil }
            left -= Int64(buffer.readableBytes)
            guard left >= 0 else { throw Problem.bodyTooLarge(most) }
            return Array(buffer.readableBytesView)
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
    /// A body over the limit of the service.
    static func bodyTooLarge(_ most: Int64) -> Problem {
        Problem(
            .contentTooLarge, IntakeError.Code.mediaTooLarge.rawValue,
            zh: "请求超过本服务允许的 \(most) 字节。请降低码率后重新导出。",
            en: "The request has more than the \(most) bytes that this service takes. Export at a lower bit rate.")
    }

    /// Text fields or a JSON form over their limit.
    static let fieldsTooLarge = Problem(
        .contentTooLarge, "fields-too-large", zh: "表单文字过长（超过 1 MiB）。请缩短后重试。",
        en: "The form's text is over 1 MiB. Shorten it and try again.")
}
