extension ArraySlice<UInt8> {
    /// The bytes with each `%XX` that `decodes` accepts replaced by the byte that it stands for.
    ///
    /// - Parameter decodes: decides by that byte whether a sequence is decoded; receives nil for a percent sign without
    ///   two hexadecimal digits.
    /// - Returns: nil when `decodes` accepts a percent sign without two hexadecimal digits.
    func percentDecoded(where decodes: (UInt8?) -> Bool) -> [UInt8]? {
        var decoded: [UInt8] = []
        var rest = self
        while let byte = rest.popFirst() {
            guard byte == .percent else {
                decoded.append(byte)
                continue
            }
            let digits = rest.prefix(2).compactMap(\.hexadecimalValue)
            let value = digits.count == 2 ? digits[0] << 4 | digits[1] : nil
            guard decodes(value) else {
                decoded.append(byte)
                continue
            }
            guard let value else { return nil }
            decoded.append(value)
            rest = rest.dropFirst(2)
        }
        return decoded
    }
}
