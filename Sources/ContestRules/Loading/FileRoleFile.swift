internal import MediaFacts

/// The `files` of a contest file: roles of the videos of one entry.
enum FileRoleFile {
    /// Most roles of a contest, the main one included.
    static let most = 20

    /// The roles, the main one first; the main one alone when the file has no `files`.
    static func roles(_ root: ParameterReader, _ labels: inout FileLabels) -> [FileRole] {
        guard root.has("files") else {
            root.skip("files")
            labels.reserve(.main)
            return [.main]
        }
        let sections = root.sections("files")
        if !sections.contains(where: { $0.plainText("name") == FileRole.mainName }) { labels.reserve(.main) }
        let read = sections.compactMap { section -> FileRole? in
            defer { section.refuseUnknownKeys() }
            guard let role = role(section) else { return nil }
            labels.add(role.name, role.label, section)
            return role
        }
        if read.count > most { root.report("files", "最多 \(most) 个视频", "lists more than \(most) videos") }
        let main = read.first { $0.name == FileRole.mainName } ?? .main
        return [main] + read.filter { $0.name != FileRole.mainName }
    }

    private static func role(_ section: ParameterReader) -> FileRole? {
        let name = section.value("name", isRequired: true, shape: ContestFile.idShape, ContestFile.kebabCase)
        let label = section.section("label", isRequired: true).flatMap(ContestFile.localizedText)
        let isMain = name == FileRole.mainName
        let isRequired = section.flag("required", isRequired: !isMain)
        let clause = isMain ? section.text("clause") : section.text("clause", isRequired: true)
        if isMain, isRequired == false {
            section.report("required", "正片总是必需的，不能写 false", "the main video is always required")
        }
        if let name, RuleRoles.reservedWords.contains(name) {
            section.report(
                "name", "“\(name)”在规则的 of 中另有含义，请换一个名称",
                "\"\(name)\" has another meaning in a rule's of: choose another name")
        }
        guard let name, let label, let isRequired = isMain ? true : isRequired else { return nil }
        return FileRole(name: name, label: label, isRequired: isRequired, clause: clause)
    }
}
