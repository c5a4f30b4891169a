import EntryIntake
import Foundation
import HTTPTypes
import MediaFacts
import Testing

@testable import ContestRules
@testable import EntryServer

@Suite("`GET /v1/schemas/{name}`")
struct SchemaRoutesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(components: "..", "..").standardizedFileURL

    /// A schema as the service answers it.
    private static func schema(_ name: String) throws -> WireValue {
        try WireValue(try #require(WireSchemas.text(name)))
    }

    /// The schema without the keywords that say nothing of a value.
    private static func rules(_ schema: WireValue) -> JSONSchema {
        let names: Set = ["$schema", "$id", "title", "$defs"]
        return JSONSchema(
            schema: .object(schema.members.filter { !names.contains($0.key) }), document: schema)
    }

    @Test("A schema is answered to anybody, and its file in docs/schemas is the same", arguments: WireSchemas.names)
    func files(name: String) async throws {
        let answer = try await TestService().send(.get, "/v1/schemas/\(name)")
        #expect(answer.status == 200 && answer.headers[.contentType] == "application/schema+json")
        let file = Self.root.appending(components: "docs", "schemas", "\(name).schema.json")
        #expect(try WireValue(Array(try Data(contentsOf: file))) == answer.json, "run scripts/schemas.py")
        #expect(try answer.json["title"] == .text("clipcheck.\(name)/1"))
        let schema = Self.rules(try answer.json)
        #expect(schema.unknownKeywords(at: "#") == [])
    }

    @Test("A name that is no schema is answered with 404")
    func unknown() async throws {
        let answer = try await TestService().send(.get, "/v1/schemas/verdict")
        try answer.expectProblem(404, "schema-unknown")
    }

    @Test("An entry, its report and its facts keep their schemas, and lack nothing that the schemas require")
    func answers() async throws {
        let entry = try await TestService().submit()
        let report = try #require(entry["report"])
        let facts = try #require(report["facts"])
        for (name, value) in [("entry", entry), ("report", report), ("facts", facts)] {
            let schema = Self.rules(try Self.schema(name))
            #expect(schema.violations(of: value) == [])
            #expect(!schema.violations(of: .object(value.members.filter { $0.key != "schema" })).isEmpty)
        }
    }

    @Test(
        "Every built-in contest file keeps the schema of contest files",
        arguments: ["demo", "weifang-2023", "xian-2024", "xinhua-credit-cup-2019"])
    func contests(name: String) throws {
        let file = Self.root.appending(components: "Sources", "ContestRules", "Contests", "\(name).yaml")
        let value = try Self.value(of: try String(contentsOf: file, encoding: .utf8))
        #expect(Self.rules(try Self.schema("contest")).violations(of: value) == [])
    }

    @Test("The schema of contest files has every rule kind, with exactly the keys that the loader knows")
    func kinds() throws {
        let schema = try Self.schema("contest")
        let branches = schema["$defs"]?["rule"]?["oneOf"]?.elements ?? []
        let kinds = branches.compactMap { $0["properties"]?["kind"]?["const"]?.string }
        #expect(kinds.sorted() == RuleFile.kindNames.sorted())
        for (kind, branch) in zip(kinds, branches) {
            #expect(branch["properties"]?.keys == (try Self.knownKeys(ofKind: kind)), "\(kind)")
        }
    }

    /// The keys of a rule that the loader lists when it refuses an unknown one.
    private static func knownKeys(ofKind kind: String) throws -> Set<String> {
        let text = """
            schema: clipcheck.contest/2
            rules:
              - {id: one, kind: \(kind), level: required, clause: a, qqqqqqqq: 1}
            """
        let error = #expect(throws: ContestFileError.self) { try ContestFile.load(text, file: "a.yaml") }
        let message = error?.problems.map(\.message.en).first { $0.contains("\"qqqqqqqq\"") } ?? ""
        let keys = try #require(message.split(separator: "known keys: ").last)
        return Set(keys.replacing(", ", with: ",").split(separator: ",").map(String.init))
    }

    /// The tree of a contest file, its plain scalars as an editor reads them.
    private static func value(of text: String) throws -> WireValue {
        let meter = ReadingMeter(ContestFile.budget)
        func value(_ node: YAMLNode) -> WireValue {
            if let items = node.sequence { return .list(items.map(value)) }
            if let mapping = node.mapping {
                return .object(Dictionary(uniqueKeysWithValues: mapping.pairs.map { ($0.key, value($0.value)) }))
            }
            let text = node.text ?? ""
            if let flag = Bool(text) { return .bool(flag) }
            return Int(text).map { .number(Double($0)) } ?? .text(text)
        }
        return value(try #require(try YAMLComposer.root(of: text, meter: meter)))
    }
}
