internal import MediaFacts

internal import struct Foundation.Data

/// What a worker sends, taken apart as it comes: any number of progress records, then the answer.
///
/// A record is a byte that begins no answer and two numbers of eight bytes, the lowest first: milliseconds looked at, and
/// milliseconds in all. It is never kept, so a worker that sends nothing else takes up no memory; it counts against the
/// limit of the whole reply, so it cannot go on for ever. From the first other byte on everything is answer.
struct ReplyStream {
    /// The answer so far.
    private(set) var answer = Data()
    /// Bytes received, records included.
    private(set) var received = 0
    private var record: [UInt8] = []

    /// First byte of a record. JSON begins with no control character but white space.
    private static let mark: UInt8 = 0x1e
    private static let recordBytes = 17

    /// The bytes of a record.
    static func record(_ progress: ExaminationProgress) -> [UInt8] {
        [mark] + bytes(progress.milliseconds) + bytes(progress.lengthMilliseconds)
    }

    /// Takes what has come, and gives the newest record in it.
    mutating func take(_ piece: ArraySlice<UInt8>) -> ExaminationProgress? {
        received += piece.count
        guard answer.isEmpty else {
            answer.append(contentsOf: piece)
            return nil
        }
        var newest: ExaminationProgress?
        var rest = piece
        while let first = rest.first {
            guard !record.isEmpty || first == Self.mark else {
                answer.append(contentsOf: rest)
                break
            }
            let part = rest.prefix(Self.recordBytes - record.count)
            record += part
            rest = rest.dropFirst(part.count)
            guard record.count == Self.recordBytes else { break }
            newest = ExaminationProgress(
                milliseconds: Self.number(record[1...8]), lengthMilliseconds: Self.number(record[9...16]))
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

/// Hands on what a worker says of its progress, as far as it makes sense: a stranger may be speaking.
struct ProgressRelay {
    private let handler: ExaminationProgress.Handler?
    private var last: ExaminationProgress?
    private var next = ContinuousClock.now

    /// A little less than the worker's own, because records travel.
    private static let pause = Duration.milliseconds(200)
    /// The longest video that is believed, in milliseconds: a year.
    private static let longest: Int64 = 366 * 86_400_000

    init(_ handler: ExaminationProgress.Handler?) { self.handler = handler }

    /// Hands `progress` on unless it is impossible, speaks of another length, goes backwards or comes too soon.
    mutating func take(_ progress: ExaminationProgress, now: ContinuousClock.Instant = .now) {
        guard let handler, (1...Self.longest).contains(progress.lengthMilliseconds),
            (0...progress.lengthMilliseconds).contains(progress.milliseconds), now >= next
        else { return }
        if let last {
            guard last.lengthMilliseconds == progress.lengthMilliseconds, progress.milliseconds > last.milliseconds
            else { return }
        }
        (last, next) = (progress, now + Self.pause)
        handler(progress)
    }
}
