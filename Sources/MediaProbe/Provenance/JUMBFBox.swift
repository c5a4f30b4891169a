/// A superbox of the JPEG universal metadata box format: its label, and its content boxes.
///
/// Source: ISO/IEC 19566-5 §A.2 (`jumb`), §A.3 (`jumd`).
struct JUMBFBox: Sendable, Hashable {
    /// Label of the description box; empty when it has none.
    let label: String
    /// The superboxes inside this one, in their order.
    let children: [JUMBFBox]
    /// The other boxes inside this one, in their order.
    let contents: [Content]

    /// A box with content of its own.
    struct Content: Sendable, Hashable {
        /// Four-character type, such as `cbor`.
        let type: String
        let bytes: ArraySlice<UInt8>
    }

    /// Greatest number of superboxes inside each other.
    private static let deepest = 8

    /// The content of the first box called `type`.
    func content(_ type: String) -> ArraySlice<UInt8>? { contents.first { $0.type == type }?.bytes }

    /// Reads the superbox with which `bytes` begin; zero bytes may follow it. Nil when a box inside it is longer than
    /// the one around it, or a superbox has no description.
    init?(_ bytes: [UInt8]) {
        guard let boxes = Self.boxes(in: bytes[...]), let first = boxes.first, first.type == "jumb" else { return nil }
        self.init(content: first.bytes, depth: 0)
    }

    private init?(content: ArraySlice<UInt8>, depth: Int) {
        guard depth < Self.deepest, let boxes = Self.boxes(in: content), let description = boxes.first,
            description.type == "jumd", let label = Self.label(description.bytes)
        else { return nil }
        var (children, contents): ([JUMBFBox], [Content]) = ([], [])
        for box in boxes.dropFirst() {
            if box.type == "jumb" {
                guard let child = JUMBFBox(content: box.bytes, depth: depth + 1) else { return nil }
                children.append(child)
            } else {
                contents.append(box)
            }
        }
        (self.label, self.children, self.contents) = (label, children, contents)
    }

    /// The boxes that fill `bytes`; nil when one is shorter than its head or longer than the rest. Zero bytes at the end
    /// count as padding.
    private static func boxes(in bytes: ArraySlice<UInt8>) -> [Content]? {
        var boxes: [Content] = []
        var rest = bytes
        while rest.contains(where: { $0 != 0 }) {
            guard rest.count >= 8 else { return nil }
            let short = rest.prefix(4).bigEndian
            let isLong = short == 1 && rest.count >= 16
            let headSize = isLong ? 16 : 8
            let size = isLong ? rest.dropFirst(8).prefix(8).bigEndian : short == 0 ? UInt64(rest.count) : short
            guard size >= UInt64(headSize), size <= UInt64(rest.count) else { return nil }
            let whole = rest.prefix(Int(size))
            boxes.append(
                Content(type: rest.dropFirst(4).prefix(4).fourCharacterCode, bytes: whole.dropFirst(headSize)))
            rest = rest.dropFirst(Int(size))
        }
        return boxes
    }

    /// The label of a description box: 16 bytes of type, one byte of toggles, then the label up to a zero byte where
    /// toggle 2 is set. Nil when the box is cut short or the label is no UTF-8.
    private static func label(_ description: ArraySlice<UInt8>) -> String? {
        guard let toggles = description.dropFirst(16).first else { return nil }
        guard toggles & 2 != 0 else { return "" }
        let text = description.dropFirst(17).prefix { $0 != 0 }
        guard text.endIndex < description.endIndex else { return nil }
        return String(validating: text, as: UTF8.self)
    }
}
