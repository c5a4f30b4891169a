/// The kept result of a request with an `Idempotency-Key`, as the request left it.
public enum KeptAnswer: Sendable, Hashable {
    /// The entry as it stood at the end of the request's transaction.
    case entry(Entry)
    /// Id of the upload that the request began.
    case upload(String)
}
