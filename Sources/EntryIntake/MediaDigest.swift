public import BlockingLanes
internal import Crypto
internal import MediaFacts

/// SHA-256 of a file that arrives in pieces.
public struct MediaDigest: Sendable {
    private var hash = SHA256()

    /// Begins with no bytes.
    public init() {}

    /// Adds the next bytes.
    public mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }

    /// The digest of all bytes so far, 64 hexadecimal digits.
    public var hexadecimal: String {
        hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Reads and digests a whole file on the calling thread; about 2 ms CPU a megabyte.
    ///
    /// - Throws: `.cancelled` soon after `withdrawn` is raised.
    public static func of(
        _ file: OpenMediaFile, until withdrawn: CancelFlag = CancelFlag()
    ) throws(IntakeError) -> String {
        try MediaDigest(of: file, until: withdrawn).hexadecimal
    }

    /// Reads and digests a whole file, to go on with more bytes.
    ///
    /// - Throws: `.cancelled` soon after `withdrawn` is raised.
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
