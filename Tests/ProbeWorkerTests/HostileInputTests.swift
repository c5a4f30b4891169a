import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

@testable import ProbeWorker

/// Descriptors of something other than a regular file, other than media, or of a file that changes: a worker always
/// answers as a prober in the test's process does.
@Suite("Hostile input", .serialized, .timeLimit(.minutes(5)))
struct HostileInputTests {
    /// A descriptor that a caller may pass by mistake, and the code of the expected error.
    struct Input: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: ProbeError.Code
        var bytes: Int64 = 4096
        let open: @Sendable (TemporaryFolder) throws -> Int32

        static let all = [
            Input(testDescription: "null device", code: .notMedia) { _ in open("/dev/null") },
            Input(testDescription: "endless device", code: .notMedia, bytes: 1 << 20) { _ in open("/dev/zero") },
            Input(testDescription: "random device", code: .notMedia, bytes: 1 << 20) { _ in open("/dev/urandom") },
            Input(testDescription: "pipe", code: .inputOutput) { folder in
                guard mkfifo(folder.path("pipe.mp4"), 0o600) == 0 else { return -1 }
                return open(folder.path("pipe.mp4"), O_RDWR | O_NONBLOCK)
            },
            Input(testDescription: "socket", code: .inputOutput) { _ in
                socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            },
            Input(testDescription: "path of a socket", code: .inputOutput) { folder in
                guard mknod(folder.path("socket.mp4"), S_IFSOCK | 0o600, 0) == 0 else { return -1 }
                return open(folder.path("socket.mp4"), 0o10000000)  // O_PATH, which Swift cannot import
            },
            Input(testDescription: "folder", code: .inputOutput) { open($0.url.path, O_DIRECTORY) },
            Input(testDescription: "write-only file", code: .inputOutput) {
                open(try $0.write(Data(count: 4096), to: "w.mp4"), O_WRONLY)
            },
            Input(testDescription: "empty file", code: .empty, bytes: 0) { open(try $0.write(Data(), to: "e.mp4")) },
            Input(testDescription: "program", code: .notMedia) { folder in
                try FileManager.default.copyItem(atPath: "/bin/ls", toPath: folder.path("ls.mp4"))
                return open(folder.path("ls.mp4"))
            },
            Input(testDescription: "file that is shorter than its caller says", code: .damaged, bytes: 1 << 30) {
                let clip = FileManager.default.contents(atPath: TestMedia.path("short.mov")) ?? Data()
                return open(try $0.write(clip.prefix(clip.count / 2), to: "half.mov"))
            },
            Input(testDescription: "less than nothing", code: .empty, bytes: -1) { _ in open("/dev/zero") },
        ]

        private static func open(_ path: String, _ flags: Int32 = O_RDONLY) -> Int32 {
            Glibc.open(path, flags | O_CLOEXEC)
        }
    }

    @Test(
        "A worker gives the same error for a hostile descriptor as a prober in this process, and reads the next file",
        arguments: Input.all)
    func input(input: Input) async throws {
        let folder = try TemporaryFolder()
        let descriptor = try input.open(folder)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let file = MediaFile(descriptor: descriptor, bytes: input.bytes)
        let worker = try ProbeWorker.built(lanes: 1)
        let result = await worker.outcome(of: file)
        #expect(result.code == input.code)
        #expect(result == Self.expected(of: file))
        // The prober still reads the next file.
        let clip = try #require(ProbedFile(TestMedia.path("short.mp4")))
        #expect(await worker.outcome(of: clip.media) == Self.expected(of: clip.media))
    }

    @Test("A file that grows and shrinks during sixty readings gives facts or an error of the file each time")
    func changing() async throws {
        let folder = try TemporaryFolder()
        let whole = try Data(contentsOf: TestMedia.folder.appending(component: "duration-301000ms.mp4"))
        let path = try folder.write(whole, to: "changing.mp4")
        let file = try #require(ProbedFile(path))
        let worker = try ProbeWorker.built(lanes: 2)
        let changes = Task {
            let writer = open(path, O_WRONLY | O_CLOEXEC)
            defer { close(writer) }
            while !Task.isCancelled {
                ftruncate(writer, off_t(whole.count / 3))
                try? await Task.sleep(for: .microseconds(500))
                whole.withUnsafeBytes { _ = pwrite(writer, $0.baseAddress, $0.count, 0) }
                ftruncate(writer, off_t(whole.count * 2))
                try? await Task.sleep(for: .microseconds(500))
            }
        }
        var answers: [String] = []
        for _ in 0..<60 { answers.append(await worker.outcome(of: file.media).code?.rawValue ?? "facts") }
        changes.cancel()
        let counts = Dictionary(answers.map { ($0, 1) }, uniquingKeysWith: +)
        print("changing file: \(counts.sorted { $0.key < $1.key }.map { "\($0): \($1)" }.joined(separator: ", "))")
        #expect(answers.count == 60)
        #expect(Set(answers).isSubset(of: ["facts", "damaged", "not-media"]))
    }

    @Test(
        "Every damaged file of the corpus gives the same result with a worker and without one",
        .enabled(if: TestMedia.corpus != nil, "skipped: CLIPCHECK_CORPUS does not name the folder of real files"))
    func corpus() async throws {
        let folder = try #require(TestMedia.corpus)
        let manifest = try Data(contentsOf: folder.appending(component: "manifest.json"))
        let rows = try #require(try JSONSerialization.jsonObject(with: manifest) as? [[String: Any]])
        let damaged = rows.filter { ($0["tags"] as? [String] ?? []).contains { Self.damage.contains($0) } }
            .compactMap { $0["file"] as? String }
        let worker = try ProbeWorker.built()
        var counts: [String: Int] = [:]
        for name in damaged {
            let file = try #require(ProbedFile(folder.appending(path: name).path))
            let result = await worker.outcome(of: file.media)
            #expect(result == Self.expected(of: file.media), "\(name)")
            if case .failure(let error) = result { #expect(error.fault == .file, "\(name): \(error.code)") }
            counts[result.code?.rawValue ?? "facts", default: 0] += 1
        }
        print("damaged files of the corpus: \(damaged.count), \(counts)")
        #expect(damaged.count >= 10)
    }

    @Test(
        "`AudioFacts.sampleRate` is nil for a claimed rate above 2²⁴, and the other facts are kept",
        arguments: [
            (8000, 8000), (1 << 24, 1 << 24), (1 << 24 + 1, nil), (67_152_964, nil), (Int(Int32.max), nil),
        ] as [(Int, Int?)])
    func audioFigures(claim: Int, reported: Int?) async throws {
        var clip = try Data(contentsOf: URL(filePath: TestMedia.path("short.wmv")))
        // The sample rate follows the format tag and the channel count. Source: WAVEFORMATEX.
        let place = try #require(clip.range(of: Data([0x61, 0x01, 1, 0]))).upperBound
        for index in 0..<4 { clip[place + index] = UInt8(truncatingIfNeeded: claim >> (8 * index)) }
        let folder = try TemporaryFolder()
        let file = try #require(ProbedFile(try folder.write(clip, to: "rate.wmv")))
        let result = await (try ProbeWorker.built(lanes: 1)).outcome(of: file.media)
        #expect(try result.get().audio?.sampleRate == reported)
        #expect(result == Self.expected(of: file.media))
    }

    private static let damage: Set = [
        "damaged_or_fuzz", "ff_unreadable", "mi_truncated", "truncated_box", "no_moov", "ff_errors_but_readable",
        "decode_errors_only",
    ]

    private static func expected(of file: MediaFile) -> Result<MediaFacts, ProbeError> {
        Result { () throws(ProbeError) in
            try InProcessProber().readFacts(of: file, measuring: Set(Measurement.allCases))
        }
    }
}
