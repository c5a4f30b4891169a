internal import CXlsxWriter
internal import Foundation

/// A workbook that appears at its path only when it is complete. Owns one `lxw_workbook` and frees it exactly once.
final class WorkbookFile {
    /// The path that `close` replaces. Where a symbolic link is there, the link is replaced, not the file behind it.
    private let path: String
    private let temporary: String
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private let formats: WorkbookFormats
    /// Allocated by `strdup`, because libxlsxwriter keeps the address until the workbook is freed.
    private let temporaryFolder: UnsafeMutablePointer<CChar>?
    /// The sheets in the order of `addSheet`; empty after `close`.
    var sheets: [WorkbookSheet] = []

    /// Begins a workbook in a temporary file beside `path`. libxlsxwriter opens its file only at the end; this
    /// initialiser opens it already, so that a run of hours does not end with a path that cannot be written.
    ///
    /// - Parameters:
    ///   - path: the file to make or to replace.
    ///   - temporaryFolder: a folder for the rows until `close`.
    ///   - isPrivate: whether only this user may read a new workbook; a replaced workbook keeps its mode.
    /// - Throws: `WorkbookError` when `path` or `temporaryFolder` cannot be written.
    init(path: String, temporaryFolder: String, isPrivate: Bool = false) throws(WorkbookError) {
        self.path = path
        guard !path.isEmpty else { throw .notWritable(path, String(cString: strerror(ENOENT))) }
        // libxlsxwriter would silently choose another folder.
        guard access(temporaryFolder, W_OK | X_OK) == 0 else {
            throw .unfinished(path, "\(temporaryFolder): \(String(cString: strerror(errno)))")
        }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "./"
        temporary = "\(folder).clipcheck-\(String(UInt64.random(in: .min ... .max), radix: 36)).xlsx"
        let mode = try Self.modeOfExisting(path)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode ?? (isPrivate ? 0o600 : 0o666))
        guard descriptor >= 0 else { throw .notWritable(path, String(cString: strerror(errno))) }
        if let mode { fchmod(descriptor, mode) }
        Foundation.close(descriptor)
        self.temporaryFolder = strdup(temporaryFolder)
        var options = lxw_workbook_options()
        options.constant_memory = 1
        options.tmpdir = self.temporaryFolder
        guard let opened = workbook_new_opt(temporary, &options) else {
            unlink(temporary)
            free(self.temporaryFolder)
            throw .unfinished(path, "out of memory")
        }
        workbook = opened
        formats = WorkbookFormats(opened)
    }

    deinit {
        abandon()
        free(temporaryFolder)
    }

    /// Closes the files of all sheets, frees the workbook and removes its temporary file; does nothing after `close`.
    private func abandon() {
        guard let workbook else { return }
        for sheet in sheets { sheet.abandon() }
        lxw_workbook_free(workbook)
        unlink(temporary)
        self.workbook = nil
        sheets = []
    }

    /// Adds a sheet at the end of `sheets`; throws when its temporary file cannot be made.
    func addSheet(_ name: String) throws(WorkbookError) {
        guard let sheet = workbook_add_worksheet(workbook, name) else {
            throw .unfinished(path, "no temporary file")
        }
        sheets.append(WorkbookSheet(sheet, formats))
    }

    /// Whether rows can be added: true until `close`.
    var isOpen: Bool { workbook != nil }

    /// Writes the workbook, synchronises it with the disk and renames it to its path. On an error the path is unchanged.
    /// In both cases every temporary file is closed and removed, and the workbook takes no more rows.
    func close() throws(WorkbookError) {
        guard let workbook else { throw .unfinished(path, "closed before") }
        let lengths = sheets.map { $0.flush() }
        guard !lengths.contains(nil) else {
            abandon()
            throw .unfinished(path, "temporary files")
        }
        let code = workbook_close(workbook)  // frees the workbook, also on an error
        self.workbook = nil
        sheets = []
        defer { unlink(temporary) }
        guard code == LXW_NO_ERROR else { throw .unfinished(path, String(cString: lxw_strerror(code))) }
        let parts = ZipDirectory.sizes(of: temporary)
        for (index, length) in lengths.enumerated() {
            guard let part = parts["xl/worksheets/sheet\(index + 1).xml"], part > length ?? .max else {
                throw .unfinished(path, "temporary files")
            }
        }
        guard Self.synchronise(temporary), rename(temporary, path) == 0 else {
            throw .unfinished(path, String(cString: strerror(errno)))
        }
    }

    /// The permission bits of the regular file that will be replaced; nil when there is no file or a symbolic link.
    /// Throws when the file may not be replaced.
    private static func modeOfExisting(_ path: String) throws(WorkbookError) -> mode_t? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw .notWritable(path, String(cString: strerror(errno))) }
            return nil
        }
        guard status.st_mode & S_IFMT != S_IFLNK else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notWritable(path, "not a regular file") }
        guard access(path, W_OK) == 0 else { throw .notWritable(path, String(cString: strerror(errno))) }
        return status.st_mode & 0o777
    }

    private static func synchronise(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { Foundation.close(descriptor) }
        return fsync(descriptor) == 0
    }
}

/// The sizes in the directory of a zip archive. libxlsxwriter does not check whether its temporary files took all
/// bytes; a sheet that is not longer than its rows shows that some are missing.
enum ZipDirectory {
    /// The unpacked size in bytes of each part, by name; empty when the archive cannot be read.
    ///
    /// Source: PKWARE APPNOTE §4.3.12 and §4.3.16. Reads archives without a comment and without ZIP64, because
    /// libxlsxwriter writes only such.
    static func sizes(of path: String) -> [String: Int] {
        guard let archive = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped),
            archive.count >= 22
        else { return [:] }
        func number(_ offset: Int, _ bytes: Int) -> Int {
            (0..<bytes).reduce(0) { $0 | Int(archive[offset + $1]) << (8 * $1) }
        }
        let end = archive.count - 22
        guard number(end, 4) == 0x0605_4b50 else { return [:] }
        var position = number(end + 16, 4)
        var sizes: [String: Int] = [:]
        for _ in 0..<number(end + 10, 2) {
            guard position + 46 <= end, number(position, 4) == 0x0201_4b50 else { return [:] }
            let nameEnd = position + 46 + number(position + 28, 2)
            guard nameEnd <= end else { return [:] }
            sizes[String(decoding: archive[(position + 46)..<nameEnd], as: UTF8.self)] = number(position + 24, 4)
            position = nameEnd + number(position + 30, 2) + number(position + 32, 2)
        }
        return sizes
    }
}
