/// A strict reader of RFC 4180: each lone quote, CR or LF is an error.
enum CSVReader {
    struct Mistake: Error { var what: String }

    static func rows(_ text: some StringProtocol) throws -> [[String]] {
        var rest = Array(text.unicodeScalars)[...]
        var rows: [[String]] = []
        while !rest.isEmpty { rows.append(try row(&rest)) }
        return rows
    }

    private static func row(_ rest: inout ArraySlice<Unicode.Scalar>) throws -> [String] {
        var cells: [String] = []
        while true {
            cells.append(try cell(&rest))
            switch rest.popFirst() {
            case ",": continue
            case "\r" where rest.popFirst() == "\n": return cells
            case let other: throw Mistake(what: "\(String(describing: other)) after \(cells)")
            }
        }
    }

    private static func cell(_ rest: inout ArraySlice<Unicode.Scalar>) throws -> String {
        var value = String.UnicodeScalarView()
        guard rest.first == "\"" else {
            while let next = rest.first, ![",", "\r", "\n"].contains(next) {
                if next == "\"" { throw Mistake(what: "a quote within \(value)") }
                value.append(rest.removeFirst())
            }
            return String(value)
        }
        rest.removeFirst()
        while let next = rest.popFirst() {
            if next == "\"" {
                guard rest.first == "\"" else { return String(value) }
                rest.removeFirst()
            }
            value.append(next)
        }
        throw Mistake(what: "no quote ends \(value)")
    }
}
