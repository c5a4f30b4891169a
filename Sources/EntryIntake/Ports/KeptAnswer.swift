/// The stored result of a request with an `Idempotency-Key`.
public enum KeptAnswer: Sendable, Hashable {
    /// The entry at the end of the request's transaction.
    case entry(Entry)
    /// Id of the upload that the request began.
    case upload(String)
}
