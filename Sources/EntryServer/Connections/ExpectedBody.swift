internal import Hummingbird

/// A request body that asks the connection to send `100 Continue` before the first bytes are read.
struct ExpectedBody: AsyncSequence, Sendable {
    let body: RequestBody
    let context: ServiceContext

    func makeAsyncIterator() -> Iterator { Iterator(body: body.makeAsyncIterator(), context: context) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var body: RequestBody.AsyncIterator
        fileprivate let context: ServiceContext
        private var isAskedFor = false

        fileprivate init(body: RequestBody.AsyncIterator, context: ServiceContext) {
            self.body = body
            self.context = context
        }

        mutating func next() async throws -> ByteBuffer? {
            if !isAskedFor { context.askForBody() }
            isAskedFor = true
            return try await body.next()
        }
    }
}
