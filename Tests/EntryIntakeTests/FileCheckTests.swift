import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import Synchronization
import TestSupport
import Testing

@Suite("The check of one file", .timeLimit(.minutes(5)))
struct FileCheckTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Checks the file `clip.mp4` under `path`.
    private func check(
        _ prober: ProbeDouble, _ memory: MemoryDouble?, contest: Contest? = nil, skipsDigest: Bool = false,
        path: String = "a/clip.mp4"
    ) async throws -> FileCheck.Result {
        let inspector = Inspector(prober: prober, running: 2, waiting: 10, clock: .stopped)
        let check = FileCheck(
            contest: try contest ?? .sample(), inspector: inspector, skipsDigest: skipsDigest, memory: memory)
        let file = try OpenMediaFile(path: folder.path("clip.mp4"))
        return try await check.report(on: file, at: Array(path.utf8), named: path)
    }

    @Test("`FileCheck` returns the report of an earlier run without a probe if nothing has changed")
    func unchanged() async throws {
        let (prober, memory) = (ProbeDouble(), MemoryDouble())
        try folder.write(Array("abc".utf8), to: "clip.mp4")
        let first = try await check(prober, memory)
        let second = try await check(prober, memory)
        #expect(!first.isUnchanged && second.isUnchanged)
        #expect(second.report == first.report)
        #expect(prober.questions.count == 1)
    }

    /// The change between two runs.
    enum Change: String, CaseIterable {
        case content
        case size
        case time
        case path
        case contest
        case tools
    }

    @Test("`FileCheck` probes the file again after any change", arguments: Change.allCases)
    func changed(change: Change) async throws {
        let (prober, memory) = (ProbeDouble(), MemoryDouble())
        let file = try folder.write(Array("abc".utf8), to: "clip.mp4")
        let time = try modified(file)
        _ = try await check(prober, memory)
        switch change {
        case .content:
            try folder.write(Array("abd".utf8), to: "clip.mp4")
            try setModified(file, time)
        case .size:
            try folder.write(Array("abcd".utf8), to: "clip.mp4")
            try setModified(file, time)
        case .time: try setModified(file, (time.0, (time.1 + 1) % 1_000_000_000))
        case .path, .contest: break
        case .tools: memory.change { $0.tool.ffmpeg["libavformat"] = "0.0.1" }
        }
        let again = try await check(
            prober, memory, contest: change == .contest ? try .sample(revision: 2) : nil,
            path: change == .path ? "b/clip.mp4" : "a/clip.mp4")
        #expect(!again.isUnchanged)
        #expect(prober.questions.count == 2)
        #expect(again.report.media.sha256 != nil)
    }

    @Test(
        "`FileCheck` does not remember the report of a probe that ran out of time or memory",
        arguments: [ProbeError.Code.timedOut, .outOfMemory])
    func cutShort(code: ProbeError.Code) async throws {
        let memory = MemoryDouble()
        try folder.write(Array("abc".utf8), to: "clip.mp4")
        _ = try await check(ProbeDouble(.error(code)), memory)
        let again = try await check(ProbeDouble(), memory)
        #expect(!again.isUnchanged && again.report.verdict == .compliant)
    }

    @Test("`FileCheck` remembers the report on a damaged file")
    func atFault() async throws {
        let memory = MemoryDouble()
        try folder.write(Array("abc".utf8), to: "clip.mp4")
        _ = try await check(ProbeDouble(.error(.damaged)), memory)
        #expect(try await check(ProbeDouble(.error(.damaged)), memory).isUnchanged)
    }

    @Test("`FileCheck` without digests or without a memory probes the file each time", arguments: [true, false])
    func always(skipsDigest: Bool) async throws {
        let (prober, memory) = (ProbeDouble(), MemoryDouble())
        try folder.write(Array("abc".utf8), to: "clip.mp4")
        for _ in 0..<2 {
            let result = try await check(prober, skipsDigest ? memory : nil, skipsDigest: skipsDigest)
            #expect(!result.isUnchanged)
            #expect((result.report.media.sha256 == nil) == skipsDigest)
        }
        #expect(prober.questions.count == 2)
    }
}

/// Time of the last change of a file, in seconds and nanoseconds.
private func modified(_ path: String) throws -> (Int, Int) {
    var status = stat()
    try #require(stat(path, &status) == 0)
    return (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
}

private func setModified(_ path: String, _ time: (Int, Int)) throws {
    let times = [timespec(tv_sec: time.0, tv_nsec: time.1), timespec(tv_sec: time.0, tv_nsec: time.1)]
    try #require(utimensat(AT_FDCWD, path, times, 0) == 0)
}

/// A report memory that is not stored on a disk.
final class MemoryDouble: ReportMemory {
    private struct Key: Hashable {
        var path: [UInt8]
        var modified: Int64
    }

    private let reports = Mutex<[Key: (report: Report, stills: [Still])]>([:])

    func report(at path: [UInt8], modified: Int64) -> (report: Report, stills: [Still])? {
        reports.withLock { $0[Key(path: path, modified: modified)] }
    }

    func remember(_ report: Report, _ stills: [Still], at path: [UInt8], modified: Int64) {
        reports.withLock { $0[Key(path: path, modified: modified)] = (report, stills) }
    }

    func change(_ change: (inout Report) -> Void) {
        reports.withLock { reports in
            for key in reports.keys {
                if var kept = reports[key] {
                    change(&kept.report)
                    reports[key] = kept
                }
            }
        }
    }
}
