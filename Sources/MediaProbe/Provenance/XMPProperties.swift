internal import MediaFacts

/// The two properties of an XMP packet that state how a file was made.
///
/// Source: ISO 16684-1 (XMP), TC260 practice guide on implicit labels (`TC260:AIGC`), IPTC Photo Metadata Standard
/// (`Iptc4xmpExt:DigitalSourceType`). Only properties of the resource itself count, not those of its ingredients.
struct XMPProperties: Sendable {
    /// Values of `TC260:AIGC`, in the order of the packet, at most 16.
    private(set) var labels: [[UInt8]] = []
    /// Values of `Iptc4xmpExt:DigitalSourceType`, in the order of the packet, at most 16.
    private(set) var sourceTypes: [String] = []
    /// The defect that ended the reading; nil for a well-formed packet.
    private(set) var problem: ProvenanceProblem?

    private enum Property { case label, sourceType }

    /// The property whose content is being read, and the number of elements around it.
    private struct Capture {
        let property: Property
        let depth: Int
        var text: [UInt8] = []
        var resource: [UInt8]?
    }

    private var capture: Capture?
    private var namespaces: [String: String] = [:]

    /// Reads a packet.
    init(_ bytes: [UInt8]) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            problem = .notUTF8
            return
        }
        var scanner = XMLScanner(bytes)
        var open: [String] = []
        while let event = scanner.next() {
            switch event {
            case .start(let tag):
                read(tag, inside: open)
                if tag.isEmpty { close(depth: open.count) } else { open.append(tag.name) }
            case .end:
                open.removeLast()
                close(depth: open.count)
            case .text(let text): capture?.text += text
            }
        }
        if scanner.isBroken { problem = .notXML }
    }

    private mutating func read(_ tag: XMLScanner.Tag, inside open: [String]) {
        for (name, value) in tag.attributes where name.hasPrefix("xmlns:") {
            namespaces[String(name.dropFirst(6))] = String(decoding: value, as: UTF8.self)
        }
        let isDescription = Self.local(tag.name) == "Description" && open.last.map(Self.local) == "RDF"
        if isDescription {
            for (name, value) in tag.attributes { property(name).map { add(value, to: $0) } }
        }
        let around = open.suffix(2).map(Self.local)
        if capture == nil, around == ["RDF", "Description"], let property = property(tag.name) {
            capture = Capture(
                property: property, depth: open.count,
                resource: tag.attributes.first { Self.local($0.name) == "resource" }?.value)
        }
    }

    /// Ends the property of the element that had `depth` elements around it.
    private mutating func close(depth: Int) {
        guard let ended = capture, ended.depth == depth else { return }
        capture = nil
        add(ended.resource ?? ended.text, to: ended.property)
    }

    private mutating func add(_ value: [UInt8], to property: Property) {
        switch property {
        case .label where labels.count < Provenance.most: labels.append(value)
        case .sourceType where sourceTypes.count < Provenance.most:
            sourceTypes.append(String(decoding: value, as: UTF8.self))
        default: break
        }
    }

    /// The property of a qualified name. Some writers declare no namespace for `TC260`, or another one.
    private func property(_ name: String) -> Property? {
        let prefix = String(name.prefix { $0 != ":" })
        let namespace = namespaces[prefix] ?? ""
        switch Self.local(name) {
        case "AIGC" where prefix == "TC260" || namespace.hasPrefix("http://www.tc260.org.cn/ns/AIGC"): return .label
        case "DigitalSourceType"
        where prefix == "Iptc4xmpExt" || namespace == "http://iptc.org/std/Iptc4xmpExt/2008-02-29/":
            return .sourceType
        default: return nil
        }
    }

    private static func local(_ name: String) -> String {
        name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }
}
