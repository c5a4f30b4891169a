extension ContestFile {
    /// The text of a file from which `load` reads the same contest: its digest is the same.
    ///
    /// A contest that was read from a file has the text of that file, which has comments and the notice's own spellings; this
    /// text has neither.
    public static func text(of contest: Contest) -> String {
        // Encoding strings, integers and lists into memory cannot fail, and the loader refused every text that could not be
        // read again.
        guard let data = try? WireJSON.data(contest),
            let root = try? YAMLComposer.root(of: String(decoding: data, as: UTF8.self), meter: ReadingMeter(budget)),
            let mapping = root.mapping
        else { return "" }
        return YAMLWriter.text(WireForm.inFileNotation(mapping), order: keys)
    }

    /// Whether `text` is the wire form of a contest, which `load` reads, too: each rule has its parameters in a mapping of
    /// their own.
    public static func isWireForm(_ text: String) -> Bool {
        let root = try? YAMLComposer.root(of: text, meter: ReadingMeter(budget))
        return root?.mapping.map(WireForm.isWireForm) ?? false
    }

    /// The order in which keys are written; others follow.
    private static let keys = [
        "schema", "id", "revision", "name", "source", "window", "categories", "general", "rules", "quotas", "kind",
        "label",
        "required", "level", "clause", "decision", "document", "issued", "opens", "closes", "zh", "en", "min", "max",
        "by", "groups",
    ]
}
