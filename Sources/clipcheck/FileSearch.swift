import EntryIntake
import Foundation

/// The files that paths on a command line stand for.
struct FileSearch {
    /// A file to check.
    struct Found: Sendable, Hashable {
        /// The path's bytes with a closing zero; a name need not be UTF-8.
        var path: [CChar]
        /// Whether the command line names it, rather than a folder that holds it.
        var isNamed: Bool

        /// The path for people; bytes that are not UTF-8 are shown as U+FFFD.
        var text: String { path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" } }

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

    /// Files in the order of `paths`; a folder stands for the files in it and below, sorted by the bytes of their path.
    /// Hidden files, symbolic links and whatever is no regular file are passed over in folders.
    static func files(_ paths: [String]) -> [Found] {
        paths.flatMap { path -> [Found] in
            let bytes = Array(path.utf8CString)
            return isFolder(bytes) ? contents(of: bytes) : [Found(path: bytes, isNamed: true)]
        }
    }

    private static func isFolder(_ path: [CChar]) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func contents(of folder: [CChar]) -> [Found] {
        guard let stream = opendir(folder) else {
            return [Found(path: folder, isNamed: true)]  // opening it says why it cannot be read
        }
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
        names.sort { left, right in
            left.lexicographicallyPrecedes(right) { UInt8(bitPattern: $0) < UInt8(bitPattern: $1) }
        }
        let slash = CChar(bitPattern: UInt8(ascii: "/"))
        let stem = Array(folder.dropLast())
        return names.flatMap { name -> [Found] in
            let path = stem + (stem.last == slash ? [] : [slash]) + name + [0]
            var status = stat()
            guard lstat(path, &status) == 0 else {
                return errno == ENOENT ? [] : [Found(path: path, isNamed: true)]  // opening it says why
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: return contents(of: path)
            case S_IFREG: return [Found(path: path, isNamed: false)]
            default: return []
            }
        }
    }
}
