internal import ContestRules

/// The files that the rows of a table name as main videos and as further parts.
struct ManifestParts {
    /// A file that a row names as a part of its work.
    struct Claim {
        var row: Int
        var part: Int
        var file: Int
    }

    /// Files that rows name as parts.
    private(set) var claims: [Claim] = []
    /// Files that rows name as main videos.
    private(set) var mains: Set<Int> = []
    /// Cells whose file was not found, or can be several.
    private(set) var problems: [Manifest.Problem] = []

    /// The files of all claims.
    var files: Set<Int> { Set(claims.map(\.file)) }

    /// Reads the rows of `manifest`; `videos` are the indices of the files that are videos.
    init(_ manifest: Manifest, _ files: [Manifest.File], _ parts: [WorkPart], videos: [Int]) {
        let rows = manifest.join(videos.map { files[$0] }).rows
        mains = Set(zip(videos, rows).compactMap { $1 == nil ? nil : $0 })
        guard manifest.rows.contains(where: { !$0.parts.isEmpty }) else { return }
        let (all, ofVideos) = (FileIndex(files), FileIndex(videos.map { files[$0] }))
        for row in manifest.rows {
            for (part, written) in parts.indices.compactMap({ part in row.parts[parts[part].name].map { (part, $0) } })
            {
                let isVideo = parts[part].kinds == nil
                switch (isVideo ? ofVideos : all).match(written) {
                case .none: problems.append(.partMissing(row, parts[part], written))
                case .several: problems.append(.partAmbiguous(row, parts[part], written))
                case .one(let index, _):
                    let file = isVideo ? videos[index] : index
                    guard !mains.contains(file) else {
                        problems.append(.partAmbiguous(row, parts[part], written))
                        continue
                    }
                    claims.append(Claim(row: row.number, part: part, file: file))
                }
            }
        }
        refuseShared(files)
    }

    /// A file of two works belongs to neither.
    private mutating func refuseShared(_ files: [Manifest.File]) {
        let counts = Dictionary(claims.map { ($0.file, 1) }, uniquingKeysWith: +)
        for claim in claims where counts[claim.file] != 1 {
            problems.append(.partShared(claim.row, files[claim.file].path))
        }
        claims.removeAll { counts[$0.file] != 1 }
    }
}

extension Manifest.Problem {
    fileprivate static func partMissing(_ row: Manifest.Row, _ part: WorkPart, _ written: String) -> Self {
        Self(
            .fileMissing, row: row.number, file: written,
            zh: "第 \(row.number) 行的\(part.labels[1])“\(written)”没有找到。请检查文件名，或补交文件。",
            en:
                "The file \"\(written)\" (\(part.labels[2])) of row \(row.number) was not found. Check its name, or send it."
        )
    }

    fileprivate static func partAmbiguous(_ row: Manifest.Row, _ part: WorkPart, _ written: String) -> Self {
        Self(
            .ambiguous, row: row.number, file: written,
            zh: "第 \(row.number) 行的\(part.labels[1])“\(written)”可能指多个文件或某个作品的正片，未采用。请写出文件夹和扩展名。",
            en:
                "\"\(written)\" (\(part.labels[2])) of row \(row.number) could mean several files or a main video, so it is "
                + "left out. Write its folder and extension.")
    }

    fileprivate static func partShared(_ row: Int, _ path: String) -> Self {
        Self(
            .claimed, row: row, file: path, zh: "第 \(row) 行的文件“\(path)”在表格中用了不止一次，均未采用。请核对文件名。",
            en: "The file \"\(path)\" of row \(row) is named more than once in the table; none counts. Check the names."
        )
    }
}
