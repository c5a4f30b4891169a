internal import Crypto
internal import Hummingbird

internal import struct Foundation.Data

/// Who may see contacts: whoever sends one of these keys as `Authorization: Bearer …`.
///
/// Only digests are held and compared, so that the time of an answer tells nothing of a key.
public struct OrganiserKeys: Sendable {
    private let digests: [SHA256.Digest]

    /// Takes the keys; none means that nobody sees contacts over HTTP.
    public init(_ keys: [String] = []) { digests = keys.map { SHA256.hash(data: Data($0.utf8)) } }

    /// Whether the request comes from an organiser; one without a key comes from anybody.
    ///
    /// - Throws: a problem with status 401 when it sends a key that is not known.
    func admit(_ request: Request) throws -> Bool {
        guard let text = request.headers[.authorization] else { return false }
        let parts = text.split(separator: " ", maxSplits: 1)
        if parts.count == 2, parts[0].lowercased() == "bearer" {
            if digests.contains(SHA256.hash(data: Data(parts[1].utf8))) { return true }
        }
        throw Problem(
            .unauthorized, "key-unknown", zh: "密钥无效。请检查 Authorization: Bearer 后的密钥。",
            en: "The key is not known. Check what follows \"Authorization: Bearer\".")
    }
}
