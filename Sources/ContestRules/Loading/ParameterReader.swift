internal import MediaFacts

/// Reads one mapping of a contest file strictly: every key that nobody asked for is a mistake.
///
/// A class, because the readers of one file share one list of problems; used by one thread while a file is loaded.
public final class ParameterReader {
    /// What the readers of one file share.
    final class Reading {
        /// The schema of the file; the newest one until it is known.
        var schema = Contest.Schema.second
        /// The problems that were found so far, in the order in which they were found.
        var problems: [ContestFileError.Problem] = []
        /// Names of the attachments that the file lists; empty until they are known.
        var attachments: Set<String> = []
    }

    private let mapping: YAMLMapping
    private let place: YAMLPlace
    private let path: String
    private let reading: Reading
    /// The only keys that the file's schema has here; nil in a schema that is not closed.
    private var limit: Set<String>?
    private var asked: Set<String> = []
    /// Keys that were asked for and that only a later schema has.
    private var later: Set<String> = []
    /// Values that stand in the place of the written ones; nil in the place of a key that is used up.
    private var replaced: [String: YAMLNode?] = [:]

    init(_ mapping: YAMLMapping, at place: YAMLPlace, path: String, reading: Reading) {
        self.mapping = mapping
        self.place = place
        self.path = path
        self.reading = reading
    }

    /// The schema of the file; the newest one until it is set.
    var schema: Contest.Schema {
        get { reading.schema }
        set { reading.schema = newValue }
    }

    /// Names of the attachments that the file lists; empty until they are set.
    var attachments: Set<String> {
        get { reading.attachments }
        set { reading.attachments = newValue }
    }

    /// Refuses every key but `keys` in a file of `clipcheck.contest/1`; does nothing in a file of a later schema. Called
    /// before any of them is read.
    func limitFirstSchema(to keys: Set<String>) {
        if schema == .first { limit = keys }
    }

    /// Reports a mistake at `key` of this mapping, or at the mapping itself.
    func report(_ key: String?, _ zh: String, _ en: String) {
        let place = key.flatMap { mapping[$0]?.place } ?? self.place
        report(place, key.map(join) ?? path, zh, en)
    }

    /// Whether anything is wrong with the file so far.
    var hasProblems: Bool { !reading.problems.isEmpty }

    /// Whether the key is written with a value, right or wrong; `null` and an empty list are none.
    func has(_ key: String) -> Bool { written(key).map { $0.sequence?.isEmpty != true } ?? false }

    /// Whether a mapping is written under the key.
    func isMapping(_ key: String) -> Bool { mapping[key]?.mapping != nil }

    /// The scalar text under `key`, without asking for it: no problem is reported and the key stays unknown.
    func plainText(_ key: String) -> String? { written(key)?.text }

    /// The scalar texts under `key` in the mappings of the list under `list`, without asking for the list.
    func plainTexts(_ key: String, in list: String) -> [String] {
        (mapping[list]?.sequence ?? []).compactMap { $0.mapping?[key]?.text }
    }

    /// The scalar text under `key`; nil, and reported when `isRequired`, if it is missing or no plain value.
    func text(_ key: String, isRequired: Bool = false) -> String? {
        guard let node = node(key, isRequired: isRequired) else { return nil }
        guard let text = node.text, text.contains(where: { !$0.isWhitespace }) else {
            report(key, "应为一个文本值", "must be a single value")
            return nil
        }
        return text
    }

    /// The value under `key`, written in `notation`.
    func value<Value>(_ key: String, isRequired: Bool = false, _ notation: Notation<Value>) -> Value? {
        guard let text = text(key, isRequired: isRequired) else { return nil }
        do { return try notation.value(text, in: schema) } catch {
            report(key, error.message.zh, error.message.en)
            return nil
        }
    }

    /// The text under `key` turned into a value by `parse`; `shape` names what is expected in both languages.
    func value<Value>(
        _ key: String, isRequired: Bool = false, shape: LocalizedText, _ parse: @escaping (String) -> Value?
    ) -> Value? {
        value(key, isRequired: isRequired, Notation(shape: shape, exactly: parse))
    }

    /// The list under `key`, each item turned into a value by `parse`; items may not repeat.
    ///
    /// - Parameter mayBeEmpty: whether an empty list says the same as none and gives nil; it is a mistake otherwise.
    func list<Value: Hashable>(
        _ key: String, isRequired: Bool = false, mayBeEmpty: Bool = false, shape: LocalizedText,
        _ parse: @escaping (String) -> Value?
    ) -> [Value]? {
        list(key, isRequired: isRequired, mayBeEmpty: mayBeEmpty, Notation(shape: shape, exactly: parse))
    }

    /// The list under `key`, each item written in `notation`; items may not repeat.
    ///
    /// - Parameter mayBeEmpty: whether an empty list says the same as none and gives nil; it is a mistake otherwise.
    func list<Value: Hashable>(
        _ key: String, isRequired: Bool = false, mayBeEmpty: Bool = false, _ notation: Notation<Value>
    ) -> [Value]? {
        guard let node = node(key, isRequired: isRequired) else { return nil }
        if mayBeEmpty, node.sequence?.isEmpty == true { return nil }
        guard let sequence = node.sequence, !sequence.isEmpty else {
            report(key, "应为非空列表，例如 [a, b]", "must be a list with at least one item, like [a, b]")
            return nil
        }
        var values: [Value] = []
        var seen: Set<Value> = []
        for (index, item) in sequence.enumerated() {
            let path = "\(join(key))[\(index)]"
            let text = item.text ?? ""
            do {
                let value = try notation.value(text, in: schema)
                if !seen.insert(value).inserted {
                    report(item.place, path, "重复的值“\(text)”", "\"\(text)\" is listed twice")
                }
                values.append(value)
            } catch { report(item.place, path, error.message.zh, error.message.en) }
        }
        return values
    }

    /// The mapping under `key`.
    func section(_ key: String, isRequired: Bool = false) -> ParameterReader? {
        guard let node = node(key, isRequired: isRequired) else { return nil }
        guard let mapping = node.mapping else {
            report(key, "应为键值结构", "must be a mapping of keys and values")
            return nil
        }
        return ParameterReader(mapping, at: node.place, path: join(key), reading: reading)
    }

    /// The mappings in the list under `key`.
    func sections(_ key: String) -> [ParameterReader] {
        node(key, isRequired: true).map { sections($0, path: join(key)) } ?? []
    }

    /// The mappings in the lists in the list under `key`.
    func sectionLists(_ key: String) -> [[ParameterReader]] {
        guard let node = node(key, isRequired: true) else { return [] }
        return items(node, path: join(key)).map { sections($0.node, path: $0.path) }
    }

    private func sections(_ node: YAMLNode, path: String) -> [ParameterReader] {
        items(node, path: path).compactMap { item, path in
            guard let mapping = item.mapping else {
                report(item.place, path, "应为键值结构", "must be a mapping of keys and values")
                return nil
            }
            return ParameterReader(mapping, at: item.place, path: path, reading: reading)
        }
    }

    /// The items of the list `node`, each with its path; none, and reported, when the node is no list or an empty one.
    private func items(_ node: YAMLNode, path: String) -> [(node: YAMLNode, path: String)] {
        guard let sequence = node.sequence, !sequence.isEmpty else {
            report(node.place, path, "应为非空列表", "must be a list with at least one item")
            return []
        }
        return sequence.enumerated().map { ($1, "\(path)[\($0)]") }
    }

    /// Counts keys as asked for, where it cannot be told whether they belong.
    func skip(_ keys: String...) { asked.formUnion(keys.filter { limit?.contains($0) ?? true }) }

    /// Reports every key that nobody asked for. Called last.
    func refuseUnknownKeys() {
        for pair in mapping.pairs {
            let name = pair.key
            guard !asked.contains(name) else { continue }
            guard !later.contains(name) else {
                let (here, newest) = (schema.rawValue, Contest.Schema.second.rawValue)
                report(
                    pair.place, join(name), "\(here) 没有键“\(name)”；要使用它，请写 schema: \(newest)",
                    "unknown key \"\(name)\" in \(here); to use it, write schema: \(newest)")
                continue
            }
            let known = asked.sorted().joined(separator: ", ")
            let hint = Spelling.nearest(to: name, among: asked)
            report(
                pair.place, join(name), "未知的键“\(name)”" + (hint.map { "，是否想写“\($0)”？" } ?? "，可用的键：\(known)"),
                "unknown key \"\(name)\"" + (hint.map { "; did you mean \"\($0)\"?" } ?? "; known keys: \(known)"))
        }
    }

    /// Reads the text or the list under `key`; a list is read as `list` does.
    func oneOrList<Value: Hashable>(_ key: String, _ notation: Notation<Value>) -> [Value]? {
        guard written(key)?.sequence == nil else { return list(key, notation) }
        return value(key, notation).map { [$0] }
    }

    /// Puts `text` in the place of what is written under `key`; nil hides the key from the readers that follow.
    func replace(_ key: String, with text: String?) {
        guard let node = mapping[key] else { return }
        replaced[key] = .some(text.map { YAMLNode(content: .scalar($0), place: node.place) })
    }

    private func written(_ key: String) -> YAMLNode? {
        if let replacement = replaced[key] { return replacement }
        return mapping[key]
    }

    private func node(_ key: String, isRequired: Bool) -> YAMLNode? {
        guard limit?.contains(key) ?? true else {
            later.insert(key)
            return nil
        }
        asked.insert(key)
        guard let node = written(key) else {
            if isRequired { report(place, join(key), "缺少必需的键“\(key)”", "the key \"\(key)\" is missing") }
            return nil
        }
        return node
    }

    private func report(_ place: YAMLPlace, _ key: String, _ zh: String, _ en: String) {
        reading.problems.append(
            ContestFileError.Problem(
                line: place.line, column: place.column, key: key, message: LocalizedText(zh: zh, en: en)))
    }

    private func join(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
