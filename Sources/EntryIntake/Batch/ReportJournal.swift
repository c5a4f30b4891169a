public import ContestRules
internal import Crypto
internal import Foundation
public import MediaFacts
internal import Synchronization

/// The reports of one run over a folder, in a file of their own: what `check --resume` goes on from.
///
/// One line a report: the SHA-256 of the path, the time of the file's last change, the report, its pictures. A later line of the same
/// path wins; a line that was not written whole is left out. Only this user may read the file, and no path is in it.
public final class ReportJournal: ReportMemory {
    private let descriptor: Int32
    private let places: Mutex<Places>

    private struct Places {
        var lines: [String: Range<Int64>] = [:]
        var end: Int64 = 0
        var isBroken = false
    }

    /// Opens the journal of one run, made when missing.
    ///
    /// - Parameters:
    ///   - folder: where journals are kept, made when missing; those that nobody has used for 90 days are removed.
    ///   - run: what the run is about; runs about the same go on from each other.
    ///   - isResumed: whether what is there is to be used; it is forgotten otherwise.
    /// - Returns: nil when it cannot be used: no permission, a full disk, another run at it.
    public init?(folder: String, run: [String], isResumed: Bool) {
        let url = URL(filePath: folder, directoryHint: .isDirectory)
        let rights = [FileAttributeKey.posixPermissions: 0o700]
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true, attributes: rights)
        Self.removeOld(in: url)
        let name = Self.key(Data(run.joined(separator: "\0").utf8)) + ".journal"
        descriptor = open(url.appending(component: name).path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        var places = Places()
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, isResumed || ftruncate(descriptor, 0) == 0 else {
            close(descriptor)
            return nil
        }
        if isResumed { Self.read(descriptor, into: &places) }
        self.places = Mutex(places)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// How many files are remembered.
    public var count: Int { places.withLock { $0.lines.count } }

    /// The report on the file at `path`, with its pictures, if it was last changed at `modified`.
    public func report(at path: [UInt8], modified: Int64) -> (report: Report, stills: [Still])? {
        guard let place = places.withLock({ $0.lines[Self.key(Data(path))] }) else { return nil }
        var line = Data(count: Int(place.upperBound - place.lowerBound))
        let got = line.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(place.lowerBound)) }
        guard got == line.count else { return nil }
        let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 3)
        guard parts.count >= 3, Int64(String(decoding: parts[1], as: UTF8.self)) == modified else { return nil }
        guard let report = try? JSONDecoder().decode(Report.self, from: Data(parts[2])) else { return nil }
        return (report, parts.count > 3 ? Self.stills(of: report, parts[3]) : [])
    }

    /// Keeps a report. Silent when it cannot: the run is about its results, not about the next run.
    public func remember(_ report: Report, _ stills: [Still], at path: [UInt8], modified: Int64) {
        guard let json = try? WireJSON.data(report) else { return }
        let key = Self.key(Data(path))
        let pictures = stills.map { Data($0.jpeg).base64EncodedString() }.joined(separator: ",")
        let line = Data("\(key)\t\(modified)\t".utf8) + json + Data("\t\(pictures)\n".utf8)
        places.withLock { places in
            guard !places.isBroken else { return }
            let written = line.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(places.end)) }
            guard written == line.count else {
                places.isBroken = true  // half a line is left out by the next reader
                return
            }
            places.lines[key] = places.end..<(places.end + Int64(line.count) - 1)
            places.end += Int64(line.count)
        }
    }
}

extension ReportJournal {
    /// The SHA-256 of `bytes` in hexadecimal.
    private static func key(_ bytes: Data) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The pictures that a report names, from Base64 in its order; none when that is not what it names.
    private static func stills(of report: Report, _ text: Data) -> [Still] {
        let jpegs = text.split(separator: UInt8(ascii: ",")).compactMap { Data(base64Encoded: Data($0)) }
        guard jpegs.count == report.stills.count else { return [] }
        return zip(report.stills, jpegs).map { still, jpeg in
            Still(
                atMilliseconds: still.atMilliseconds, width: still.width, height: still.height, jpeg: Array(jpeg))
        }
    }

    /// Finds the lines, a piece of the file at a time.
    private static func read(_ descriptor: Int32, into places: inout Places) {
        var rest: [UInt8] = []  // begins at `places.end`
        while true {
            let start = places.end + Int64(rest.count)
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, filled in
                filled = max(0, pread(descriptor, buffer.baseAddress, buffer.count, off_t(start)))
            }
            guard !piece.isEmpty else { break }
            rest += piece
            var begin = 0
            while let end = rest[begin...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = rest[begin..<end]
                if let tab = line.firstIndex(of: UInt8(ascii: "\t")) {
                    let key = String(decoding: line[..<tab], as: UTF8.self)
                    places.lines[key] = places.end..<(places.end + Int64(line.count))
                }
                places.end += Int64(line.count) + 1
                begin = end + 1
            }
            rest.removeFirst(begin)
        }
        // What comes after the last whole line is written over.
        _ = ftruncate(descriptor, off_t(places.end))
    }

    private static func removeOld(in folder: URL) {
        let keys: Set<URLResourceKey> = [.contentModificationDateKey]
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: Array(keys))
        for file in files ?? [] where file.pathExtension == "journal" {
            guard let used = try? file.resourceValues(forKeys: keys).contentModificationDate,
                used.timeIntervalSinceNow < -90 * 86_400
            else { continue }
            try? FileManager.default.removeItem(at: file)
        }
    }
}
