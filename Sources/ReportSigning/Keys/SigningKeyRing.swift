public import ContestRules
internal import Crypto
public import EntryIntake
internal import Foundation

/// The keys of a key file. The first one signs; the others were replaced and only verify.
public struct SigningKeyRing: Sendable {
    /// Name of the key file in a data folder.
    public static let fileName = "clipcheck.signing-keys"

    let keys: [SigningKey]
    private let signing: Curve25519.Signing.PrivateKey
    private let signingID: String

    /// Reads the key file at `path`; makes one with a new key when there is none.
    ///
    /// - Throws: `.storageFailed` when others than the owner may read or write the file, or it is not whole.
    public init(
        file path: String, at moment: @autoclosure () -> Moment = WallClock.system.now()
    ) throws(IntakeError) {
        if let ring = try Self.read(path) {
            self = ring
            return
        }
        let made = try SigningKeyRing([SigningKey(at: moment())], path)
        // Another process may have made the file at the same moment; then its key counts.
        let isNew = try SigningKeyFile(path: path).create(made.keys)
        self = isNew ? made : try Self.read(path) ?? made
    }

    /// Reads the key file at `path`; nil when there is none.
    public static func read(_ path: String) throws(IntakeError) -> SigningKeyRing? {
        try SigningKeyFile(path: path).read().map { keys throws(IntakeError) in try SigningKeyRing(keys, path) }
    }

    /// Makes a key file with a new key.
    ///
    /// - Throws: `.fileNotPermitted` when `path` exists; it is not overwritten.
    public static func create(
        file path: String, at moment: Moment = WallClock.system.now()
    ) throws(IntakeError) -> SigningKeyRing {
        let ring = try SigningKeyRing([SigningKey(at: moment)], path)
        guard try SigningKeyFile(path: path).create(ring.keys) else {
            throw IntakeError(
                .fileNotPermitted, zh: "“\(path)”已存在，不会覆盖。请换一个文件名。",
                en: "\"\(path)\" exists and is not overwritten. Name another file.")
        }
        return ring
    }

    /// Adds a new key that signs from now on. The private half of the key before it is removed from the file; its public
    /// half stays and verifies what it signed.
    ///
    /// - Throws: `.fileMissing` when there is no key file.
    public static func rotate(
        file path: String, at moment: Moment = WallClock.system.now()
    ) throws(IntakeError) -> SigningKeyRing {
        guard let ring = try read(path) else {
            throw IntakeError(
                .fileMissing, zh: "没有签名密钥文件“\(path)”。服务首次启动时会建立，也可用 clipcheck signing-keys create。",
                en: "There is no file of signing keys \"\(path)\". The first start of the service makes it, or "
                    + "clipcheck signing-keys create does.")
        }
        let rotated = try SigningKeyRing([SigningKey(at: moment)] + ring.keys.map(\.retired), path)
        try SigningKeyFile(path: path).replace(with: rotated.keys)
        return rotated
    }

    /// A ring with one key of its own, for tests and for data in memory.
    public init(at moment: Moment) {
        let key = SigningKey(at: moment)
        keys = [key]
        // A key that was just made has its private half.
        signing = key.privateKey ?? Curve25519.Signing.PrivateKey()
        signingID = key.published.id
    }

    private init(_ keys: [SigningKey], _ path: String) throws(IntakeError) {
        let ids = Set(keys.map(\.published.id))
        guard let first = keys.first, let key = first.privateKey, ids.count == keys.count,
            keys.dropFirst().allSatisfy({ $0.privateKey == nil })
        else { throw SigningKeyFile(path: path).unusable("the first key is private, every other one public") }
        self.keys = keys
        signing = key
        signingID = first.published.id
    }

    /// The signature of the current key over the canonical form of `object`, which has no member `signature`.
    func signature(over object: JSONValue) throws(IntakeError) -> ReportSignature {
        do {
            let bytes = try CanonicalJSON.bytes(object)
            return ReportSignature(
                key: signingID, value: try signing.signature(for: bytes).base64EncodedString())
        } catch {
            throw .storageFailed("signing: \(error)")
        }
    }

    /// The signature of the current key over the JSON of `value`, which has no member `signature`.
    public func signature(of value: some Encodable) throws(IntakeError) -> ReportSignature {
        let object: JSONValue
        do {
            object = try CanonicalJSON.value(of: Array(try WireJSON.data(value)))
        } catch {
            throw .storageFailed("signing: \(error)")
        }
        return try signature(over: object)
    }
}

extension SigningKeyRing: ReportSealing {
    /// The report with a signature over everything else in it; an older signature is replaced.
    public func signed(_ report: Report) throws(IntakeError) -> Report {
        var report = report
        report.signature = nil
        report.signature = try signature(of: report)
        return report
    }

    /// Every public key, the current one first.
    public var publicKeys: [PublicSigningKey] { keys.map(\.published) }

    /// Every public key, to verify with.
    public var verifyingKeys: [VerifyingKey] { publicKeys.compactMap(VerifyingKey.init) }
}

extension Optional where Wrapped: Sendable {
    /// `transform` of the value; nil without one. `map` of the library does not pass typed errors on.
    fileprivate func map<Value>(
        _ transform: (Wrapped) throws(IntakeError) -> Value
    ) throws(IntakeError) -> Value? {
        guard let self else { return nil }
        return try transform(self)
    }
}
