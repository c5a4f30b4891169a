import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An XML document as a tree that libxml2 has parsed.
final class XMLTree: NSObject, XMLParserDelegate {
    /// An element.
    final class Element {
        let name: String
        let attributes: [String: String]
        var children: [Element] = []
        var text = ""

        init(_ name: String, _ attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }

        /// The children with the name `name`.
        func all(_ name: String) -> [Element] { children.filter { $0.name == name } }
    }

    struct Malformed: Error { var line: Int }

    private var open: [Element] = []
    private var root: Element?

    /// The root element.
    static func root(_ text: String) throws -> Element {
        let (tree, parser) = (XMLTree(), XMLParser(data: Data(text.utf8)))
        parser.delegate = tree
        guard parser.parse(), let root = tree.root else { throw Malformed(line: parser.lineNumber) }
        return root
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        let element = Element(name, attributes)
        open.last?.children.append(element)
        open.append(element)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        root = open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }
}

/// The rules that the schemas of Jenkins (`junit-10.xsd` of the xUnit plugin) and Windy Road (`JUnit.xsd`) share,
/// written anew. Where one is stricter, its rule is here.
enum JUnitSchema {
    /// The required and optional attributes of an element, and its children in order with how often each may occur.
    private struct Rule {
        var required: Set<String> = []
        var optional: Set<String> = []
        var children: [(names: Set<String>, count: ClosedRange<Int>)] = []
        var hasText = false
    }

    private static let many = 0...Int.max

    private static let rules: [String: Rule] = [
        // The schema of Windy Road has no attributes for this element.
        "testsuites": Rule(
            optional: ["name", "tests", "failures", "errors", "time"], children: [(["testsuite"], many)]),
        "testsuite": Rule(
            required: ["name", "package", "id", "hostname", "timestamp", "tests", "failures", "errors", "time"],
            optional: ["skipped"],
            children: [
                (["properties"], 1...1), (["testcase"], many), (["system-out"], 1...1), (["system-err"], 1...1),
            ]),
        "properties": Rule(children: [(["property"], many)]),
        "property": Rule(required: ["name", "value"]),
        "testcase": Rule(
            required: ["name", "classname", "time"], children: [(["skipped", "error", "failure"], 0...1)]),
        "skipped": Rule(optional: ["type", "message"], hasText: true),
        "error": Rule(required: ["type"], optional: ["message"], hasText: true),
        "failure": Rule(required: ["type"], optional: ["message"], hasText: true),
        "system-out": Rule(hasText: true), "system-err": Rule(hasText: true),
    ]

    private static let values: [String: @Sendable (String) -> Bool] = [
        "tests": isCount, "failures": isCount, "errors": isCount, "skipped": isCount, "id": isCount,
        "time": { $0.wholeMatch(of: /[0-9]{1,3}(\.[0-9]*)?/) != nil },
        "timestamp": { $0.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}/) != nil },
        "hostname": isToken,
    ]

    private static let isCount: @Sendable (String) -> Bool = { Int32($0) != nil }
    private static let isToken: @Sendable (String) -> Bool = { text in
        !text.unicodeScalars.allSatisfy { [" ", "\t", "\r", "\n"].contains($0) }
    }

    /// The violations of an element and all elements inside it; empty when there are none.
    static func mistakes(_ element: XMLTree.Element) -> [String] {
        guard let rule = rules[element.name] else { return ["no element \(element.name)"] }
        let names = Set(element.attributes.keys)
        var mistakes =
            rule.required.subtracting(names).map { "\(element.name) has no \($0)" }
            + names.subtracting(rule.required).subtracting(rule.optional).map { "\(element.name) has \($0)" }
        for (name, value) in element.attributes where values[name].map({ !$0(value) }) ?? false {
            mistakes.append("\(element.name) \(name)=\(value)")
        }
        if ["testsuite", "property"].contains(element.name), !isToken(element.attributes["name", default: ""]) {
            mistakes.append("\(element.name) without a name")
        }
        if !rule.hasText, isToken(element.text) { mistakes.append("text in \(element.name)") }
        var rest = element.children[...]
        for (names, count) in rule.children {
            let run = rest.prefix { names.contains($0.name) }
            if !count.contains(run.count) { mistakes.append("\(run.count) \(names) in \(element.name)") }
            rest = rest.dropFirst(run.count)
        }
        if let stray = rest.first { mistakes.append("\(stray.name) where it may not be in \(element.name)") }
        return mistakes + element.children.flatMap(Self.mistakes)
    }
}
