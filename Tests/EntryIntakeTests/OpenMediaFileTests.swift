import EntryIntake
import Foundation
import MediaFacts
import Synchronization
import TestSupport
import Testing

@Suite("Opening a media file")
struct OpenMediaFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("`OpenMediaFile` has the size of its file and reads any range")
    func reading() throws {
        let content = (0..<200).map { UInt8($0) }
        let file = try folder.opened(content)
        #expect(file.media.bytes == 200)
        for (offset, count, expected) in [
            (0, 200, 0..<200), (0, 1, 0..<1), (199, 1, 199..<200), (100, 500, 100..<200), (200, 1, 0..<0),
            (5000, 1, 0..<0), (0, 0, 0..<0),
        ] {
            #expect(try file.read(at: Int64(offset), count: count) == Array(content[expected]), "\(offset), \(count)")
        }
    }

    @Test("`OpenMediaFile` opens an empty file")
    func empty() throws {
        let file = try folder.opened([])
        #expect(file.media.bytes == 0)
        #expect(try file.read(at: 0, count: 10) == [])
    }

    @Test(
        "`OpenMediaFile` throws `.fileNotRegular` without blocking",
        arguments: ["folder", "pipe", "socket", "device", "link to a folder"])
    func notRegular(kind: String) async throws {
        let path = try make(kind)
        let outcome = Mutex<IntakeError.Code?>(nil)
        // The file is opened on another thread, because a wrong open(2) of a pipe never returns.
        Thread.detachNewThread {
            let code = Result { try OpenMediaFile(path: path) }.failureCode
            outcome.withLock { $0 = code }
        }
        #expect(await eventually { outcome.withLock { $0 } != nil }, "opening a \(kind) hangs")
        #expect(outcome.withLock { $0 } == .fileNotRegular)
    }

    @Test(
        "`OpenMediaFile` throws `.fileMissing` for a path without a file",
        arguments: ["missing", "missing/clip.mp4", "clip.mp4/inside", "dangling", ""])
    func missing(name: String) throws {
        try folder.write([1], to: "clip.mp4")
        try FileManager.default.createSymbolicLink(atPath: folder.path("dangling"), withDestinationPath: "nowhere")
        let path = name.isEmpty ? "" : folder.path(name)
        let error = #expect(throws: IntakeError.self) { try OpenMediaFile(path: path) }
        #expect(error?.code == .fileMissing)
    }

    @Test(
        "`OpenMediaFile` throws `.fileNotPermitted` for an unreadable file",
        .enabled(if: geteuid() != 0, "root may read everything"))
    func notPermitted() throws {
        let path = try folder.write([1], to: "clip.mp4")
        chmod(path, 0)
        let error = #expect(throws: IntakeError.self) { try OpenMediaFile(path: path) }
        #expect(error?.code == .fileNotPermitted)
    }

    @Test("An error of `OpenMediaFile` contains no path", arguments: ["missing", "folder"])
    func discretion(kind: String) throws {
        let path = kind == "missing" ? folder.path(kind) : try make(kind)
        let error = try #require(throws: IntakeError.self) { try OpenMediaFile(path: path) }
        for text in [error.message.zh, error.message.en, error.cause ?? ""] {
            #expect(!text.contains(folder.url.lastPathComponent))
        }
    }

    // Address 0 of a process is not mapped, so that reading there fails with EIO.
    @Test(
        "`OpenMediaFile.read` says that the file cannot be read when the system reports an error",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/mem")))
    func unreadable() throws {
        let file = try OpenMediaFile(path: "/proc/self/mem")
        let error = #expect(throws: IntakeError.self) { try file.read(at: 0, count: 1) }
        let reason = String(cString: strerror(EIO))
        #expect(error?.code == .storageFailed)
        #expect(error?.message.zh == "无法读取文件：\(reason)。请检查磁盘后重试。")
        #expect(error?.message.en == "The file cannot be read: \(reason). Check the disk and try again.")
        #expect(error?.cause == "pread: \(reason)")
    }

    @Test("`OpenMediaFile` follows a link to a file")
    func link() throws {
        try folder.write([1, 2, 3], to: "clip.mp4")
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "clip.mp4")
        #expect(try OpenMediaFile(path: folder.path("link")).read(at: 0, count: 9) == [1, 2, 3])
    }

    @Test(
        "`OpenMediaFile` opens names with Chinese, emoji, spaces, line breaks and special characters",
        arguments: ["作品 一.mp4", "a\nb.mp4", "-rf", "😀.mov", "a:b?*.avi"])
    func oddNames(name: String) throws {
        #expect(try folder.opened([1], named: name).media.bytes == 1)
    }

    @Test("`OpenMediaFile` opens a name that is not UTF-8")
    func bytesAsName() throws {
        let path: [CChar] = Array(folder.path("clip").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        try #require(descriptor >= 0)
        close(descriptor)
        #expect(try OpenMediaFile(path: path).media.bytes == 0)
    }

    @Test("`OpenMediaFile` keeps its size and bytes when its name leads to another file")
    func replaced() throws {
        let file = try folder.opened([1, 2, 3])
        try FileManager.default.removeItem(atPath: folder.path("clip.mp4"))
        try folder.write([9, 9, 9, 9], to: "clip.mp4")
        #expect(file.media.bytes == 3)
        #expect(try file.read(at: 0, count: 10) == [1, 2, 3])
    }

    @Test("`OpenMediaFile` closes its descriptor with the last reference", .enabled(if: Self.hasProc))
    func closing() throws {
        try folder.write([1], to: "clip.mp4")
        var first: OpenMediaFile? = try OpenMediaFile(path: folder.path("clip.mp4"))
        var second = first
        #expect(descriptors == 1)
        first = nil
        #expect(descriptors == 1)
        #expect(try second?.read(at: 0, count: 1) == [1])
        second = nil
        #expect(descriptors == 0)
        _ = (first, second)
    }

    @Test(
        "`OpenMediaFile` leaves no descriptor open when it throws", .enabled(if: Self.hasProc),
        arguments: ["folder", "pipe"])
    func refusing(kind: String) throws {
        let path = try make(kind)
        for _ in 0..<20 { #expect(throws: IntakeError.self) { try OpenMediaFile(path: path) } }
        #expect(descriptors == 0)
    }

    private static let hasProc = FileManager.default.fileExists(atPath: "/proc/self/fd")

    /// Number of this process's descriptors into the test's folder. Descriptors of other tests do not count.
    private var descriptors: Int {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return numbers.count { number in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
            return target?.contains(folder.url.lastPathComponent) == true
        }
    }

    private func make(_ kind: String) throws -> String {
        switch kind {
        case "device": return "/dev/null"
        case "folder": return folder.url.path
        case "pipe":
            try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
            return folder.path("pipe")
        case "link to a folder":
            try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: ".")
            return folder.path("link")
        default:
            try bindSocket(at: folder.path("socket"))
            return folder.path("socket")
        }
    }

    private func bindSocket(at path: String) throws {
        #if canImport(Glibc)
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
    }
}

extension Result {
    /// The code of the result's `IntakeError`; nil for a success or another error.
    fileprivate var failureCode: IntakeError.Code? {
        if case .failure(let error) = self { (error as? IntakeError)?.code } else { nil }
    }
}
