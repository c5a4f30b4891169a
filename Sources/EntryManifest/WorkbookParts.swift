/// Which part of a package leads to which.
final class RelationshipsHandler: PartHandler {
    /// One relationship.
    struct Target {
        var id: String
        /// Last word of its type: `worksheet`. Strict and transitional workbooks differ in what stands before.
        var kind: String
        /// Name of the part.
        var path: String
    }

    private(set) var targets: [Target] = []
    private(set) var refusal: PartRefusal?
    private let folder: String

    /// - Parameter folder: where relative targets begin, with a stroke at its end.
    init(folder: String = "") { self.folder = folder }

    func start(_ name: String, _ attributes: XMLAttributes) -> Bool {
        guard name == "Relationship", attributes["TargetMode"] != "External", let id = attributes["Id"],
            let type = attributes["Type"], let target = attributes["Target"]
        else { return true }
        guard targets.count < ManifestLimits.parts else {
            refusal = .tooLarge
            return false
        }
        let kind = type.split(separator: "/").last.map(String.init) ?? ""
        targets.append(Target(id: id, kind: kind, path: resolved(target)))
        return true
    }

    private func resolved(_ target: String) -> String {
        let whole = target.hasPrefix("/") ? target : folder + target
        var parts: [Substring] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}

/// The list of sheets.
final class WorkbookHandler: PartHandler {
    /// Relationships of the sheets that are not hidden, in the order of their tabs.
    private(set) var visible: [String] = []
    /// Whether days are counted from 1904, as old Macs did.
    private(set) var countsFrom1904 = false

    func start(_ name: String, _ attributes: XMLAttributes) -> Bool {
        switch name {
        case "workbookPr": countsFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
        case "sheet" where (attributes["state"] ?? "visible") == "visible":
            if let id = attributes["id"] { visible.append(id) }
        default: break
        }
        return true
    }
}

/// The texts that cells share. A text in several styles is one; how it is pronounced is left out, and so is white space
/// around it, here rather than in every cell.
final class StringsHandler: PartHandler {
    private(set) var strings: [String] = []
    private(set) var refusal: PartRefusal?
    private var reader = TextReader()

    func start(_ name: String, _ attributes: XMLAttributes) -> Bool {
        reader.start(name)
        return true
    }

    func end(_ name: String) -> Bool {
        reader.end(name)
        return name == "si" ? add(reader.take()) : true
    }

    private func add(_ text: String) -> Bool {
        if !ManifestLimits.admits(text) {
            refusal = .cellTooLong(row: nil)
        } else if strings.count >= ManifestLimits.cells {
            refusal = .tooLarge
        } else {
            strings.append(ManifestText.isBlank(text) ? "" : ManifestText.trimmed(text))
        }
        return refusal == nil
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) { reader.text(bytes) }
}

/// Gathers the text of a string item, from its runs.
struct TextReader {
    /// `_x4E00_` may stand for each of them.
    static let mostBytesPerUnit = 7

    private var bytes = CellBytes(perUnit: mostBytesPerUnit)
    private var isText = false
    private var isPhonetic = false

    mutating func start(_ name: String) {
        if name == "rPh" { isPhonetic = true }
        if name == "t" { isText = !isPhonetic }
    }

    mutating func end(_ name: String) {
        if name == "rPh" { isPhonetic = false }
        if name == "t" { isText = false }
    }

    mutating func text(_ piece: UnsafeBufferPointer<UInt8>) { if isText { bytes.append(contentsOf: piece) } }

    /// The text so far, as its reader sees it; the next begins empty.
    mutating func take() -> String {
        defer { bytes.clear() }
        return Self.unescaped(bytes.text)
    }

    /// `_x000D_` stands for the character of that number.
    ///
    /// Source: ISO/IEC 29500-1 §22.4.2.4 (`bstr`).
    static func unescaped(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard scalars.contains("_") else { return text }
        var result = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            if let scalar = escape(scalars[index...]) {
                result.append(scalar)
                index += 7
            } else {
                result.append(scalars[index])
                index += 1
            }
        }
        return String(result)
    }

    private static func escape(_ rest: ArraySlice<Unicode.Scalar>) -> Unicode.Scalar? {
        let start = rest.startIndex
        guard rest.count >= 7, rest[start] == "_", rest[start + 1] == "x", rest[start + 6] == "_" else { return nil }
        let digits = rest[(start + 2)...(start + 5)]
        guard digits.allSatisfy(\.properties.isASCIIHexDigit) else { return nil }
        return UInt32(String(String.UnicodeScalarView(digits)), radix: 16).flatMap(Unicode.Scalar.init)
    }
}

/// Which styles show a number as a date or a time.
final class StylesHandler: PartHandler {
    /// Styles of cells, by their number.
    private(set) var dateStyles: Set<Int> = []
    private var dateFormats: Set<Int> = []
    private var otherFormats: Set<Int> = []
    private var isCellStyle = false
    private var count = 0

    func start(_ name: String, _ attributes: XMLAttributes) -> Bool {
        switch name {
        case "numFmt":
            guard let id = attributes["numFmtId"].flatMap(Int.init), let code = attributes["formatCode"] else { break }
            if Self.isDate(code) { dateFormats.insert(id) } else { otherFormats.insert(id) }
        case "cellXfs": isCellStyle = true
        case "xf" where isCellStyle:
            let format = attributes["numFmtId"].flatMap(Int.init) ?? 0
            let isDate = dateFormats.contains(format) || !otherFormats.contains(format) && Self.isBuiltInDate(format)
            if isDate { dateStyles.insert(count) }
            count += 1
        default: break
        }
        return true
    }

    func end(_ name: String) -> Bool {
        if name == "cellXfs" { isCellStyle = false }
        return true
    }

    /// Source: ISO/IEC 29500-1 §18.8.30; 27–36 and 50–58 are dates in Chinese, Japanese and Korean.
    private static func isBuiltInDate(_ format: Int) -> Bool {
        [14...22, 27...36, 45...47, 50...58].contains { $0.contains(format) }
    }

    /// Whether a format shows a date or a time: it names a year, month, day, hour or second outside of literal text.
    static func isDate(_ code: String) -> Bool {
        var scalars = code.unicodeScalars.makeIterator()
        var word = ""
        while let scalar = scalars.next() {
            switch scalar {
            case "\"": while let next = scalars.next(), next != "\"" {}
            case "\\", "_", "*": _ = scalars.next()
            case "[":
                var inside = ""
                while let next = scalars.next(), next != "]" { inside.unicodeScalars.append(next) }
                if ["h", "hh", "m", "mm", "s", "ss"].contains(inside.lowercased()) { return true }
            default: word.unicodeScalars.append(scalar)
            }
        }
        let letters = word.lowercased().replacing("general", with: "")
        return letters.contains { "ymdhs".contains($0) }
    }
}
