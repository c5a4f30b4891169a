/// Bytes in memory whose every access is checked: an offset outside of them gives nil.
struct ByteView {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var count: Int { bytes.count }

    /// The byte at `offset`.
    func byte(_ offset: Int) -> Int? { bytes.indices.contains(offset) ? Int(bytes[offset]) : nil }

    /// A number of `width` bytes at `offset`, the most significant first; `width` is at most 7.
    func big(_ offset: Int, _ width: Int) -> Int? { slice(offset, width)?.reduce(0) { $0 << 8 | Int($1) } }

    /// A number of `width` bytes at `offset`, the least significant first; `width` is at most 7.
    func little(_ offset: Int, _ width: Int) -> Int? {
        slice(offset, width)?.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// A number whose byte order a TIFF header decides.
    func number(_ offset: Int, _ width: Int, isBig: Bool) -> Int? {
        isBig ? big(offset, width) : little(offset, width)
    }

    /// `length` bytes at `offset`; nil unless all of them are there.
    func slice(_ offset: Int, _ length: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, length >= 0, offset <= count, length <= count - offset else { return nil }
        return bytes[offset..<offset + length]
    }

    /// The bytes of `slice(_:_:)` as a view of their own.
    func part(_ offset: Int, _ length: Int) -> ByteView? { slice(offset, length).map { ByteView(Array($0)) } }

    /// Whether the ASCII signs of `text` stand at `offset`.
    func has(_ text: String, at offset: Int) -> Bool { has(Array(text.utf8), at: offset) }

    /// Whether `signature` stands at `offset`.
    func has(_ signature: [UInt8], at offset: Int) -> Bool {
        slice(offset, signature.count).map { $0.elementsEqual(signature) } ?? false
    }

    /// The offset of the first `text` that begins at `start` or later; nil without one.
    func first(_ text: String, from start: Int = 0) -> Int? {
        let signature = Array(text.utf8)
        guard start >= 0, count >= signature.count, start <= count - signature.count else { return nil }
        return (start...count - signature.count).first { has(signature, at: $0) }
    }

    /// The offset of the last `signature`; nil without one.
    func last(_ signature: [UInt8]) -> Int? {
        guard count >= signature.count else { return nil }
        return (0...count - signature.count).last { has(signature, at: $0) }
    }
}
