import TestSupport

@testable import ReportSigning

/// Changes one thing of a JSON value, as somebody would who wants a report to say something else.
struct Alteration {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// The value with one change somewhere in it.
    mutating func altered(_ value: JSONValue) -> JSONValue {
        let places = Self.places(in: value, [])
        let place = places.randomElement(using: &random) ?? []
        // A member that moves to another object is the change that a digest of values alone would miss.
        if Int.random(in: 0..<10, using: &random) == 0 { return moved(value, from: place, places) }
        return Self.replacing(value, at: place[...]) { changed($0) }
    }

    private enum Step {
        case member(Int)
        case element(Int)
    }

    private static func places(in value: JSONValue, _ here: [Step]) -> [[Step]] {
        switch value {
        case .object(let members):
            [here] + members.enumerated().flatMap { places(in: $1.value, here + [.member($0)]) }
        case .array(let elements):
            [here] + elements.enumerated().flatMap { places(in: $1, here + [.element($0)]) }
        default: [here]
        }
    }

    private static func replacing(
        _ value: JSONValue, at place: ArraySlice<Step>, _ change: (JSONValue) -> JSONValue
    ) -> JSONValue {
        switch (place.first, value) {
        case (.member(let index), .object(var members)):
            members[index].value = replacing(members[index].value, at: place.dropFirst(), change)
            return .object(members)
        case (.element(let index), .array(var elements)):
            elements[index] = replacing(elements[index], at: place.dropFirst(), change)
            return .array(elements)
        default: return change(value)
        }
    }

    private mutating func changed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null: [.bool(false), .number("0"), .string(""), .array([])].randomElement(using: &random) ?? .null
        case .bool(let isTrue): .bool(!isTrue)
        case .number(let digits): number(digits)
        case .string(let text): string(text)
        case .array(let elements): .array(array(elements))
        case .object(let members): .object(object(members))
        }
    }

    private mutating func number(_ digits: String) -> JSONValue {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .string(digits)
        case 1: return .number(digits.hasPrefix("-") ? String(digits.dropFirst()) : "-" + digits)
        case 2: return .number(digits + "0")
        default:
            var bytes = Array(digits.utf8)
            let places = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
            let place = places.randomElement(using: &random) ?? 0
            bytes[place] = 0x30 + (bytes[place] - 0x30 + UInt8.random(in: 1...9, using: &random)) % 10
            return .number(String(decoding: bytes, as: UTF8.self))
        }
    }

    private mutating func string(_ text: String) -> JSONValue {
        var scalars = Array(text.unicodeScalars)
        let place = scalars.isEmpty ? 0 : Int.random(in: 0..<scalars.count, using: &random)
        let letter = "abcxyz0189-符合 \u{301}".unicodeScalars.randomElement(using: &random) ?? "a"
        switch Int.random(in: 0..<5, using: &random) {
        case 0 where !scalars.isEmpty: scalars.remove(at: place)
        case 1: scalars.insert(letter, at: place)
        case 2: return .null
        case _ where !scalars.isEmpty: scalars[place] = letter
        default: scalars.append(letter)
        }
        var changed = String.UnicodeScalarView()
        changed.append(contentsOf: scalars)
        return .string(String(changed))
    }

    private mutating func array(_ elements: [JSONValue]) -> [JSONValue] {
        var elements = elements
        switch Int.random(in: 0..<3, using: &random) {
        case 0 where elements.count > 1: elements.swapAt(0, Int.random(in: 1..<elements.count, using: &random))
        case 1 where !elements.isEmpty: elements.remove(at: Int.random(in: 0..<elements.count, using: &random))
        default: elements.append(elements.randomElement(using: &random) ?? .null)
        }
        return elements
    }

    private mutating func object(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
        var members = members
        let place = members.isEmpty ? 0 : Int.random(in: 0..<members.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where !members.isEmpty: members.remove(at: place)
        case 1 where !members.isEmpty: members[place].name += "x"
        case 2 where members.count > 1:
            let other = Int.random(in: 0..<members.count, using: &random)
            (members[place].value, members[other].value) = (members[other].value, members[place].value)
        default: members.append(.init(name: "remark", value: .string("ok")))
        }
        return members
    }

    /// The value with a member of one object moved to another.
    private mutating func moved(_ value: JSONValue, from place: [Step], _ places: [[Step]]) -> JSONValue {
        guard case .member(let index) = place.last else { return Self.replacing(value, at: place[...]) { changed($0) } }
        var member: JSONValue.Member?
        let without = Self.replacing(value, at: place.dropLast()) { object in
            guard case .object(var members) = object else { return object }
            member = members.remove(at: index)
            return .object(members)
        }
        let targets = Self.places(in: without, [])
        let target = targets.randomElement(using: &random) ?? []
        return Self.replacing(without, at: target[...]) { other in
            guard let member, case .object(let members) = other else { return other }
            return .object(members + [member])
        }
    }
}
