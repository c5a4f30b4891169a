#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
#endif

/// The resident memory of another process.
enum ResidentMemory {
    private static let pageSize = Int64(sysconf(Int32(_SC_PAGESIZE)))

    /// Resident memory in bytes; nil when the process is gone or the system has no /proc.
    ///
    /// Source: proc(5), the second field of `statm`, in pages.
    static func bytes(of process: Int32) -> Int64? {
        let descriptor = open("/proc/\(process)/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var text = [UInt8](repeating: 0, count: 128)
        let count = read(descriptor, &text, text.count)
        guard count > 0 else { return nil }
        let fields = text[..<count].split(separator: UInt8(ascii: " "))
        guard fields.count > 1 else { return nil }
        return Int64(String(decoding: fields[1], as: UTF8.self)).map { $0 &* pageSize }
    }
}
