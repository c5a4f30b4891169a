internal import CExpat

/// Takes what stands in an XML document, in its order. Names come without their prefixes.
protocol XMLHandler: AnyObject {
    /// An element begins.
    ///
    /// - Returns: false to stop reading.
    func start(_ name: String, _ attributes: XMLAttributes) -> Bool
    /// An element ends.
    ///
    /// - Returns: false to stop reading.
    func end(_ name: String) -> Bool
    /// Characters within an element; a text may come in several pieces.
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// The attributes of an element; valid while it begins.
struct XMLAttributes {
    fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// The value of the attribute with this name, its prefix left out; nil when there is none.
    subscript(_ name: String) -> String? {
        guard var pair = pairs else { return nil }
        while let key = pair[0] {
            if XMLReader.localName(key) == name { return pair[1].map { String(cString: $0) } }
            pair += 2
        }
        return nil
    }
}

/// Reads XML with Expat, piece by piece. A document with a type declaration is refused: no workbook has one, and every
/// attack with entities does. So is one whose elements lie deeper in each other than `ManifestLimits.depth`, for Expat
/// remembers each that is open.
///
/// Owns one `XML_Parser` and frees it exactly once.
final class XMLReader {
    private let parser: XML_Parser
    private let handler: any XMLHandler
    private var isStopped = false
    private var depth = 0

    /// Makes a reader; nil when there is no memory.
    init?(_ handler: any XMLHandler) {
        guard let parser = XML_ParserCreate(nil) else { return nil }
        self.parser = parser
        self.handler = handler
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let reader = XMLReader.from(data), let name else { return }
                reader.depth += 1
                guard reader.depth <= ManifestLimits.depth else { return reader.goOn(false) }
                reader.goOn(reader.handler.start(XMLReader.localName(name), XMLAttributes(pairs: attributes)))
            },
            { data, name in
                guard let reader = XMLReader.from(data), let name else { return }
                reader.depth -= 1
                reader.goOn(reader.handler.end(XMLReader.localName(name)))
            })
        XML_SetCharacterDataHandler(parser) { data, text, length in
            guard let reader = XMLReader.from(data), !reader.isStopped, let text, length > 0 else { return }
            text.withMemoryRebound(to: UInt8.self, capacity: Int(length)) {
                reader.handler.text(UnsafeBufferPointer(start: $0, count: Int(length)))
            }
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in XMLReader.from(data)?.goOn(false) }
    }

    deinit { XML_ParserFree(parser) }

    private static func from(_ data: UnsafeMutableRawPointer?) -> XMLReader? {
        data.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func goOn(_ wanted: Bool) {
        guard !wanted, !isStopped else { return }
        isStopped = true
        XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    /// Reads the next piece.
    ///
    /// - Returns: false when it is no XML, or the handler has stopped.
    func read(_ piece: UnsafeRawBufferPointer) -> Bool {
        XML_Parse(parser, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(piece.count), 0)
            == XML_STATUS_OK && !isStopped
    }

    /// Ends the document.
    ///
    /// - Returns: false when it is not whole.
    func finish() -> Bool { XML_Parse(parser, nil, 0, 1) == XML_STATUS_OK && !isStopped }

    fileprivate static func localName(_ name: UnsafePointer<CChar>) -> String {
        let whole = String(cString: name)
        guard let colon = whole.utf8.lastIndex(of: UInt8(ascii: ":")) else { return whole }
        return String(whole[whole.utf8.index(after: colon)...])
    }
}
