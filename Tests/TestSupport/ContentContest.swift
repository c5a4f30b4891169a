public import ContestRules
public import MediaFacts

extension Contest {
    /// A contest with two rules that need picture and sound decoded, one required and one encouraged.
    public static func content(_ id: String = "content", depth: Depth = .standard) throws -> Contest {
        try ContestFile.load(
            """
            schema: clipcheck.contest/1
            id: \(id)
            revision: 1
            name: {zh: 内容, en: Content}
            source: {document: 示例通知, issued: 2024-02-27}
            rules:
              - {id: readable, kind: readable, level: required, clause: 文件能够打开}
              - {id: has-video, kind: has-video, level: required, clause: 文件中有视频画面}
              - {id: decodable, kind: decodable, level: required, clause: 能够播放, depth: \(depth.rawValue)}
              - {id: freeze, kind: freeze, level: encouraged, clause: 画面不长时间静止, longest: 1s}
            """, file: "content.yaml")
    }
}

extension BuiltInContests {
    /// The built-in contests without the rules that need picture and sound decoded. Tests of how reports are stored and
    /// shown use them, so that no background check runs.
    public static var withoutContent: [Contest] { all.map(\.withoutContent) }
}

extension Contest {
    /// The contest without the rules that need picture and sound decoded.
    public var withoutContent: Contest {
        with(
            rules: rules.filter { rule in
                if case .measured(let kind) = rule.kind { kind.depth == .quick } else { true }
            })
    }
}
