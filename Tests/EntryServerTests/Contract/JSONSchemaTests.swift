import Testing

@Suite("JSONSchema")
struct JSONSchemaTests {
    @Test(
        "JSONSchema accepts a value that keeps every keyword and names what a value breaks",
        arguments: [
            (#"{"type": "integer"}"#, "1", true), (#"{"type": "integer"}"#, "1.5", false),
            (#"{"type": ["string", "null"]}"#, "null", true), (#"{"type": ["string", "null"]}"#, "0", false),
            (#"{"type": "boolean"}"#, "1", false), (#"{"type": "number"}"#, "1.5", true),
            (#"{"enum": ["a", null]}"#, "null", true), (#"{"enum": ["a"]}"#, #""b""#, false),
            (#"{"const": "a"}"#, #""a""#, true), (#"{"const": "a"}"#, #""b""#, false),
            (#"{"required": ["a"]}"#, #"{"a": null}"#, true), (#"{"required": ["a"]}"#, "{}", false),
            (#"{"properties": {"a": {"type": "null"}}}"#, #"{"b": 1}"#, true),
            (#"{"properties": {"a": {"type": "null"}}}"#, #"{"a": 1}"#, false),
            (#"{"properties": {"a": {}}, "additionalProperties": false}"#, #"{"a": 1}"#, true),
            (#"{"properties": {"a": {}}, "additionalProperties": false}"#, #"{"b": 1}"#, false),
            (#"{"additionalProperties": {"type": "string"}}"#, #"{"b": 1}"#, false),
            (#"{"items": {"type": "string"}}"#, #"["a"]"#, true), (#"{"items": {"type": "string"}}"#, "[1]", false),
            (#"{"propertyNames": {"minLength": 1}}"#, #"{"a": 1}"#, true),
            (#"{"propertyNames": {"minLength": 1}}"#, #"{"": 1}"#, false),
            (#"{"minItems": 1}"#, "[]", false), (#"{"maxItems": 1}"#, "[1, 2]", false),
            (#"{"maxItems": 1}"#, "[1]", true),
            (#"{"minLength": 2}"#, #""é""#, false), (#"{"maxLength": 2}"#, #""守信""#, true),
            (#"{"maxLength": 1}"#, #""守信""#, false), (#"{"pattern": "^[0-9]+x[0-9]+$"}"#, #""4x3""#, true),
            (#"{"pattern": "^[0-9]+x[0-9]+$"}"#, #""4:3""#, false), (#"{"minimum": 1}"#, "1", true),
            (#"{"minimum": 1}"#, "0", false), (#"{"maximum": 1}"#, "2", false),
            (#"{"exclusiveMaximum": 1}"#, "1", false),
            (#"{"exclusiveMinimum": 1}"#, "1", false), (#"{"minimum": 1}"#, #""a""#, true),
            (#"{"oneOf": [{"type": "string"}, {"type": "null"}]}"#, "null", true),
            (#"{"oneOf": [{"type": "string"}, {"type": "null"}]}"#, "1", false),
            (#"{"oneOf": [{"type": "number"}, {"minimum": 0}]}"#, "1", false),
            (#"{"anyOf": [{"type": "number"}, {"minimum": 0}]}"#, "1", true),
            (#"{"anyOf": [{"const": 1}, {"const": 2}]}"#, "3", false),
            (#"{"allOf": [{"minimum": 1}, {"maximum": 2}]}"#, "3", false),
            (##"{"$ref": "#/defs/positive"}"##, "1", true), (##"{"$ref": "#/defs/positive"}"##, "0", false),
            (##"{"$ref": "#/defs/absent"}"##, "1", false), ("false", "1", false), ("true", "1", true),
            (#"{"description": "a", "format": "uuid"}"#, "1", true), (#"{"not": {"type": "string"}}"#, "1", false),
        ])
    func keywords(schema: String, value: String, isValid: Bool) throws {
        let document = try WireValue(Array(#"{"defs": {"positive": {"minimum": 1}}}"#.utf8))
        let schema = JSONSchema(schema: try WireValue(Array(schema.utf8)), document: document)
        #expect(schema.violations(of: try WireValue(Array(value.utf8))).isEmpty == isValid)
    }

    @Test("JSONSchema names the place of a violation inside the value")
    func place() {
        let text: WireValue = ["type": "string"]
        let schema = JSONSchema(
            schema: ["properties": ["a": ["items": ["properties": ["b": text]]]]], document: [:])
        #expect(
            schema.violations(of: ["a": .list([["b": "x"], ["b": 1]])]) == ["$.a[1].b: 1.0 is not of type \"string\""])
    }

    @Test("JSONSchema names unknown keywords in every schema inside a schema")
    func unknownKeywords() {
        let unknown: WireValue = ["not": [:]]
        let schema = JSONSchema(
            schema: [
                "items": unknown, "properties": ["a": unknown], "anyOf": .list([unknown]),
                "additionalProperties": unknown,
                "type": "object",
            ], document: [:])
        #expect(
            schema.unknownKeywords(at: "#") == [
                "#/additionalProperties/not", "#/anyOf/not", "#/items/not", "#/properties/a/not",
            ])
    }
}
