extension WireValue {
    /// The value that a pointer like `#/components/schemas/Entry` names in this document; nil when there is none.
    func resolved(_ pointer: String) -> WireValue? {
        guard pointer.hasPrefix("#/") else { return nil }
        return pointer.dropFirst(2).split(separator: "/").reduce(self as WireValue?) { value, step in
            value?[String(step).replacing("~1", with: "/").replacing("~0", with: "~")]
        }
    }

    /// This value, or the one that its `$ref` names.
    func followed(in document: WireValue) -> WireValue {
        self["$ref"]?.string.flatMap { document.resolved($0) } ?? self
    }

    /// Whether this value is of a JSON type, or of one of several. A number without a fraction is an integer.
    func isOfType(_ type: WireValue) -> Bool {
        if case .list(let types) = type { return types.contains { isOfType($0) } }
        return switch (self, type) {
        case (.null, "null"), (.bool, "boolean"), (.text, "string"), (.list, "array"), (.object, "object"),
            (.number, "number"):
            true
        case (.number(let number), "integer"): number.rounded() == number
        default: false
        }
    }

    /// What a keyword of JSON Schema counts in this value, with its unit; nil when the keyword is about other types.
    func measure(for keyword: String) -> (Double, String)? {
        switch (keyword, self) {
        case ("minLength", .text(let text)), ("maxLength", .text(let text)):
            (Double(text.unicodeScalars.count), " characters")
        case ("minItems", .list(let elements)), ("maxItems", .list(let elements)): (Double(elements.count), " items")
        case ("minimum", .number(let number)), ("maximum", .number(let number)),
            ("exclusiveMinimum", .number(let number)), ("exclusiveMaximum", .number(let number)):
            (number, "")
        default: nil
        }
    }

    /// The value in at most 80 characters, for messages.
    var brief: String {
        switch self {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .number(let number): "\(number)"
        case .text(let text): "\"\(text.prefix(80))\""
        case .list(let elements): "[\(elements.map(\.brief).joined(separator: ", ").prefix(80))]"
        case .object(let members): "{\(members.keys.sorted().joined(separator: ", ").prefix(80))}"
        }
    }
}
