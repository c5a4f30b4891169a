/// What a request with an `Idempotency-Key` came to, as it was when it was carried out.
public enum KeptAnswer: Sendable, Hashable {
    /// The entry as it stood at the end of the request's transaction.
    case entry(Entry)
    /// Id of the upload that the request began.
    case upload(String)
}
