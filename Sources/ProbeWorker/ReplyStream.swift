internal import MediaFacts

internal import struct Foundation.Data

/// Splits the bytes of a worker as they arrive into any number of progress records and the answer behind them.
///
/// A record has 17 bytes: the mark 0x1e, then two little-endian numbers of eight bytes (milliseconds decoded, length of
/// the film in milliseconds). The answer begins with the first byte outside a record that is not the mark, and
/// continues to the end. Records are not stored, so a worker that sends only records uses no memory; they count in
/// `received`, so the limit on the whole reply ends such a worker.
struct ReplyStream {
    /// The answer so far.
    private(set) var answer = Data()
    /// Bytes received, records included.
    private(set) var received = 0
    private var record: [UInt8] = []

    /// First byte of a record. No JSON text begins with this control character.
    private static let mark: UInt8 = 0x1e
    private static let recordBytes = 17

    /// Encodes a progress record.
    static func record(_ progress: ExaminationProgress) -> [UInt8] {
        [mark] + bytes(progress.decoded.wholeMilliseconds) + bytes(progress.length.wholeMilliseconds)
    }

    /// Appends received bytes; returns the newest progress record that they complete.
    mutating func append(_ part: ArraySlice<UInt8>) -> ExaminationProgress? {
        received += part.count
        guard answer.isEmpty else {
            answer.append(contentsOf: part)
            return nil
        }
        var newest: ExaminationProgress?
        var rest = part
        while let first = rest.first {
            guard !record.isEmpty || first == Self.mark else {
                answer.append(contentsOf: rest)
                break
            }
            let taken = rest.prefix(Self.recordBytes - record.count)
            record += taken
            rest = rest.dropFirst(taken.count)
            guard record.count == Self.recordBytes else { break }
            newest = ExaminationProgress(
                decoded: .milliseconds(Self.number(record[1...8])), length: .milliseconds(Self.number(record[9...16])))
            record = []
        }
        return newest
    }

    private static func bytes(_ number: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
        Int64(bitPattern: bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
}
