import Testing

@testable import MediaProbe

/// Boxes that state how a file was made.
struct ProvenanceBoxes: BuildsStructures {
    static let xmpIdentifier: [UInt8] = [
        0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8, 0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac,
    ]
    static let credentialIdentifier: [UInt8] = [
        0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81,
    ]

    /// The value of a label.
    func value(_ label: Int = 1) -> [UInt8] { Array(#"{"AIGC":{"Label":"\#(label)"}}"#.utf8) }

    /// A `meta` box whose item of key `name` has a value; ISO's form has version and flags.
    func keys(named name: String = "AIGC", isQuickTime: Bool = false, _ values: [UInt8]...) -> [UInt8] {
        let handler = box("hdlr", zeros(8), Array("mdta".utf8), zeros(13))
        let names = values.map { _ in u32(8 + name.utf8.count) + Array("mdta".utf8) + Array(name.utf8) }
        let items = values.enumerated().map { index, value in
            let data = box("data", u32(1, 0), value)
            return u32(8 + data.count, index + 1) + data
        }
        let keys = fullBox("keys", u32(values.count), names.flatMap(\.self))
        return box("meta", isQuickTime ? [] : zeros(4), handler, keys, box("ilst", items.flatMap(\.self)))
    }

    /// A `meta` box of iTunes with an item `----`.
    func freeform(_ name: String, _ value: [UInt8]) -> [UInt8] {
        let item = box(
            "----", fullBox("mean", Array("com.example".utf8)), fullBox("name", Array(name.utf8)),
            box("data", u32(1, 0), value))
        return box("meta", zeros(4), box("hdlr", zeros(8), Array("mdir".utf8), zeros(13)), box("ilst", item))
    }

    /// A packet with one label and one source type.
    func packet(_ label: Int = 1, sourceType: String = "trainedAlgorithmicMedia") -> [UInt8] {
        Array(
            (#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description Iptc4xmpExt:DigitalSourceType="\#(sourceType)">"#
                + #"<TC260:AIGC>{"Label":"\#(label)"}</TC260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta>"#).utf8)
    }

    /// A superbox of Content Credentials.
    func superbox(_ type: String, _ label: String, _ parts: [UInt8]...) -> [UInt8] {
        let description = box("jumd", Array(type.utf8), zeros(12), [3], Array(label.utf8), [0])
        return box("jumb", description, parts.flatMap(\.self))
    }

    /// A text in CBOR, shorter than 256 bytes.
    func text(_ text: String) -> [UInt8] { [0x78, UInt8(text.utf8.count)] + Array(text.utf8) }

    /// A map in CBOR of at most 23 entries.
    func map(_ entries: (String, [UInt8])...) -> [UInt8] {
        [0xa0 + UInt8(entries.count)] + entries.flatMap { text($0.0) + $0.1 }
    }

    /// A manifest whose claim and actions are given in CBOR.
    func manifest(claim: [UInt8], label: String = "c2pa.claim", actions: [UInt8]? = nil) -> [UInt8] {
        let assertion = actions.map { superbox("cbor", "c2pa.actions.v2", box("cbor", $0)) } ?? []
        return superbox(
            "c2ma", "urn:uuid:1", superbox("c2as", "c2pa.assertions", assertion),
            superbox("c2cl", label, box("cbor", claim)), superbox("c2cs", "c2pa.signature", box("cbor", [0x40])))
    }

    /// Actions of which each has a source type, or none.
    func actions(_ sourceTypes: String?...) -> [UInt8] {
        let items = sourceTypes.map { type in
            type.map { map(("action", text("c2pa.created")), ("digitalSourceType", text($0))) }
                ?? map(("action", text("c2pa.edited")))
        }
        return map(("actions", [0x80 + UInt8(items.count)] + items.flatMap(\.self)))
    }

    func store(_ manifests: [UInt8]...) -> [UInt8] { superbox("c2pa", "c2pa", manifests.flatMap(\.self)) }

    func xmp(_ packet: [UInt8]) -> [UInt8] { box("uuid", Self.xmpIdentifier, packet) }

    func credentials(_ store: [UInt8], purpose: String = "manifest") -> [UInt8] {
        box("uuid", Self.credentialIdentifier, zeros(4), Array(purpose.utf8), [0], zeros(8), store)
    }
}
