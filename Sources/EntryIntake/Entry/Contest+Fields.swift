internal import ContestRules
internal import MediaFacts

extension Contest {
    /// Refuses a field that the contest's form does not have. A contest without a form takes any field.
    ///
    /// - Throws: `.fieldUnknown`, which names the field that is most like the unknown one.
    func refuseUnknown(_ fields: [String: String]) throws(IntakeError) {
        guard let form, let unknown = fields.keys.sorted().first(where: { form.field($0) == nil && !isCategory($0) })
        else { return }
        throw .fieldUnknown(unknown, nearest: nearest(to: unknown, in: form))
    }

    /// The entries of `metadata` that are fields of the contest's form. Clients of tus also send descriptions of the
    /// file, which are left out. A name that resembles a field is refused as misspelt.
    ///
    /// - Throws: `.fieldUnknown`.
    func known(_ metadata: [String: String]) throws(IntakeError) -> [String: String] {
        guard let form else { return metadata }
        for name in metadata.keys.sorted() where form.field(name) == nil && !isCategory(name) {
            if let nearest = nearest(to: name, in: form) { throw .fieldUnknown(name, nearest: nearest) }
        }
        return metadata.filter { form.field($0.key) != nil || isCategory($0.key) }
    }

    /// The name or label of a field that is most like `name`, at a distance of at most half its length, or 1 if that
    /// is more; nil when there is none.
    private func nearest(to name: String, in form: FormRule) -> String? {
        let names = form.fields.flatMap { [$0.name, $0.label.zh, $0.label.en] }
        return names.map { ($0, Self.distance(name.lowercased(), $0.lowercased())) }
            .filter { $0.1 <= max(1, $0.0.count / 2) }.min { $0.1 < $1.1 }?.0
    }

    /// Levenshtein distance: the least number of inserted, deleted or replaced characters between two texts.
    /// Texts are cut at 64 characters, so a hostile name costs little.
    private static func distance(_ first: String, _ second: String) -> Int {
        let (first, second) = (Array(first.prefix(64)), Array(second.prefix(64)))
        var row = Array(0...second.count)
        for (index, character) in first.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in second.indices {
                let replaced = diagonal + (character == second[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
