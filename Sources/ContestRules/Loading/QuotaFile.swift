internal import MediaFacts

/// The `quotas` of a contest file.
enum QuotaFile {
    static func quotas(_ root: ParameterReader) -> [Quota] {
        guard root.has("quotas") else {
            root.skip("quotas")
            return []
        }
        var ids: Set<String> = []
        return root.sections("quotas").compactMap { section in
            section.limitFirstSchema(to: FirstSchema.quota)
            defer { section.refuseUnknownKeys() }
            guard let quota = quota(section) else { return nil }
            if !ids.insert(quota.id).inserted {
                section.report("id", "配额编号“\(quota.id)”重复", "the quota id \"\(quota.id)\" is used twice")
            }
            return quota
        }
    }

    private static func quota(_ section: ParameterReader) -> Quota? {
        let id = section.value("id", isRequired: true, shape: ContestFile.idShape, ContestFile.kebabCase)
        let grouping = section.value("by", isRequired: true, groupings(in: section.schema))
        let least = section.value("min", .works)
        let most = section.value("max", .works)
        let groups = section.list("groups", mayBeEmpty: true, shape: groupShape) {
            HalfWidth.isBlank($0) ? nil : HalfWidth.trimmed($0)
        }
        let clause = section.text("clause", isRequired: true)
        if !section.has("min"), !section.has("max") {
            section.report(nil, "min 和 max 至少写一个", "min or max is missing")
        }
        if let least, let most, least > most {
            section.report("min", "min 大于 max，任何报送都不符合", "min is above max: nothing could ever keep to it")
        }
        if least != nil, groups == nil, !section.has("groups") {
            section.report(
                "min", "有下限时须用 groups 列出全部地区或类别，否则一件未报的无法发现",
                "a lower limit needs groups, or one that sent nothing would not be noticed")
        }
        guard let id, let grouping, let clause else { return nil }
        return Quota(id: id, grouping: grouping, least: least, most: most, groups: groups ?? [], clause: clause)
    }

    private static let groupShape = LocalizedText(zh: "地区、类别等的名称", en: "the name of a group")

    /// The names that works can be counted by in a file of `schema`.
    private static func groupings(in schema: Contest.Schema) -> Notation<Quota.Grouping> {
        let first = Quota.Grouping.allCases.filter { FirstSchema.groupings.contains($0.rawValue) }
        let known = schema == .first ? first : Quota.Grouping.allCases
        let names = Wording.alternatives(
            known.map { LocalizedText(zh: "\($0.rawValue)（\($0.title.zh)）", en: $0.rawValue) })
        return Notation(
            shape: LocalizedText(zh: " \(names.zh)", en: names.en),
            strict: { text in first.first { $0.rawValue == text } }, usual: { Quota.Grouping(rawValue: $0) })
    }
}
