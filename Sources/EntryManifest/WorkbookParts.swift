/// Collects the relationships of a part: which id leads to which other part.
final class RelationshipsHandler: PartHandler {
    /// One relationship.
    struct Target {
        var id: String
        /// Last word of the type, such as `worksheet`. Strict and transitional workbooks differ in the words before.
        var kind: String
        /// Name of the target part.
        var path: String
    }

    private(set) var targets: [Target] = []
    private(set) var refusal: PartRefusal?
    private let folder: String

    /// - Parameter folder: the folder of relative targets, with a slash at its end; empty for the package's root.
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

/// Collects the list of sheets.
final class WorkbookHandler: PartHandler {
    /// Relationship ids of the sheets that are not hidden, in the order of their tabs.
    private(set) var visible: [String] = []
    /// Whether dates count days from 1904, as in workbooks of old Macs.
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

/// Collects the texts that cells share. The runs of one text are joined; phonetic hints are left out. White space around a
/// text is removed here, once, and not for every cell that shares the text.
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

/// Collects the text of one string item from its runs.
struct TextReader {
    /// A UTF-16 unit may be escaped in seven bytes: `_x4E00_`.
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

    mutating func text(_ part: UnsafeBufferPointer<UInt8>) { if isText { bytes.append(contentsOf: part) } }

    /// The text so far without escapes. The reader starts the next text.
    mutating func take() -> String {
        defer { bytes.clear() }
        return Self.unescaped(bytes.text)
    }

    /// `text` with every `_x000D_` replaced by the character of that hexadecimal number.
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

/// Collects the cell styles that show a number as a date or a time.
final class StylesHandler: PartHandler {
    /// Indices of the cell styles with a date or time format.
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

    /// Whether a built-in format shows a date or a time.
    ///
    /// Source: ISO/IEC 29500-1 §18.8.30; 27–36 and 50–58 are dates in Chinese, Japanese and Korean.
    private static func isBuiltInDate(_ format: Int) -> Bool {
        [14...22, 27...36, 45...47, 50...58].contains { $0.contains(format) }
    }

    /// Whether a format code shows a date or a time: outside of literal text, it has a letter for year, month, day, hour or
    /// second.
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
