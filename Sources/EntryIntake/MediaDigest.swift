public import BlockingLanes
internal import Crypto
internal import MediaFacts

/// The SHA-256 of a file whose bytes are added in chunks.
public struct MediaDigest: Sendable {
    private var hash = SHA256()

    /// Makes the digest of no bytes.
    public init() {}

    /// Adds the next bytes.
    public mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { add($0) }
    }

    /// Adds the next bytes.
    public mutating func add(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

    /// The digest of all bytes added so far, as 64 hexadecimal digits. More bytes can be added afterwards.
    public var hexadecimal: String {
        hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The SHA-256 of a whole file, read on the calling thread; costs about 2 ms of CPU time per megabyte.
    ///
    /// - Returns: 64 hexadecimal digits.
    /// - Throws: `.cancelled` soon after `withdrawn` is raised; `.storageFailed` when the file cannot be read.
    public static func of(
        _ file: OpenMediaFile, until withdrawn: CancelFlag = CancelFlag()
    ) throws(IntakeError) -> String {
        try MediaDigest(of: file, until: withdrawn).hexadecimal
    }

    /// Makes the digest of a whole file, to which more bytes can be added.
    ///
    /// - Throws: `.cancelled` soon after `withdrawn` is raised; `.storageFailed` when the file cannot be read.
    public init(of file: OpenMediaFile, until withdrawn: CancelFlag = CancelFlag()) throws(IntakeError) {
        var offset: Int64 = 0
        while offset < file.media.bytes {
            guard !withdrawn.isRaised else { throw .cancelled }
            let wanted = Int(min(Int64(1 << 20), file.media.bytes - offset))
            let bytes = try file.read(at: offset, count: wanted)
            guard !bytes.isEmpty else { break }
            add(bytes)
            offset += Int64(bytes.count)
        }
    }
}
