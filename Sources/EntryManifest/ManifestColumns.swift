internal import ContestRules

/// Which column of a table holds what.
struct ManifestColumns {
    /// What a column can hold.
    enum Target: Hashable {
        case file
        case category
        case region
        /// A field of the contest's form, by its name.
        case field(String)
    }

    private static let fileTitles = [
        "文件名", "视频文件名", "文件", "视频文件", "作品文件名", "file", "filename", "file name", "path",
    ]
    private static let categoryTitles = ["类别", "作品类别", "参选类别", "category"]
    private static let regionTitles = ["地区", "所在地区", "区县", "所属地区", "报送地区", "region", "district"]

    /// The column of each thing.
    private(set) var columns: [Target: Int] = [:]
    /// Columns that hold something that an earlier one holds already.
    private(set) var problems: [Manifest.Problem] = []
    /// Titles that mean nothing.
    private(set) var ignored: [String] = []
    /// How many columns mean something.
    private(set) var known = 0

    /// Matches the titles in `row`.
    init(_ row: Table.Row, form: FormRule?) {
        let titles = Self.targets(form)
        for index in row.cells.indices where !row[index].isEmpty {
            guard let targets = titles[Self.key(row[index])] else {
                ignored.append(row[index])
                continue
            }
            known += 1
            let (taken, free) = (targets.filter { columns[$0] != nil }, targets.filter { columns[$0] == nil })
            for target in free { columns[target] = index }
            guard let first = taken.compactMap({ columns[$0] }).min() else { continue }
            problems.append(
                Manifest.Problem(
                    .columnRepeated, row: row.number,
                    zh: "“\(row[first])”和“\(row[index])”两列表示同一内容，只采用前一列。请删除其中一列。",
                    en: "The columns \"\(row[first])\" and \"\(row[index])\" are for the same thing; the first one "
                        + "counts. Delete one of them."))
        }
    }

    /// Titles of the column that a table must have, as people are told of them.
    static var neededTitles: [String] { ["文件名", "视频文件名", "文件", "视频文件", "filename"] }

    /// Whether a column names the files.
    var namesFiles: Bool { columns[.file] != nil }

    /// What each title stands for. A field of the form that is called `category` or `region` is that, too.
    private static func targets(_ form: FormRule?) -> [String: [Target]] {
        var targets: [String: [Target]] = [:]
        func add(_ titles: some Sequence<String>, _ target: Target) {
            for title in Set(titles.map(key)) where !(targets[title] ?? []).contains(target) {
                targets[title, default: []].append(target)
            }
        }
        add(fileTitles, .file)
        let special: [(String, [String], Target)] = [
            ("category", categoryTitles, .category), ("region", regionTitles, .region),
        ]
        for (name, titles, target) in special {
            let field = form?.fields.first { $0.name == name }
            add(titles + (field?.keys ?? []), target)
            if let field { add(titles, .field(field.name)) }
        }
        for field in form?.fields ?? [] { add(field.keys, .field(field.name)) }
        return targets
    }

    /// A title as it is compared: without width, case, white space, a colon at its end or a star for "required".
    private static func key(_ title: String) -> String {
        let scalars = ManifestText.folded(title).unicodeScalars.filter { !$0.properties.isWhitespace }
        let start = scalars.drop { $0 == "*" }
        guard let last = start.lastIndex(where: { $0 != ":" && $0 != "*" }) else { return "" }
        return String(String.UnicodeScalarView(start[...last]))
    }
}
