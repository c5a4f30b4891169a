import ContestRules
import EntryIntake
import Foundation
import TextDecoding

/// The files that paths on a command line stand for.
struct FileSearch {
    /// Which files of a folder count.
    var filter = GlobFilter()

    /// A file to check.
    struct Found: Sendable, Hashable {
        /// The path's bytes with a closing zero; a name need not be UTF-8.
        var path: [CChar]
        /// Whether the command line names it, rather than a folder that holds it.
        var isNamed: Bool
        /// How many bytes of the path the command line said; the rest was found.
        var given: Int
        /// What tells whether the file was changed; nil when nothing could be told of it.
        var stamp: Stamp?

        /// The path for people, and the character set that it was read in.
        var name: DecodedName { DecodedName(path: bytes) }

        /// The path for people.
        var text: String { name.text }

        /// The bytes of a path that is not UTF-8, percent-encoded; nil for another path.
        var rawText: String? { name.encoding == .utf8 ? nil : bytes.percentEncodedPath }

        /// The path without its closing zero.
        var bytes: [UInt8] { path.dropLast().map { UInt8(bitPattern: $0) } }

        /// The absolute path without links, percent-encoded: where `check --store` found the work.
        var place: String {
            guard let resolved = realpath(path, nil) else { return bytes.percentEncodedPath }
            defer { free(resolved) }
            return UnsafeBufferPointer(start: resolved, count: strlen(resolved)).map { UInt8(bitPattern: $0) }
                .percentEncodedPath
        }

        /// The path with the telephone numbers masked that any part of it holds, given or found: shells expand patterns.
        var masked: String {
            bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .map { PersonalText.maskingPhones(in: DecodedName($0).text) }.joined(separator: "/")
        }

        /// Whether it is the very file that `other` describes, under whatever name.
        func isSame(as other: stat) -> Bool {
            var status = stat()
            return stat(path, &status) == 0 && status.st_dev == other.st_dev && status.st_ino == other.st_ino
        }

        /// The last part of the path.
        var filename: String { String(text.split(separator: "/").last ?? "") }

        /// Whether the name is one that videos have.
        var hasVideoName: Bool {
            let ending = filename.split(separator: ".", omittingEmptySubsequences: false).last?.lowercased() ?? ""
            return Self.videoEndings.contains(ending)
        }

        private static let videoEndings: Set<String> = [
            "mp4", "m4v", "mov", "qt", "3gp", "3g2", "avi", "mpg", "mpeg", "mpe", "vob", "m1v", "m2v", "dat", "ts",
            "mts",
            "m2ts", "mkv", "webm", "wmv", "asf", "flv", "f4v", "ogg", "ogv", "ogm", "mxf", "rm", "rmvb", "dv", "h264",
            "264", "hevc", "265", "divx", "xvid",
        ]
    }

    /// What differs once a file was written to: size, blocks on the disk, times of change. Source: stat(2).
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

        init?(path: [CChar]) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            self.init(status)
        }
    }

    /// Files in the order of `paths`; a folder stands for the files in it and below, sorted by the bytes of their path.
    /// Hidden files, symbolic links and whatever is no regular file are passed over in folders.
    func files(_ paths: [PathArgument]) -> [Found] {
        paths.flatMap { path -> [Found] in
            let named = Self.named(path)
            return Self.isFolder(named.path) ? contents(of: named.path, given: named.given) : [named]
        }
    }

    /// What a path on the command line stands for by itself.
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
            // Opening it says why it cannot be read.
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

    /// What is in a folder, sorted, hidden things left out; nil when it cannot be read.
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
