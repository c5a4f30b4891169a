internal import Foundation

/// The JSON Schemas of the wire formats. Those of report, facts and entry are the components of `openapi.json`, which every
/// test of an answer checks; the one of contest files is a file of its own.
enum WireSchemas {
    /// Names of the schemas, in alphabetical order.
    static let names = ["contest", "entry", "facts", "report"]

    /// The text of a schema; nil for a name that is none of `names`.
    static func text(_ name: String) -> [UInt8]? { all[name] }

    /// Components of `openapi.json` by the name of their schema.
    private static let components = ["entry": "Entry", "facts": "Facts", "report": "Report"]

    private static let all: [String: [UInt8]] = {
        var texts = ["contest": PackageResources.contest_schema_json]
        let document = try? JSONSerialization.jsonObject(with: Data(PackageResources.openapi_json)) as? [String: Any]
        let schemas = (document?["components"] as? [String: Any])?["schemas"] as? [String: Any] ?? [:]
        for (name, component) in components {
            let schema = schema(name, of: component, in: schemas)
            texts[name] =
                (try? JSONSerialization.data(
                    withJSONObject: schema, options: [.sortedKeys, .withoutEscapingSlashes])).map { Array($0) }
        }
        return texts
    }()

    /// The schema of a component, with every component that it refers to under `$defs`.
    private static func schema(_ name: String, of component: String, in schemas: [String: Any]) -> [String: Any] {
        var definitions: [String: Any] = [:]
        var waiting: Set = [component]
        while let next = waiting.popFirst() {
            var used: Set<String> = []
            definitions[next] = moved(schemas[next] ?? [String: Any](), &used)
            waiting.formUnion(used.subtracting(definitions.keys))
        }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:clipcheck:schema:\(name):1",
            "title": "clipcheck.\(name)/1", "$ref": "#/$defs/\(component)", "$defs": definitions,
        ]
    }

    /// The value with its references pointing into `$defs`; adds the names that it refers to.
    private static func moved(_ value: Any, _ used: inout Set<String>) -> Any {
        if let list = value as? [Any] { return list.map { moved($0, &used) } }
        guard let object = value as? [String: Any] else { return value }
        var result = object.mapValues { moved($0, &used) }
        if let name = (object["$ref"] as? String)?.split(separator: "/").last.map(String.init) {
            used.insert(name)
            result["$ref"] = "#/$defs/\(name)"
        }
        return result
    }
}
