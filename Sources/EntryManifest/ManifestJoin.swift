/// The result of joining rows to files. A row has at most one file and a file at most one row; an uncertain pair is not
/// joined.
public struct ManifestJoin: Sendable, Hashable {
    /// The row of each file, in the order of the files; nil for a file without a row.
    public var rows: [Manifest.Row?]
    /// Rows whose file was not found, in their order. A row that can mean several files is not among them.
    public var rowsWithoutFile: [Manifest.Row]
    /// Files without a row, in their order.
    public var filesWithoutRow: [String]
    /// Messages for the organiser: rows without a file, files without a row, and uncertain pairs.
    public var problems: [Manifest.Problem]
}

extension Manifest {
    /// A file that a row can name.
    public struct File: Sendable, Hashable {
        /// Path below the folder that the caller named.
        public var path: String
        /// The folder as the caller wrote it; empty when the caller named no folder.
        public var folder: String

        /// Creates a file; `path` is relative to `folder`.
        public init(path: String, folder: String = "") {
            self.path = path
            self.folder = folder
        }

        /// The folder's own name; nil when `folder` does not contain it (`.`, `..`).
        var folderName: String? { ManifestPath(folder).parts.last.flatMap { $0 == ".." ? nil : $0 } }

        /// The path with the folder's own name before it.
        fileprivate var pathWithFolder: String { folderName.map { "\($0)/\(path)" } ?? path }
    }

    /// Joins the rows to the files.
    ///
    /// A row names a file by its whole path, by the end of the path, or by the name alone. The whole path begins below the
    /// caller's folder or with that folder's name. An exact match counts first, then a match that ignores width, case and
    /// composition of characters, then a match without the extension. A row that matches several files is joined to none of
    /// them: a name alone matches in every folder, `./name` only at the top.
    ///
    /// Messages name a file by its path below the folder, and with the folder when two files have the same path.
    public func join(_ files: [File]) -> ManifestJoin {
        let index = FileIndex(files)
        let counts = Dictionary(files.map { ($0.path, 1) }, uniquingKeysWith: +)
        let paths = files.map { counts[$0.path] == 1 ? $0.path : $0.pathWithFolder }
        var join = ManifestJoin(
            rows: Array(repeating: nil, count: paths.count), rowsWithoutFile: [], filesWithoutRow: [], problems: [])
        var claims: [Int: [Claim]] = [:]
        for (position, row) in rows.enumerated() {
            switch index.match(row.file) {
            case .none:
                join.rowsWithoutFile.append(row)
                join.problems.append(.fileMissing(row))
            case .several(let files): join.problems.append(.ambiguous(row, files.map { paths[$0] }))
            case .one(let file, let closeness):
                claims[file, default: []].append(Claim(row: position, closeness: closeness))
            }
        }
        for (file, claims) in claims.sorted(by: { $0.key < $1.key }) {
            let closest = claims.map(\.closeness).min()
            let best = claims.filter { $0.closeness == closest }
            let winner = best.count == 1 ? best.first : nil
            join.rows[file] = winner.map { rows[$0.row] }
            for claim in claims where claim.row != winner?.row {
                join.problems.append(.claimed(rows[claim.row], paths[file], by: winner.map { rows[$0.row] }))
            }
        }
        for (path, row) in zip(paths, join.rows) where row == nil {
            join.filesWithoutRow.append(path)
            join.problems.append(.rowMissing(path))
        }
        return join
    }

    private struct Claim {
        var row: Int
        var closeness: Int
    }
}

extension Manifest.Problem {
    fileprivate static func fileMissing(_ row: Manifest.Row) -> Self {
        Self(
            .fileMissing, row: row.number, file: row.file, zh: "第 \(row.number) 行的文件“\(row.file)”没有找到。请检查文件名，或补交文件。",
            en: "The file \"\(row.file)\" of row \(row.number) was not found. Check its name, or send it.")
    }

    fileprivate static func rowMissing(_ path: String) -> Self {
        Self(
            .rowMissing, file: path, zh: "表格中没有文件“\(path)”的信息。请补上一行，或检查表格中的文件名。",
            en: "No row of the table is about the file \"\(path)\". Add one, or check the names in the table.")
    }

    fileprivate static func ambiguous(_ row: Manifest.Row, _ files: [String]) -> Self {
        let list = (files.joined(separator: "、"), files.joined(separator: ", "))
        return Self(
            .ambiguous, row: row.number, file: row.file,
            zh: "第 \(row.number) 行的“\(row.file)”可能指多个文件（\(list.0) 等），未采用。请写上文件夹，如“文件夹/\(row.file)”；"
                + "最上层的文件写作“./\(row.file)”。",
            en: "\"\(row.file)\" of row \(row.number) could mean several files (\(list.1), …), so the row is left out. "
                + "Write the folder before it; a file at the top is written ./\(row.file)")
    }

    fileprivate static func claimed(_ row: Manifest.Row, _ path: String, by other: Manifest.Row?) -> Self {
        Self(
            .claimed, row: row.number, file: path,
            zh: other.map { "第 \(row.number) 行与第 \($0.number) 行都指文件“\(path)”，只采用第 \($0.number) 行。请核对文件名。" }
                ?? "第 \(row.number) 行与其他行都可能指文件“\(path)”，均未采用。请写出准确的文件名。",
            en: other.map {
                "Rows \(row.number) and \($0.number) both mean the file \"\(path)\"; row \($0.number) counts. Check the "
                    + "names."
            } ?? "Row \(row.number) and others could mean the file \"\(path)\"; none counts. Write its exact name.")
    }
}
