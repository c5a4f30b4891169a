internal import MediaFacts

extension ProvenanceStatements {
    /// Reads the statements of an FLV file: property `AIGC` of `onMetaData`, and the XMP packet of `onXMPData`.
    ///
    /// The first 20 tags are searched. Script data is searched for the property's name and the type of a string behind
    /// it, at any depth: libavformat reads no string of 1,024 bytes or more. Sources: Adobe Flash Video File Format
    /// Specification 10.1, §E.4.4 (script data), §E.6 (`onXMPData`, property `liveXML`); AMF 0, §2.4 and §2.14.
    static func flv(_ source: FileBytes) -> ProvenanceStatements {
        var found = ProvenanceStatements(searched: [.metadata, .xmp])
        guard let header = source.read(at: 0, count: 9), header.starts(with: "FLV".utf8) else { return found }
        var offset = header[5...].bigEndian + 4
        for _ in 0..<20 {
            guard let tag = source.read(at: offset, count: 11) else { break }
            let size = tag[1..<4].bigEndian
            if tag[0] & 0x1f == 18 {
                let most = UInt64(BoundedValue.packetBytes + BoundedValue.labelBytes)
                let script = source.prefix(at: offset + 11, count: Int(min(size, most)))
                for name in ["AIGC", "aigc"] {
                    found.addLabel(string(named: name, in: script, most: BoundedValue.labelBytes), at: .metadata)
                }
                found.addPacket(string(named: "liveXML", in: script, most: BoundedValue.packetBytes))
            }
            offset += 11 + size + 4
        }
        return found
    }

    /// The string of the first property called `name`; nil when there is none or it is no string.
    private static func string(named name: String, in script: [UInt8], most: Int) -> BoundedValue? {
        let mark = [0, UInt8(name.utf8.count)] + Array(name.utf8)
        guard let found = script.position(of: mark, from: 0) else { return nil }
        let value = script[(found + mark.count)...]
        let width = value.first == 2 ? 2 : value.first == 12 ? 4 : 0  // string, long string
        guard width > 0, value.count > width else { return nil }
        let count = value.dropFirst().prefix(width).bigEndian
        guard count <= UInt64(most) else { return .tooLarge }
        return BoundedValue(value.dropFirst(1 + width).prefix(Int(count)), most: most)
    }
}
