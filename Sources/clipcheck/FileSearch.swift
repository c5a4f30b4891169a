import ContestRules
import EntryIntake
import Foundation
import TextDecoding

/// Finds the files that the paths on a command line stand for.
struct FileSearch {
    /// Patterns that choose among the files of a folder. A file that the command line names is never filtered.
    var filter = GlobFilter()

    /// A file to check. A folder or a file that could not be read is also one, so that opening it reports the error.
    struct Found: Sendable, Hashable {
        /// The path's bytes with a closing zero. The bytes need not be UTF-8.
        var path: [CChar]
        /// Whether the command line names the file itself, rather than a folder that holds it. True also for what could
        /// not be read in a folder, so that it is reported instead of passed over.
        var isNamed: Bool
        /// How many leading bytes of `path` come from the command line; the search found the rest.
        var given: Int
        /// Size and times of the file when it was found; nil when the system did not report them.
        var stamp: Stamp?

        /// The path as readable text, and the character set that it was decoded from.
        var name: DecodedName { DecodedName(path: bytes) }

        /// The path as readable text.
        var text: String { name.text }

        /// The bytes of the path, percent-encoded, when they are not UTF-8; nil when they are.
        var rawText: String? { name.encoding == .utf8 ? nil : bytes.percentEncodedPath }

        /// The path without its closing zero.
        var bytes: [UInt8] { path.dropLast().map { UInt8(bitPattern: $0) } }

        /// The absolute path without symbolic links, percent-encoded. `check --store` recognises a work by this place.
        var place: String {
            guard let resolved = realpath(path, nil) else { return bytes.percentEncodedPath }
            defer { free(resolved) }
            return UnsafeBufferPointer(start: resolved, count: strlen(resolved)).map { UInt8(bitPattern: $0) }
                .percentEncodedPath
        }

        /// The path as readable text with every telephone number in it masked. The part from the command line is
        /// masked, too, because a shell expands patterns into names of files.
        var masked: String {
            bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .map { PersonalText.maskingPhones(in: DecodedName($0).text) }.joined(separator: "/")
        }

        /// Whether `other` describes this file, by device and inode; the two names may differ.
        func isSame(as other: stat) -> Bool {
            var status = stat()
            return stat(path, &status) == 0 && status.st_dev == other.st_dev && status.st_ino == other.st_ino
        }

        /// The last component of the path, as readable text.
        var filename: String { String(text.split(separator: "/").last ?? "") }

        /// Whether the name has an extension that videos have, in any case.
        var hasVideoName: Bool { VideoFileName.isVideo(filename) }
    }

    /// Values that change when a file is written to: size, blocks on the disk, times of modification and of status
    /// change. Source: stat(2).
    struct Stamp: Sendable, Hashable {
        var bytes: Int64
        private var blocks: Int64
        private var changes: [Int64]

        init(_ status: stat) {
            bytes = Int64(status.st_size)
            blocks = Int64(status.st_blocks)
            #if canImport(Darwin)
                let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
            #else
                let (modified, changed) = (status.st_mtim, status.st_ctim)
            #endif
            changes = [modified.tv_sec, modified.tv_nsec, changed.tv_sec, changed.tv_nsec].map { Int64($0) }
        }

        /// The stamp of the file at `path`; nil when stat(2) fails.
        init?(path: [CChar]) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            self.init(status)
        }
    }

    /// Files in the order of `paths`; a folder stands for the files in it and below, sorted by the bytes of their path.
    /// In folders, hidden files, symbolic links and everything but regular files are passed over.
    func files(_ paths: [PathArgument]) -> [Found] {
        paths.flatMap { path -> [Found] in
            let named = Self.named(path)
            return Self.isFolder(named.path) ? contents(of: named.path, given: named.given) : [named]
        }
    }

    /// The file that a path on the command line names, whether or not it exists.
    static func named(_ path: PathArgument) -> Found {
        let bytes = path.cString
        return Found(path: bytes, isNamed: true, given: bytes.count - 1, stamp: Stamp(path: bytes))
    }

    /// Whether `path` is a folder, or a link to one.
    static func isFolder(_ path: [CChar]) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private func contents(of folder: [CChar], given: Int) -> [Found] {
        guard let names = Self.names(in: folder) else {
            // Opening the folder as a file later reports why it cannot be read.
            return [Found(path: folder, isNamed: true, given: given, stamp: nil)]
        }
        let slash = CChar(bitPattern: UInt8(ascii: "/"))
        let stem = Array(folder.dropLast())
        return names.flatMap { name -> [Found] in
            let path = stem + (stem.last == slash ? [] : [slash]) + name + [0]
            var status = stat()
            guard lstat(path, &status) == 0 else {
                return errno == ENOENT ? [] : [Found(path: path, isNamed: true, given: given, stamp: nil)]
            }
            let relative = path[given...].dropLast()
            switch status.st_mode & S_IFMT {
            case S_IFDIR: return filter.admits(folder: relative) ? contents(of: path, given: given) : []
            case S_IFREG:
                let file = Found(path: path, isNamed: false, given: given, stamp: Stamp(status))
                return filter.admits(file: relative) ? [file] : []
            default: return []
            }
        }
    }

    /// Names in a folder, sorted by their bytes, without those that begin with a dot; nil when the folder cannot be
    /// read.
    private static func names(in folder: [CChar]) -> [[CChar]]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var names: [[CChar]] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) { start in
                    Array(UnsafeBufferPointer(start: start, count: strlen(start)))
                }
            }
            if name.first != CChar(UInt8(ascii: ".")) { names.append(name) }
        }
        return names.sorted { left, right in
            left.lexicographicallyPrecedes(right) { UInt8(bitPattern: $0) < UInt8(bitPattern: $1) }
        }
    }
}
