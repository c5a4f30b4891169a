internal import Hummingbird

/// The query parameters of a request. Each may occur once, and the route must know it: ignoring a misspelt filter would
/// list everything.
struct RequestQuery {
    private let values: [String: String]

    /// Makes a query without parameters.
    init() { values = [:] }

    /// Reads the query of `request`.
    ///
    /// - Parameter names: the parameters that the route knows.
    /// - Throws: a problem when a parameter is unknown or repeated.
    init(_ request: Request, allowing names: Set<String>) throws {
        var values: [String: String] = [:]
        for (name, value) in request.uri.queryParameters {
            guard names.contains(String(name)) else { throw Problem.parameterUnknown(String(name), allowed: names) }
            guard values.updateValue(String(value), forKey: String(name)) == nil else {
                throw Problem.parameterRepeated(String(name))
            }
        }
        self.values = values
    }

    /// The value of a parameter; nil when it is absent or empty.
    subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The value of a parameter that is a whole number; nil when it is absent or empty.
    ///
    /// - Throws: a problem when the value is no number in `range`.
    func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Problem(
                .badRequest, "\(name)-invalid", zh: "\(name) 应为 \(range.lowerBound) 到 \(range.upperBound)。",
                en: "\(name) is \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// The value of a parameter that is a case of an enumeration; nil when it is absent or empty.
    ///
    /// - Throws: a problem when the enumeration has no such case.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Value.Type = Value.self
    ) throws -> Value? where Value.RawValue == String {
        guard let text = self[name] else { return nil }
        guard let value = Value(rawValue: text) else {
            let all = Value.allCases.map(\.rawValue)
            throw Problem(
                .badRequest, "\(name)-unknown", zh: "\(name) 应为 \(all.joined(separator: "、"))。",
                en: "\(name) is one of \(all.joined(separator: ", ")).")
        }
        return value
    }
}

extension Problem {
    fileprivate static func parameterUnknown(_ name: String, allowed: Set<String>) -> Problem {
        let list = allowed.sorted().joined(separator: ", ")
        return Problem(
            .badRequest, "parameter-unknown",
            zh: "没有参数“\(name.prefix(40))”。\(list.isEmpty ? "这个地址不接受参数。" : "可用的参数：\(list)。")",
            en: "There is no parameter \"\(name.prefix(40))\". "
                + (list.isEmpty ? "This address takes none." : "Known parameters: \(list)."))
    }

    fileprivate static func parameterRepeated(_ name: String) -> Problem {
        Problem(
            .badRequest, "parameter-repeated", zh: "参数“\(name.prefix(40))”重复。",
            en: "The parameter \"\(name.prefix(40))\" is given twice.")
    }
}
