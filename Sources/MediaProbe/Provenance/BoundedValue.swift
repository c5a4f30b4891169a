/// The bytes of one statement, or the reason why they were not read.
enum BoundedValue: Sendable, Hashable {
    /// All bytes of the statement.
    case bytes([UInt8])
    /// The statement is larger than its limit.
    case tooLarge

    /// Most bytes of an AI label.
    static let labelBytes = 4 << 10
    /// Most bytes of an XMP packet.
    static let packetBytes = 256 << 10
    /// Most bytes of Content Credentials.
    static let credentialBytes = 1 << 20

    /// Reads `range` of `source`, unless it is longer than `most` bytes; nil when the source cannot be read there.
    init?(_ range: Range<UInt64>, of source: FileBytes, most: Int) {
        guard range.upperBound - range.lowerBound <= UInt64(most) else {
            self = .tooLarge
            return
        }
        guard let bytes = source.read(at: range.lowerBound, count: range.count) else { return nil }
        self = .bytes(bytes)
    }

    /// Wraps `bytes`, unless there are more than `most`.
    init(_ bytes: some Collection<UInt8>, most: Int) {
        self = bytes.count > most ? .tooLarge : .bytes(Array(bytes))
    }
}
