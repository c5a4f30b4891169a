/// The bytes of a file that a `Range` field asks for. Source: RFC 9110 §14.1.2 and §14.2.
enum ByteRange: Hashable {
    /// The whole file: the field is absent, or the service ignores it because of another unit, several ranges or wrong
    /// syntax.
    case whole
    /// These bytes of the file; at least one.
    case part(Range<Int64>)
    /// The range holds no byte of the file; the answer is 416.
    case unsatisfiable

    /// Reads the field for a file of `length` bytes.
    ///
    /// - Parameter field: nil when the request has no `Range`.
    init(_ field: String?, length: Int64) {
        guard let field, let spec = Self.singleSpec(field) else {
            self = .whole
            return
        }
        switch (spec.first, spec.last) {
        case (let first?, let last):
            guard last.map({ $0 >= first }) ?? true else {
                self = .whole  // the service ignores an invalid field
                return
            }
            self = first < length ? .part(first..<min(length, (last ?? length - 1) + 1)) : .unsatisfiable
        case (nil, let suffix?):
            self = suffix > 0 && length > 0 ? .part(max(0, length - suffix)..<length) : .unsatisfiable
        case (nil, nil): self = .whole
        }
    }

    /// The two numbers of `bytes=first-last`, where either may be missing (nil); nil for any other text. Larger numbers
    /// become `Int64.max - 1`.
    private static func singleSpec(_ field: String) -> (first: Int64?, last: Int64?)? {
        let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bytes" else { return nil }
        let spec = parts[1].drop { " \t".contains($0) }
        let ends = spec.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return nil }
        let numbers = ends.map { text -> Int64? in
            let digits = text.utf8
            guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return -1 }
            return digits.isEmpty ? nil : min(Int64(text) ?? .max, .max - 1)
        }
        guard !numbers.contains(-1) else { return nil }
        return (numbers[0], numbers[1])
    }
}
