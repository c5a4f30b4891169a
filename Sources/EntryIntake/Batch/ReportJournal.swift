public import ContestRules
internal import Crypto
internal import Foundation
public import MediaFacts
internal import Synchronization

/// The reports of one run over a folder, in one file, from which `check --resume` continues the run.
///
/// Each line is one report: the SHA-256 of the path, the time of the file's last change, the report as JSON and its
/// stills in Base64, separated by tabs. Of two lines with the same path the later one counts; an incomplete last line
/// is ignored. Only this user may read the file. The file contains no path.
public final class ReportJournal: ReportMemory {
    private let descriptor: Int32
    private let places: Mutex<Places>

    /// Byte ranges of the journal's lines, by the SHA-256 of the path.
    private struct Places {
        var lines: [String: Range<Int64>] = [:]
        /// Offset at which the next line is written.
        var end: Int64 = 0
        /// Whether a write failed; no further report is written then.
        var isBroken = false
    }

    /// Opens the journal of one run; makes the file when it is missing.
    ///
    /// - Parameters:
    ///   - folder: the folder of all journals, made when missing. Journals that were last written more than 90 days
    ///     ago are removed from it.
    ///   - run: identifies the run; a run continues the journal of an earlier run with the same values.
    ///   - isResumed: whether the journal's reports are used; false empties the journal.
    /// - Returns: nil when the journal cannot be used: no permission, a full disk, or another run holds it.
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

    /// Number of files with a remembered report.
    public var count: Int { places.withLock { $0.lines.count } }

    /// The report on the file at `path`, with its stills, if the file was last changed at `modified`; nil otherwise.
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

    /// Appends a report. A failed write is not an error: this run has its results, and only the next run takes longer.
    public func remember(_ report: Report, _ stills: [Still], at path: [UInt8], modified: Int64) {
        guard let json = try? WireJSON.data(report) else { return }
        let key = Self.key(Data(path))
        let pictures = stills.map { Data($0.jpeg).base64EncodedString() }.joined(separator: ",")
        let line = Data("\(key)\t\(modified)\t".utf8) + json + Data("\t\(pictures)\n".utf8)
        places.withLock { places in
            guard !places.isBroken else { return }
            let written = line.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(places.end)) }
            guard written == line.count else {
                places.isBroken = true  // the next run ignores the incomplete line
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

    /// Decodes the stills of a report from Base64, in the report's order; empty when their number is not the report's.
    private static func stills(of report: Report, _ text: Data) -> [Still] {
        let jpegs = text.split(separator: UInt8(ascii: ",")).compactMap { Data(base64Encoded: Data($0)) }
        guard jpegs.count == report.stills.count else { return [] }
        return zip(report.stills, jpegs).map { still, jpeg in
            Still(
                atMilliseconds: still.atMilliseconds, width: still.width, height: still.height, jpeg: Array(jpeg))
        }
    }

    /// Indexes the lines of the journal, one megabyte at a time, and cuts off an incomplete last line.
    private static func read(_ descriptor: Int32, into places: inout Places) {
        var rest: [UInt8] = []  // begins at `places.end`
        while true {
            let start = places.end + Int64(rest.count)
            let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, filled in
                filled = max(0, pread(descriptor, buffer.baseAddress, buffer.count, off_t(start)))
            }
            guard !chunk.isEmpty else { break }
            rest += chunk
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
        // The next line begins where the incomplete one began.
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
