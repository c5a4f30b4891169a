public import ContestRules
public import MediaFacts

extension Contest {
    /// A contest of four rules: two required ones, one encouraged one, and one that a person decides.
    public static func sample(_ id: String = "sample", revision: Int = 1) throws -> Contest {
        try ContestFile.load(
            """
            schema: clipcheck.contest/1
            id: \(id)
            revision: \(revision)
            name: {zh: 示例, en: Sample}
            source: {document: 示例通知, issued: 2024-02-27}
            rules:
              - {id: readable, kind: readable, level: required, clause: 文件能够打开}
              - {id: has-video, kind: has-video, level: required, clause: 文件中有视频画面}
              - {id: has-audio, kind: has-audio, level: encouraged, clause: 视频有声音}
              - {id: originality, kind: person, level: required, clause: 作品须为原创}
            """, file: "sample.yaml")
    }
}

extension Contest {
    /// This contest with the given properties replaced; nil keeps a property.
    public func with(
        id: String? = nil, name: LocalizedText? = nil, rules: [Rule]? = nil, quotas: [Quota]? = nil
    ) -> Contest {
        Contest(
            schema: schema, id: id ?? self.id, revision: revision, name: name ?? self.name, source: source,
            window: window, categories: categories, rules: rules ?? self.rules, quotas: quotas ?? self.quotas)
    }
}
