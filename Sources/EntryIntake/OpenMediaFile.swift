internal import Foundation
public import MediaFacts

/// A regular file held open for reading. Owns the descriptor and closes it with the last reference.
///
/// The probe, the digest and the copy all read this one descriptor, so they read the same file even if its name leads
/// to another file meanwhile.
public final class OpenMediaFile: Sendable {
    /// The descriptor and the size in bytes, as of opening, for readers of the file.
    public let media: MediaFile
    /// Time of the last change of the content, as of opening, in nanoseconds since 1970-01-01T00:00Z.
    ///
    /// Source: `st_mtim` of stat(2).
    public let modifiedNanoseconds: Int64

    /// Opens `path`. A pipe, device, socket or folder is refused without reading from it.
    ///
    /// - Parameters:
    ///   - path: the path's bytes; a name need not be UTF-8.
    ///   - followsLink: whether the last part of the path may be a symbolic link.
    /// - Throws: `IntakeError` `.fileMissing`, `.fileNotPermitted`, `.fileNotRegular` or `.storageFailed`.
    public init(path: UnsafePointer<CChar>, followsLink: Bool = true) throws(IntakeError) {
        // O_NONBLOCK: opening a pipe without a writer would wait for one.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followsLink ? 0 : O_NOFOLLOW))
        guard descriptor >= 0 else { throw Self.openError(errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw IntakeError(
                .fileNotRegular, zh: "这不是普通文件（是文件夹、管道、设备或套接字）。请指定一个普通文件。",
                en: "This is not a regular file but a folder, pipe, device or socket. Name a regular file.")
        }
        media = MediaFile(descriptor: descriptor, bytes: Int64(status.st_size))
        modifiedNanoseconds = status.modifiedNanoseconds
    }

    deinit { close(media.descriptor) }

    /// Whether size and time of the last change are the same as at opening.
    public var isAsOpened: Bool {
        var status = stat()
        return fstat(media.descriptor, &status) == 0 && Int64(status.st_size) == media.bytes
            && status.modifiedNanoseconds == modifiedNanoseconds
    }

    /// Reads up to `count` bytes at `offset`; an empty result is the end of the file.
    ///
    /// - Throws: `.storageFailed`.
    public func read(at offset: Int64, count: Int) throws(IntakeError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let got = pread(media.descriptor, buffer.baseAddress, count, off_t(offset))
            failure = got < 0 ? errno : 0
            filled = max(0, got)
        }
        guard failure == 0 else {
            let reason = String(cString: strerror(failure))
            throw IntakeError(
                .storageFailed, zh: "无法读取文件：\(reason)。请检查磁盘后重试。",
                en: "The file cannot be read: \(reason). Check the disk and try again.",
                cause: "pread: \(reason)")
        }
        return bytes
    }

    private static func openError(_ code: Int32) -> IntakeError {
        switch code {
        case ENOENT, ENOTDIR:
            IntakeError(.fileMissing, zh: "没有这个文件。请检查路径。", en: "There is no such file. Check the path.")
        case EACCES, EPERM:
            IntakeError(
                .fileNotPermitted, zh: "没有读取这个文件的权限。请调整权限或换一个用户运行。",
                en: "The file may not be read. Change its permissions or run as another user.")
        case ENXIO, EISDIR:
            IntakeError(
                .fileNotRegular, zh: "这不是普通文件（是文件夹、管道、设备或套接字）。请指定一个普通文件。",
                en: "This is not a regular file but a folder, pipe, device or socket. Name a regular file.")
        case ELOOP, ENAMETOOLONG:
            IntakeError(
                .fileMissing, zh: "无法打开文件：\(String(cString: strerror(code)))。请检查路径。",
                en: "The file cannot be opened: \(String(cString: strerror(code))). Check the path.")
        default:
            IntakeError(
                .storageFailed, zh: "无法打开文件：\(String(cString: strerror(code)))。",
                en: "The file cannot be opened: \(String(cString: strerror(code))).", cause: "open: errno \(code)")
        }
    }
}

extension stat {
    /// Time of the last change of the content, in nanoseconds since 1970-01-01T00:00Z; wraps around on overflow.
    fileprivate var modifiedNanoseconds: Int64 {
        #if canImport(Darwin)
            let time = st_mtimespec
        #else
            let time = st_mtim
        #endif
        return Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ Int64(time.tv_nsec)
    }
}
