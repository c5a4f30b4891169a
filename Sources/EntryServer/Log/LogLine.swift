internal import Logging

/// Writes one event of the log as one line, in which no text of a client can begin another line or a member of its own.
///
/// Control characters, line separators and marks of writing direction are escaped. A long value is cut, and so is a line:
/// what no longer fits is left out, and `truncated` says so.
struct LogLine {
    /// Most bytes of one message or value, as it is written.
    static let mostValueBytes = 2048
    /// Most bytes of the metadata of one line, as it is written.
    static let mostMetadataBytes = 16_384
    /// Members that every line has. Metadata with such a name gets an underscore at its end.
    private static let ownNames: Set<String> = ["time", "level", "label", "message", "truncated"]

    /// Time of the event.
    var time: LogTime
    /// Label of the logger.
    var label: String
    /// Level of the event.
    var level: Logger.Level
    /// Message of the event.
    var message: String
    /// Names and values, of the logger and of the event.
    var metadata: Logger.Metadata

    /// The line with its line feed.
    func text(_ format: LogFormat) -> String {
        switch format {
        case .json: json
        case .text: words
        }
    }

    private var json: String {
        var line = "{\"time\":\"\(time.text)\",\"level\":\"\(level.rawValue)\",\"label\":\(Self.quoted(label)),"
        line += "\"message\":\(Self.quoted(message))"
        let isWhole = addMetadata { name, value in
            let name = Self.ownNames.contains(name) ? name + "_" : name
            line += ",\(Self.quoted(name)):\(Self.jsonValue(value))"
            return line.utf8.count
        }
        return line + (isWhole ? "}\n" : ",\"truncated\":true}\n")
    }

    private var words: String {
        var line = "\(time.text) \(level.rawValue) \(Self.escaped(label)): \(Self.escaped(message))"
        let isWhole = addMetadata { name, value in
            line += " \(Self.word(name))=\(Self.word("\(value)"))"
            return line.utf8.count
        }
        return line + (isWhole ? "\n" : " truncated=true\n")
    }

    /// Passes the metadata to `add` in the order of their names, until the line is full; false when some was left out.
    ///
    /// - Parameter add: gives back the length of the line so far.
    private func addMetadata(_ add: (String, Logger.MetadataValue) -> Int) -> Bool {
        let sorted = metadata.sorted { $0.key < $1.key }
        for (index, (name, value)) in sorted.enumerated() {
            if add(name, value) > Self.mostMetadataBytes, index < sorted.count - 1 { return false }
        }
        return true
    }

    /// A number or a truth value as JSON has it; everything else as a string.
    private static func jsonValue(_ value: Logger.MetadataValue) -> String {
        guard case .stringConvertible(let plain) = value else { return quoted("\(value)") }
        switch plain {
        case let number as any FixedWidthInteger: return "\(number)"
        case let number as Double where number.isFinite: return "\(number)"
        case let isTrue as Bool: return "\(isTrue)"
        default: return quoted("\(value)")
        }
    }

    private static func quoted(_ text: String) -> String { "\"\(escaped(text, isJSON: true))\"" }

    /// `text` as one word: quoted when it has a space or a sign that would look like another pair.
    private static func word(_ text: String) -> String {
        text.contains { " =\"".contains($0) } ? quoted(text) : escaped(text)
    }

    /// `text` without line breaks and other control characters, cut to `mostValueBytes`.
    private static func escaped(_ text: String, isJSON: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            guard result.utf8.count < mostValueBytes else { return result + "…" }
            switch scalar {
            case "\"" where isJSON: result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default:
                if isHarmless(scalar) { result.unicodeScalars.append(scalar) } else { result += unicodeEscape(scalar) }
            }
        }
        return result
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: true
        default:
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }

    /// `\uXXXX` for each UTF-16 unit. Source: RFC 8259 §7.
    private static func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
        scalar.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
