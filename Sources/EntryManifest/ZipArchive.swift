internal import CMinizip
internal import ContestRules

/// A zip archive in memory. Owns one `unzFile` and closes it exactly once.
final class ZipArchive {
    private let archive: unzFile
    private let memory: ZipMemory
    private let meter: ReadingMeter

    /// Opens an archive.
    ///
    /// - Parameter meter: counts the unpacked bytes of all parts together.
    /// - Returns: nil when the bytes are no archive.
    init?(_ bytes: [UInt8], meter: ReadingMeter) {
        memory = ZipMemory(bytes)
        self.meter = meter
        var functions = memory.functions
        guard let opened = unzOpen2_64("", &functions) else { return nil }
        archive = opened
    }

    deinit { unzClose(archive) }

    /// Number of parts according to the archive's directory; 0 when the directory cannot be read.
    var partCount: UInt64 {
        var information = unz_global_info64()
        return unzGetGlobalInfo64(archive, &information) == UNZ_OK ? information.number_entry : 0
    }

    /// Why a part could not be read.
    enum Failure: Error {
        case missing
        case damaged
        case encrypted
        case overBudget(ReadingBudget.Excess)
        /// The consumer of the bytes returned `false`.
        case stopped
    }

    /// Whether the archive has the part `name`. Names compare without case, as in spreadsheet programs.
    func contains(_ name: String) -> Bool { unzLocateFile(archive, name, 2) == UNZ_OK }

    /// Unpacks a part in portions of at most 64 KiB.
    ///
    /// - Parameter consume: receives the next portion and returns `false` to stop.
    func unpack(_ name: String, _ consume: (UnsafeRawBufferPointer) -> Bool) throws(Failure) {
        guard contains(name) else { throw .missing }
        var information = unz_file_info64()
        guard unzGetCurrentFileInfo64(archive, &information, nil, 0, nil, 0, nil, 0) == UNZ_OK else { throw .damaged }
        guard information.flag & 1 == 0 else { throw .encrypted }
        guard unzOpenCurrentFile(archive) == UNZ_OK else { throw .damaged }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        let outcome = copy(into: buffer, consume)
        let isWhole = unzCloseCurrentFile(archive) == UNZ_OK  // minizip compares the checksum here
        if let outcome { throw outcome }
        guard isWhole else { throw .damaged }
    }

    private func copy(
        into buffer: UnsafeMutableRawBufferPointer, _ consume: (UnsafeRawBufferPointer) -> Bool
    ) -> Failure? {
        while true {
            let count = Int(unzReadCurrentFile(archive, buffer.baseAddress, UInt32(buffer.count)))
            if count == 0 { return nil }
            guard count > 0 else { return .damaged }
            do { try meter.spend(bytes: count) } catch { return .overBudget(error) }
            guard consume(UnsafeRawBufferPointer(rebasing: buffer[..<count])) else { return .stopped }
        }
    }
}

/// A byte array that minizip reads like a file.
private final class ZipMemory {
    private let bytes: [UInt8]
    private var position: UInt64 = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private static func from(_ opaque: UnsafeMutableRawPointer?) -> ZipMemory? {
        opaque.map { Unmanaged<ZipMemory>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The functions that minizip calls. minizip holds an unretained pointer to this object, so the archive keeps the object.
    var functions: zlib_filefunc64_def {
        var functions = zlib_filefunc64_def()
        functions.opaque = Unmanaged.passUnretained(self).toOpaque()
        functions.zopen64_file = { opaque, _, _ in opaque }
        functions.zread_file = { opaque, _, buffer, size in
            ZipMemory.from(opaque)?.read(buffer, Int(clamping: size)) ?? 0
        }
        functions.zwrite_file = { _, _, _, _ in 0 }
        functions.ztell64_file = { opaque, _ in ZipMemory.from(opaque)?.position ?? 0 }
        functions.zseek64_file = { opaque, _, offset, origin in
            ZipMemory.from(opaque)?.seek(offset, origin) ?? false ? 0 : -1
        }
        functions.zclose_file = { _, _ in 0 }
        functions.zerror_file = { _, _ in 0 }
        return functions
    }

    private func read(_ buffer: UnsafeMutableRawPointer?, _ size: Int) -> UInt {
        guard let buffer, position < UInt64(bytes.count) else { return 0 }
        let start = Int(position)
        let count = min(size, bytes.count - start)
        bytes.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(start: buffer, count: count).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: source[start..<(start + count)]))
        }
        position += UInt64(count)
        return UInt(count)
    }

    private func seek(_ offset: UInt64, _ origin: Int32) -> Bool {
        let base: UInt64? =
            switch origin {
            case ZLIB_FILEFUNC_SEEK_SET: 0
            case ZLIB_FILEFUNC_SEEK_CUR: position
            case ZLIB_FILEFUNC_SEEK_END: UInt64(bytes.count)
            default: nil
            }
        guard let base else { return false }
        let (sum, overflow) = base.addingReportingOverflow(offset)
        guard !overflow, sum <= UInt64(bytes.count) else { return false }
        position = sum
        return true
    }
}
