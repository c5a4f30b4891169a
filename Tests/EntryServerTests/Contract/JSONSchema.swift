import Foundation

/// A JSON Schema with the keywords that `openapi.json` uses. Every other keyword is a violation, so that no constraint of
/// the document is skipped silently. Source: JSON Schema 2020-12; OpenAPI 3.1.0 §4.8.24.
struct JSONSchema {
    /// The schema itself: an object, or a Boolean.
    let schema: WireValue
    /// The document that `$ref` points into.
    let document: WireValue

    /// Keywords that say nothing about whether a value is valid.
    static let annotations: Set = ["description", "format", "default", "examples", "contentMediaType"]
    /// Keywords whose argument is one schema.
    private static let schemaKeywords: Set = ["items", "additionalProperties", "propertyNames"]
    /// Keywords whose argument is a list of schemas.
    private static let schemaListKeywords: Set = ["oneOf", "anyOf", "allOf"]
    /// Keywords whose argument is no schema.
    private static let plainKeywords: Set = [
        "$ref", "type", "required", "enum", "const", "pattern", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems",
    ]

    private static func isKnown(_ keyword: String) -> Bool {
        keyword == "properties" || schemaKeywords.contains(keyword) || schemaListKeywords.contains(keyword)
            || plainKeywords.contains(keyword) || annotations.contains(keyword)
    }

    /// What of `value` breaks the schema, each with its place in the value; empty when the value is valid.
    func violations(of value: WireValue, at place: String = "$") -> [String] {
        switch schema {
        case .bool(let allows): allows ? [] : ["\(place): not allowed"]
        case .object(let keywords):
            keywords.sorted { $0.key < $1.key }.flatMap { keyword, argument in
                broken(keyword, argument, value, place).map { "\(place)\($0)" }
            }
        default: ["\(place): the schema is neither an object nor a Boolean"]
        }
    }

    /// Keywords of the schema, and of the schemas inside it, that the validator does not know.
    func unknownKeywords(at place: String) -> [String] {
        guard case .object(let keywords) = schema else { return [] }
        return keywords.sorted { $0.key < $1.key }.flatMap { keyword, argument -> [String] in
            let here = "\(place)/\(keyword)"
            if keyword == "properties", case .object(let properties) = argument {
                return properties.flatMap { inner($0.value).unknownKeywords(at: "\(here)/\($0.key)") }
            }
            if Self.schemaKeywords.contains(keyword) { return inner(argument).unknownKeywords(at: here) }
            if Self.schemaListKeywords.contains(keyword) {
                return argument.elements.flatMap { inner($0).unknownKeywords(at: here) }
            }
            return Self.isKnown(keyword) ? [] : [here]
        }
    }

    /// What one keyword objects to; each text continues the place of the value.
    private func broken(
        _ keyword: String, _ argument: WireValue, _ value: WireValue, _ place: String
    ) -> [String] {
        switch (keyword, argument, value) {
        case ("$ref", .text(let pointer), _):
            guard let target = document.resolved(pointer) else { return [": \(pointer) does not exist"] }
            return tails(inner(target), value, place)
        case ("type", _, _):
            return value.isOfType(argument) ? [] : [": \(value.brief) is not of type \(argument.brief)"]
        case ("enum", .list(let values), _):
            return values.contains(value) ? [] : [": \(value.brief) is not in the enum"]
        case ("const", _, _): return argument == value ? [] : [": \(value.brief) is not \(argument.brief)"]
        case ("allOf", .list(let all), _): return all.flatMap { tails(inner($0), value, place) }
        case ("anyOf", .list(let all), _), ("oneOf", .list(let all), _):
            return chosen(all, exactlyOne: keyword == "oneOf", value, place)
        case ("required", .list(let names), .object(let members)):
            return names.compactMap(\.string).filter { members[$0] == nil }.map { ": \"\($0)\" is missing" }
        case ("properties", .object(let properties), .object(let members)):
            return properties.flatMap { name, schema in
                members[name].map { tails(inner(schema), $0, place, ".\(name)") } ?? []
            }
        case ("additionalProperties", _, .object(let members)):
            return members.filter { schema["properties"]?[$0.key] == nil }.flatMap {
                tails(inner(argument), $0.value, place, ".\($0.key)")
            }
        case ("propertyNames", _, .object(let members)):
            return members.keys.sorted().flatMap { tails(inner(argument), .text($0), place, ".\($0)") }
        case ("items", _, .list(let elements)):
            return elements.enumerated().flatMap { tails(inner(argument), $1, place, "[\($0)]") }
        case ("pattern", .text(let pattern), .text(let text)):
            guard let expression = try? Regex(pattern).matchingSemantics(.unicodeScalar) else {
                return [": the pattern \(pattern) is not valid"]
            }
            return text.firstMatch(of: expression) == nil ? [": \(value.brief) does not match \(pattern)"] : []
        default: return brokenLimit(keyword, argument, value)
        }
    }

    /// What a keyword about a number or a length objects to. A keyword says nothing about values of other types.
    private func brokenLimit(_ keyword: String, _ argument: WireValue, _ value: WireValue) -> [String] {
        guard Self.isKnown(keyword) else { return [": the validator does not know \"\(keyword)\""] }
        guard case .number(let limit) = argument, let (measured, unit) = value.measure(for: keyword) else { return [] }
        let holds =
            switch keyword {
            case "minimum", "minLength", "minItems": measured >= limit
            case "maximum", "maxLength", "maxItems": measured <= limit
            case "exclusiveMinimum": measured > limit
            case "exclusiveMaximum": measured < limit
            default: true
            }
        return holds ? [] : [": \(measured)\(unit) breaks \(keyword) \(limit)"]
    }

    /// Objections when `value` does not fit enough of the alternatives; those of the alternative that fits best are named.
    private func chosen(
        _ alternatives: [WireValue], exactlyOne: Bool, _ value: WireValue, _ place: String
    ) -> [String] {
        let objections = alternatives.map { tails(inner($0), value, place) }
        let fitting = objections.count { $0.isEmpty }
        if fitting == 1 || fitting > 1 && !exactlyOne { return [] }
        if fitting > 1 { return [": \(value.brief) fits \(fitting) alternatives of oneOf"] }
        return [": \(value.brief) fits no alternative"] + (objections.min { $0.count < $1.count } ?? [])
    }

    /// Violations with the place left out that the caller adds.
    private func tails(_ schema: JSONSchema, _ value: WireValue, _ place: String, _ step: String = "") -> [String] {
        schema.violations(of: value, at: "\(place)\(step)").map { String($0.dropFirst(place.count)) }
    }

    private func inner(_ schema: WireValue) -> JSONSchema { JSONSchema(schema: schema, document: document) }
}
