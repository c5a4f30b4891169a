internal import Crypto
public import Foundation

/// A secret that signs deliveries: 24 to 64 bytes, written `whsec_` and Base64.
///
/// Source: Standard Webhooks 1.0, "Signature scheme".
public struct WebhookSecret: Sendable, Hashable, Codable {
    /// The bytes that the HMAC is keyed with.
    public let bytes: Data

    /// Makes a secret of 32 random bytes.
    public init() { bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) } }

    /// Reads a secret as it is written; nil for any other text.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let bytes = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            (24...64).contains(bytes.count)
        else { return nil }
        self.bytes = bytes
    }

    /// The secret as its receiver stores it.
    public var text: String { Self.prefix + bytes.base64EncodedString() }

    private static let prefix = "whsec_"
}
