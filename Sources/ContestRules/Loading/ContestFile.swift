internal import MediaFacts

/// A contest file: text in, contest out, or every mistake in it.
public enum ContestFile {
    /// Largest contest file in bytes of UTF-8; the built-in ones have four thousand.
    public static let largestFile = 1 << 20

    /// The limits of reading one contest file; the largest built-in one takes 526 events and a few milliseconds.
    static let budget = ReadingBudget(bytes: largestFile, events: 100_000, time: .seconds(5))

    /// Loads a contest strictly: an unknown key, kind, unit or level, a duplicate, a missing key or a rule that can
    /// never pass refuses the file.
    ///
    /// - Parameters:
    ///   - text: the file's content.
    ///   - file: its name, for messages.
    public static func load(_ text: String, file: String) throws(ContestFileError) -> Contest {
        try load(text, file: file, meter: ReadingMeter(budget))
    }

    /// Loads a contest and counts its cost with `meter`.
    static func load(_ text: String, file: String, meter: ReadingMeter) throws(ContestFileError) -> Contest {
        let reading = ParameterReader.Reading()
        // Windows editors begin a file with a byte order mark.
        let text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        let root = try root(of: text, file: file, meter: meter, reading: reading)
        let contest = read(root)
        guard let contest, reading.problems.isEmpty else {
            let inOrder = reading.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
            throw ContestFileError(file: file, problems: inOrder)
        }
        return contest
    }

    private static func read(_ root: ParameterReader) -> Contest? {
        readSchema(root)
        root.limitFirstSchema(to: FirstSchema.file)
        let id = root.value("id", isRequired: true, shape: idShape, kebabCase)
        let revision = root.value(
            "revision", isRequired: true, shape: LocalizedText(zh: "从 1 开始的整数", en: "a whole number from 1")
        ) { Int($0).flatMap { $0 > 0 ? $0 : nil } }
        let name = root.section("name", isRequired: true).flatMap(localizedText)
        let source = root.section("source", isRequired: true).flatMap(source)
        let window = root.section("window").flatMap(window)
        let categories =
            root.list("categories", mayBeEmpty: true, shape: LocalizedText(zh: "类别名称", en: "a category")) {
                $0.isEmpty ? nil : $0
            } ?? []
        var labels = FileLabels()
        let roles = FileRoleFile.roles(root, &labels)
        let attachments = AttachmentFile.attachments(root, &labels)
        // The form's fields of kind `file` name attachments.
        if root.schema != .first { root.attachments = Set(root.plainTexts("name", in: "attachments")) }
        let rules = RuleFile.rules(root, of: categories, roles: roles)
        let quotas = QuotaFile.quotas(root)
        root.refuseUnknownKeys()
        guard let id, let revision, let name, let source else { return nil }
        return Contest(
            schema: root.schema, id: id, revision: revision, name: name, source: source, window: window,
            categories: categories, rules: rules, quotas: quotas, roles: roles, attachments: attachments)
    }

    /// Reads the schema before everything else: the other keys depend on it. Without a known one the file is read as one of
    /// the newest schema, which has every key.
    private static func readSchema(_ root: ParameterReader) {
        guard let text = root.text("schema", isRequired: true) else { return }
        guard let schema = Contest.Schema(rawValue: text) else {
            let known = Contest.Schema.allCases.map(\.rawValue)
            root.report("schema", "应为 \(known.joined(separator: " 或 "))", "must be \(known.joined(separator: " or "))")
            return
        }
        root.schema = schema
    }

    /// A text in both languages.
    static func localizedText(_ section: ParameterReader) -> LocalizedText? {
        defer { section.refuseUnknownKeys() }
        let (zh, en) = (section.text("zh", isRequired: true), section.text("en", isRequired: true))
        guard let zh, let en else { return nil }
        return LocalizedText(zh: zh, en: en)
    }

    private static func source(_ section: ParameterReader) -> Contest.Source? {
        defer { section.refuseUnknownKeys() }
        let document = section.text("document", isRequired: true)
        let issued = section.value(
            "issued", isRequired: true, shape: LocalizedText(zh: "日期，如 2024-02-27", en: "a date, like 2024-02-27")
        ) { ContestTime("\($0)T00:00Z") == nil ? nil : $0 }
        guard let document, let issued else { return nil }
        return Contest.Source(document: document, issued: issued)
    }

    private static func window(_ section: ParameterReader) -> Contest.Window? {
        defer { section.refuseUnknownKeys() }
        let shape = LocalizedText(
            zh: "带时区的时间，如 2024-04-23T24:00+08:00", en: "a time with offset, like 2024-04-23T24:00+08:00")
        let opens = section.value("opens", isRequired: true, shape: shape) { ContestTime($0) }
        let closes = section.value("closes", isRequired: true, shape: shape) { ContestTime($0) }
        guard let opens, let closes else { return nil }
        if closes <= opens {
            section.report("closes", "截止时间不晚于开始时间，任何作品都无法提交", "closes before it opens: no entry could ever be in time")
        }
        return Contest.Window(opens: opens, closes: closes)
    }

    static let idShape = LocalizedText(
        zh: "小写字母、数字和连字符，如 xian-2024", en: "lower-case words joined by hyphens, like xian-2024")

    /// `text` when it is kebab-case and at most 64 characters, else nil.
    static func kebabCase(_ text: String) -> String? {
        text.count <= 64 && text.wholeMatch(of: /[a-z0-9]+(?:-[a-z0-9]+)*/) != nil ? text : nil
    }

    private static func root(
        of text: String, file: String, meter: ReadingMeter, reading: ParameterReader.Reading
    ) throws(ContestFileError) -> ParameterReader {
        let node: YAMLNode?
        do { node = try YAMLComposer.root(of: text, meter: meter) } catch { throw error.contestFileError(file) }
        guard let node, let mapping = node.mapping else {
            let message = LocalizedText(zh: "文件内容应为键值结构", en: "the file must be a mapping of keys and values")
            let problem = ContestFileError.Problem(line: 1, column: 1, key: "", message: message)
            throw ContestFileError(file: file, problems: [problem])
        }
        return ParameterReader(WireForm.inFileNotation(mapping), at: node.place, path: "", reading: reading)
    }
}
