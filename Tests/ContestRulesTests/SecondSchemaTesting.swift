import Foundation
import MediaFacts
import Testing

@testable import ContestRules

/// Files of `clipcheck.contest/2`.
enum SecondSchema {
    /// The sample in this schema with one more rule of `kind`, on line 34; its parameters are on line 35.
    static func text(_ kind: String, _ parameters: String = "", level: String = "encouraged") -> String {
        let head = "  - {id: one-more, kind: \(kind), level: \(level), clause: 原文"
        let rule = head + (parameters.isEmpty ? "}" : ",\n    \(parameters)}")
        return SampleContest.text(rule: rule).replacing("clipcheck.contest/1", with: "clipcheck.contest/2")
    }

    /// The rule of `kind` that the loader reads from `parameters`.
    static func rule(_ kind: String, _ parameters: String = "", level: String = "encouraged") throws -> Rule {
        try #require(try ContestFile.load(text(kind, parameters, level: level), file: "test.yaml").rules.last)
    }

    /// The measured rule of `kind` that the loader reads from `parameters`.
    static func measured<Kind: MeasuredRule>(_ type: Kind.Type, _ parameters: String) throws -> Kind {
        guard case .measured(let kind) = try rule(type.kind, parameters).kind else {
            throw ContestFileError(file: type.kind, problems: [])
        }
        return try #require(kind as? Kind)
    }

    /// The parameters of that rule in the wire form.
    static func wire(_ kind: String, _ parameters: String) throws -> String {
        let data = try WireJSON.data(try rule(kind, parameters))
        let tree = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let written = try JSONSerialization.data(
            withJSONObject: try #require(tree["parameters"]), options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: written, as: UTF8.self)
    }

    /// One mistake in the parameters of such a rule; an empty `key` is the rule itself.
    static func mistake(
        _ kind: String, _ parameters: String, _ key: String, _ fragment: String, level: String = "encouraged"
    ) -> Mistake {
        let (line, place) = key.isEmpty ? (34, "rules[6]") : (35, "rules[6].\(key)")
        return Mistake("\(kind) \(parameters)", text(kind, parameters, level: level), (line, place, fragment))
    }
}
