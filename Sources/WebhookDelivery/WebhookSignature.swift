internal import Crypto
public import EntryIntake
internal import Foundation

/// The headers that prove who sent a message, and when.
///
/// Source: Standard Webhooks 1.0, "Webhook headers" and "Signature scheme".
public struct WebhookSignature: Sendable, Hashable {
    /// The message's id, the same at every attempt.
    public let id: String
    /// Seconds since 1970-01-01T00:00Z at which the attempt is made. Receivers refuse what is older than five minutes.
    public let timestamp: Int64
    /// `v1,` and the Base64 of an HMAC-SHA256, one for each secret, separated by spaces.
    public let signature: String

    /// Signs `id.timestamp.body` with every secret.
    public init(id: String, timestamp: Int64, body: [UInt8], secrets: [WebhookSecret]) {
        self.id = id
        self.timestamp = timestamp
        let content = Data("\(id).\(timestamp).".utf8) + body
        signature = secrets.map { secret in
            let code = HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: secret.bytes))
            return "v1," + Data(code).base64EncodedString()
        }.joined(separator: " ")
    }

    /// Names and values of the headers.
    public var headers: [(name: String, value: String)] {
        [("webhook-id", id), ("webhook-timestamp", "\(timestamp)"), ("webhook-signature", signature)]
    }
}
