internal import ContestRules

/// The columns of a table by the values that they hold.
struct ManifestColumns {
    /// The values that a column can hold.
    enum Target: Hashable {
        case file
        case category
        case region
        case unit
        case entrant
        /// The field of the contest's form with this name.
        case field(String)
        /// The video or attachment of the contest with this name.
        case part(String)
    }

    private static let fileTitles = [
        "文件名", "视频文件名", "文件", "视频文件", "作品文件名", "file", "filename", "file name", "path",
    ]
    private static let categoryTitles = ["类别", "作品类别", "参选类别", "category"]
    private static let regionTitles = ["地区", "所在地区", "区县", "所属地区", "报送地区", "region", "district"]

    private static let unitTitles = ["单位", "单位名称", "所在单位", "报送单位", "选送单位", "unit", "organisation", "organization"]
    private static let entrantTitles = ["参赛者", "参赛者姓名", "参赛人", "作者", "entrant", "author"]

    /// Index of the column that holds each value.
    private(set) var columns: [Target: Int] = [:]
    /// One problem for each column whose value an earlier column holds already.
    private(set) var problems: [Manifest.Problem] = []
    /// Titles that neither the contest nor this type knows.
    private(set) var ignored: [String] = []
    /// Number of columns with a known title.
    private(set) var known = 0

    /// Matches the titles in `row` with the form of `contest`, with its videos and attachments, and with the titles above.
    /// Titles of units and entrants are known only where a quota counts by them.
    init(_ row: Table.Row, contest: Contest, parts: [WorkPart] = []) {
        let titles = Self.targets(contest, parts)
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

    /// Titles that messages suggest for the column of file names.
    static var neededTitles: [String] { ["文件名", "视频文件名", "文件", "视频文件", "filename"] }

    /// Whether one column holds the file names.
    var namesFiles: Bool { columns[.file] != nil }

    /// The values that each title stands for. A form's field with the name of a special value, such as `category`, also fills
    /// that value.
    private static func targets(_ contest: Contest, _ parts: [WorkPart]) -> [String: [Target]] {
        let (form, counted) = (contest.form, contest.quotas.map(\.grouping))
        var targets: [String: [Target]] = [:]
        func add(_ titles: some Sequence<String>, _ target: Target) {
            for title in Set(titles.map(key)) where !(targets[title] ?? []).contains(target) {
                targets[title, default: []].append(target)
            }
        }
        add(fileTitles, .file)
        var special: [(String, [String], Target)] = [
            ("category", categoryTitles, .category), ("region", regionTitles, .region),
        ]
        if counted.contains(.unit) { special.append(("unit", unitTitles, .unit)) }
        if counted.contains(.entrant) { special.append(("entrant", entrantTitles, .entrant)) }
        for (name, titles, target) in special {
            let field = form?.fields.first { $0.name == name }
            add(titles + (field?.keys ?? []), target)
            if let field { add(titles, .field(field.name)) }
        }
        for field in form?.fields ?? [] { add(field.keys, .field(field.name)) }
        for part in parts {
            let titles = part.labels.flatMap { ["\($0)", "\($0)文件", "\($0)文件名", "\($0) file"] }
            add(titles, part.isMain ? .file : .part(part.name))
        }
        return targets
    }

    /// `title` folded, without white space, colons at its end and stars for "required".
    private static func key(_ title: String) -> String {
        let scalars = ManifestText.folded(title).unicodeScalars.filter { !$0.properties.isWhitespace }
        let start = scalars.drop { $0 == "*" }
        guard let last = start.lastIndex(where: { $0 != ":" && $0 != "*" }) else { return "" }
        return String(String.UnicodeScalarView(start[...last]))
    }
}
