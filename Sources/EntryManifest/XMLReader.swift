internal import CExpat
internal import ContestRules

/// Receives the content of an XML document in its order. Names come without their prefixes.
protocol XMLHandler: AnyObject {
    /// An element begins.
    ///
    /// - Returns: `false` to stop the reader.
    func start(_ name: String, _ attributes: XMLAttributes) -> Bool
    /// An element ends.
    ///
    /// - Returns: `false` to stop the reader.
    func end(_ name: String) -> Bool
    /// Characters within an element. Expat delivers one text in several parts.
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// The attributes of an element; valid during `XMLHandler.start` only.
struct XMLAttributes {
    fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// The value of the attribute whose name, without its prefix, is `name`; nil when the element lacks it.
    subscript(_ name: String) -> String? {
        guard var pair = pairs else { return nil }
        while let key = pair[0] {
            if XMLReader.localName(key) == name { return pair[1].map { String(cString: $0) } }
            pair += 2
        }
        return nil
    }
}

/// Reads one XML document with Expat as its bytes arrive.
///
/// The reader refuses a document with a type declaration: no workbook has one, and every attack with entities does. It
/// refuses elements nested deeper than `ManifestLimits.depth`, because Expat keeps memory for each open element.
///
/// Expat 2.5 scans an unfinished token from its start again whenever bytes arrive (CVE-2023-52425), so one tag of 60 MB in
/// portions of 64 KiB costs 900 scans. Two measures bound that cost. A token is at most `ManifestLimits.tokenBytes` long.
/// After an unfinished token, the reader collects as many bytes as the token has so far before it calls Expat again; the
/// portions double, so all scans of a token together cost less than three times its length. Expat 2.6 defers its own scans
/// by the same rule, which the doubled portions always meet.
///
/// Owns one `XML_Parser` and frees it exactly once.
final class XMLReader {
    /// Why the reader stopped.
    enum Failure: Equatable {
        /// The bytes are no XML document, or one that no workbook contains.
        case malformed
        /// One tag, comment or processing instruction is longer than `ManifestLimits.tokenBytes`.
        case tokenTooLong
        case overBudget(ReadingBudget.Excess)
        /// The handler returned `false`.
        case handlerStopped
    }

    /// Why the reader stopped; nil while it reads.
    private(set) var failure: Failure?

    private let parser: XML_Parser
    private let handler: any XMLHandler
    private let meter: ReadingMeter
    private var depth = 0
    /// Number of bytes that Expat received.
    private var fedBytes = 0
    /// Offset behind the last event. The bytes from there to `fedBytes` belong to an unfinished token.
    private var parsedBytes = 0
    /// Bytes that wait until they are as many as the unfinished token has.
    private var held: [UInt8] = []

    /// Makes a reader whose events `meter` counts; nil when memory is short.
    init?(_ handler: any XMLHandler, meter: ReadingMeter) {
        guard let parser = XML_ParserCreate(nil) else { return nil }
        self.parser = parser
        self.handler = handler
        self.meter = meter
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let reader = XMLReader.from(data), let name else { return }
                reader.start(name, XMLAttributes(pairs: attributes))
            },
            { data, name in
                guard let reader = XMLReader.from(data), let name else { return }
                reader.end(name)
            })
        XML_SetCharacterDataHandler(parser) { data, text, length in
            guard let reader = XMLReader.from(data), let text, length > 0 else { return }
            text.withMemoryRebound(to: UInt8.self, capacity: Int(length)) {
                reader.text(UnsafeBufferPointer(start: $0, count: Int(length)))
            }
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in XMLReader.from(data)?.stop(.malformed) }
        // Comments, processing instructions and white space outside of the root: events without a handler of their own.
        XML_SetDefaultHandlerExpand(parser) { data, _, _ in _ = XMLReader.from(data)?.admitsToken() }
    }

    deinit { XML_ParserFree(parser) }

    private static func from(_ data: UnsafeMutableRawPointer?) -> XMLReader? {
        data.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Reads the next bytes.
    ///
    /// - Returns: `false` when the reader stopped; `failure` says why.
    func read(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard failure == nil else { return false }
        if held.isEmpty, bytes.count >= unfinishedBytes { return feed(bytes) }
        held.append(contentsOf: bytes)
        return held.count < unfinishedBytes || feedHeld()
    }

    /// Ends the document.
    ///
    /// - Returns: `false` when the document is not complete or the reader stopped.
    func finish() -> Bool {
        guard failure == nil, held.isEmpty || feedHeld() else { return false }
        if XML_Parse(parser, nil, 0, 1) != XML_STATUS_OK { stop(.malformed) }
        return failure == nil
    }

    private var unfinishedBytes: Int { fedBytes - parsedBytes }

    private func feedHeld() -> Bool {
        defer { held.removeAll(keepingCapacity: true) }
        return held.withUnsafeBytes(feed)
    }

    private func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        fedBytes += bytes.count
        let status = XML_Parse(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), 0)
        if status != XML_STATUS_OK { stop(.malformed) }
        if unfinishedBytes > ManifestLimits.tokenBytes { stop(.tokenTooLong) }
        return failure == nil
    }

    private func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
        guard admitsToken() else { return }
        depth += 1
        guard depth <= ManifestLimits.depth else { return stop(.malformed) }
        if !handler.start(Self.localName(name), attributes) { stop(.handlerStopped) }
    }

    private func end(_ name: UnsafePointer<CChar>) {
        guard admitsToken() else { return }
        depth -= 1
        if !handler.end(Self.localName(name)) { stop(.handlerStopped) }
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if countEvent() { handler.text(bytes) }
    }

    /// Counts the token of the current event.
    ///
    /// - Returns: `false` when the reader stopped.
    private func admitsToken() -> Bool {
        guard countEvent() else { return false }
        if Int(XML_GetCurrentByteCount(parser)) > ManifestLimits.tokenBytes { stop(.tokenTooLong) }
        return failure == nil
    }

    /// Counts the current event.
    ///
    /// - Returns: `false` when the reader stopped. Expat still delivers the end of an empty element then.
    private func countEvent() -> Bool {
        guard failure == nil else { return false }
        parsedBytes = Int(XML_GetCurrentByteIndex(parser)) + Int(XML_GetCurrentByteCount(parser))
        do { try meter.spendEvent() } catch { stop(.overBudget(error)) }
        return failure == nil
    }

    /// Stops Expat. The first reason counts.
    private func stop(_ reason: Failure) {
        guard failure == nil else { return }
        failure = reason
        XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    fileprivate static func localName(_ name: UnsafePointer<CChar>) -> String {
        let whole = String(cString: name)
        guard let colon = whole.utf8.lastIndex(of: UInt8(ascii: ":")) else { return whole }
        return String(whole[whole.utf8.index(after: colon)...])
    }
}
