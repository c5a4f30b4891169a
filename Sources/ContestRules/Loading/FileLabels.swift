internal import MediaFacts

/// Names and labels of the videos and attachments of one contest. File names and columns of tables use them, so that none
/// may mean two things.
struct FileLabels {
    private var taken: Set<String> = []

    /// Adds the name and the labels of a role that the file does not write.
    mutating func reserve(_ role: FileRole) {
        taken.formUnion([role.name, role.label.zh, role.label.en].map(Self.folded))
    }

    /// Adds a name and its labels; reports at `section` each that is taken.
    mutating func add(_ name: String, _ label: LocalizedText, _ section: ParameterReader) {
        let keys = [(name, "name"), (label.zh, "label"), (label.en, "label")].map { (Self.folded($0.0), $0.0, $0.1) }
        for (key, text, place) in keys where taken.contains(key) {
            section.report(
                place, "“\(text)”已是另一个视频或附件的名称", "\"\(text)\" is the name or a label of another video or attachment")
        }
        taken.formUnion(keys.map(\.0))
    }

    private static func folded(_ text: String) -> String {
        HalfWidth.trimmed(HalfWidth.folded(text)).lowercased()
    }
}
