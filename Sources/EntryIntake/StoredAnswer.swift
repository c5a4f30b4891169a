/// The answer to a request that created something, kept so that the same request is answered the same again.
public struct StoredAnswer: Sendable, Hashable {
    /// The client's `Idempotency-Key`; nil when it sent none and nothing is kept.
    public var key: String?
    /// Digest of what was asked: same key, other fingerprint is a mistake of the client's.
    public var fingerprint: String
    /// Status of the answer.
    public var status: Int
    /// `Location` of the answer; nil when it has none.
    public var location: String?
    /// Body of the answer, without anything personal.
    public var body: [UInt8]

    /// Makes an answer.
    public init(key: String?, fingerprint: String, status: Int, location: String?, body: [UInt8]) {
        self.key = key
        self.fingerprint = fingerprint
        self.status = status
        self.location = location
        self.body = body
    }

    /// Days for which a key is remembered.
    public static let lifetimeDays = 7

    /// Writes the answer about an entry, before the entry is kept.
    public typealias Writer = @Sendable (Entry) -> StoredAnswer
}

extension Intake {
    /// Runs `work` once for each key: a second request with the key waits for the first and is given its answer.
    ///
    /// - Parameter work: keeps its answer together with what it creates, so that a crash loses both or neither.
    /// - Throws: `.keyReused` when the key came with another request before.
    public func once(
        _ key: String?, _ fingerprint: String, _ work: () async throws -> StoredAnswer
    ) async throws -> StoredAnswer {
        guard let key else { return try await work() }
        await turns.take(key)
        do {
            let answer: StoredAnswer
            if let known = try await keeper.answer(to: key) {
                guard known.fingerprint == fingerprint else { throw IntakeError.keyReused }
                answer = known
            } else {
                answer = try await work()
            }
            await turns.end(key)
            return answer
        } catch {
            await turns.end(key)
            throw error
        }
    }
}
