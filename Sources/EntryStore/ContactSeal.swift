internal import Crypto
internal import EntryIntake
internal import Foundation

/// Seals personal text with AES-GCM and digests secrets with HMAC, so that the database alone, or a copy of it, reveals
/// no telephone number and no key.
///
/// Each line of the key file is one key: a name, a space, 32 bytes in Base64. Blank lines and lines that begin with `#`
/// are ignored. The first key seals; every key opens values that it sealed.
struct ContactSeal: Sendable {
    private let keys: [(name: String, key: SymmetricKey)]

    /// A sealed value or a keyed digest, and the name of its key.
    struct Sealed: Hashable {
        var bytes: Data
        var key: String
    }

    /// Reads the key file at `path`; makes a file with a new key when there is none.
    ///
    /// - Throws: `.storageFailed` when the file cannot be read or made, or a line is malformed; `.diskFull`.
    init(file path: String) throws(IntakeError) {
        if access(path, F_OK) != 0, errno == ENOENT { try Self.makeKeyFile(at: path) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Self.unusable(path, "\(String(cString: strerror(errno)))")
        }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
            .filter { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }
        var keys: [(String, SymmetricKey)] = []
        for line in lines {
            let parts = line.split(separator: " ")
            guard parts.count == 2, let bytes = Data(base64Encoded: String(parts[1])), bytes.count == 32,
                !keys.contains(where: { $0.0 == parts[0] })
            else { throw Self.unusable(path, "line \(keys.count + 1)") }
            keys.append((String(parts[0]), SymmetricKey(data: bytes)))
        }
        guard !keys.isEmpty else { throw Self.unusable(path, "no key") }
        self.keys = keys
    }

    /// Makes a seal with a new key that is stored nowhere, for tests and for tables in memory.
    init() { keys = [("memory", SymmetricKey(size: .bits256))] }

    /// Encrypts `value` so that it opens only for the same `owner`.
    func seal(_ value: some Encodable, for owner: String) throws -> Sealed {
        let box = try AES.GCM.seal(JSONEncoder().encode(value), using: keys[0].key, authenticating: Data(owner.utf8))
        guard let bytes = box.combined else { throw IntakeError.storageFailed("AES-GCM nonce") }
        return Sealed(bytes: bytes, key: keys[0].name)
    }

    /// Decrypts a value of `owner`; nil when the key file lacks its key, its bytes were changed, or `owner` is another.
    func open<Value: Decodable>(_ type: Value.Type, _ sealed: Sealed, for owner: String) -> Value? {
        guard let key = keys.first(where: { $0.name == sealed.key })?.key,
            let box = try? AES.GCM.SealedBox(combined: sealed.bytes),
            let data = try? AES.GCM.open(box, using: key, authenticating: Data(owner.utf8))
        else { return nil }
        return try? JSONDecoder().decode(type, from: data)
    }

    /// Whether the key file has a key of this name.
    func has(_ name: String) -> Bool { keys.contains { $0.name == name } }

    /// The purposes of keyed digests; each has a key of its own, derived from a key of the file.
    enum Purpose: String {
        /// The content of a request with an `Idempotency-Key`.
        case idempotency
        /// The secret of an API key.
        case apiKey = "api-key"
    }

    /// HMAC-SHA-256 of `content` by the first key of the file.
    func keyedDigest(of content: some DataProtocol, for purpose: Purpose) -> Sealed {
        Sealed(bytes: Self.digest(of: content, for: purpose, by: keys[0].key), key: keys[0].name)
    }

    /// HMAC-SHA-256 of `content` by the named key; nil when the key file lacks it.
    func keyedDigest(of content: some DataProtocol, for purpose: Purpose, by name: String) -> Data? {
        keys.first { $0.name == name }.map { Self.digest(of: content, for: purpose, by: $0.key) }
    }

    /// Source: RFC 5869 for the derived key, RFC 2104 for the digest.
    private static func digest(of content: some DataProtocol, for purpose: Purpose, by key: SymmetricKey) -> Data {
        let derived = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Data("clipcheck \(purpose.rawValue)".utf8), outputByteCount: 32)
        return Data(HMAC<SHA256>.authenticationCode(for: content, using: derived))
    }

    private static func makeKeyFile(at path: String) throws(IntakeError) {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let name = SHA256.hash(data: bytes).prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let text = Data("\(name) \(bytes.base64EncodedString())\n".utf8)
        // The file gets its name when it is complete, so a crash never leaves half a key under that name.
        let draft = path + ".new"
        let descriptor = Foundation.open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .disk("make key file", errno) }
        defer { close(descriptor) }
        let count = text.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count == text.count, fsync(descriptor) == 0, rename(draft, path) == 0 else {
            let code = errno
            unlink(draft)
            throw .disk("write key file", code)
        }
        // Without this sync a power cut could lose the key, and with it everything that the key sealed.
        try MediaFolder.sync(URL(filePath: path).deletingLastPathComponent().path)
    }

    private static func unusable(_ path: String, _ cause: String) -> IntakeError {
        IntakeError(
            .storageFailed,
            zh: "密钥文件“\(path)”无法使用（\(cause)）。每行应为：名称、空格、Base64 编码的 32 字节密钥。请从备份恢复，不要新建。",
            en:
                "The key file \"\(path)\" cannot be used (\(cause)). Each line is a name, a space and 32 bytes in Base64. "
                + "Restore it from a backup; do not make a new one.")
    }
}
