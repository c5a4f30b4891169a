internal import Foundation
internal import MediaFacts

/// A form of file names as a contest file writes it: `{region}--{title}--{entrant}`.
struct FileNameTemplate: Sendable, Hashable {
    /// The text of the contest file.
    let text: String
    /// Names of the parts in braces, in their order; at least one, each once.
    let names: [String]
    /// The texts around the parts: one before each part and one behind the last. Only the first and the last may be empty.
    let literals: [String]

    /// Longest text, in characters.
    static let longestText = 256
    /// Most parts of one template.
    static let mostParts = 12

    /// A mistake in the text of a template.
    struct Mistake: Error, Hashable {
        var message: LocalizedText

        init(_ zh: String, _ en: String) { message = LocalizedText(zh: zh, en: en) }
    }

    /// Reads a template. Braces may be full-width; white space at the ends is left out.
    init(_ text: String) throws(Mistake) {
        guard text.count <= Self.longestText else {
            throw Mistake(
                "过长，最多 \(Self.longestText) 个字符", "is too long; at most \(Self.longestText) characters are read")
        }
        let written = HalfWidth.trimmed(text.precomposedStringWithCanonicalMapping)
        var (names, literals): ([String], [String]) = ([], [""])
        var part: String?
        for character in written {
            switch (character, part) {
            case ("{", nil), ("｛", nil): part = ""
            case ("{", _), ("｛", _): throw Self.unclosed(part ?? "")
            case ("}", nil), ("｝", nil):
                throw Mistake("右花括号“}”前缺少“{”，请补上或删除", "a } has no { before it; add one or delete the }")
            case ("}", let name?), ("｝", let name?):
                names.append(HalfWidth.trimmed(name))
                literals.append("")
                part = nil
            case (_, let name?): part = name + String(character)
            case (_, nil): literals[literals.count - 1].append(character)
            }
        }
        if let part { throw Self.unclosed(part) }
        try Self.check(names, literals)
        (self.text, self.names, self.literals) = (written, names, literals)
    }

    private static func unclosed(_ name: String) -> Mistake {
        Mistake("“{\(name)”缺少右花括号“}”", "\"{\(name)\" has no closing }")
    }

    private static func check(_ names: [String], _ literals: [String]) throws(Mistake) {
        guard !names.isEmpty else {
            throw Mistake(
                "没有任何部分；请把字段名写在花括号中，如 {region}--{title}--{entrant}",
                "has no part; write names of fields in braces, like {region}--{title}--{entrant}")
        }
        guard names.count <= mostParts else {
            throw Mistake("最多可有 \(mostParts) 个部分", "has more than \(mostParts) parts")
        }
        var seen: Set<String> = []
        for name in names {
            guard !name.isEmpty else { throw Mistake("花括号中没有名称", "has braces without a name") }
            guard seen.insert(name).inserted else {
                throw Mistake("“{\(name)}”出现了两次", "has the part {\(name)} twice")
            }
        }
        for index in names.indices.dropFirst() where literals[index].isEmpty {
            throw Mistake(
                "“{\(names[index - 1])}”和“{\(names[index])}”之间没有分隔文字，无法分开两个部分，请写上分隔文字，如 --",
                "has nothing between {\(names[index - 1])} and {\(names[index])}, so the two cannot be told apart; "
                    + "write a separator like --")
        }
        if let last = literals.last, let stem = FileNameStem(last), !stem.ending.isEmpty {
            throw Mistake(
                "不要写扩展名“\(stem.ending)”：扩展名不参与比较，可用 container 规则限定格式",
                "ends with the extension \(stem.ending), which is not compared; delete it, and limit formats by a container rule"
            )
        }
    }
}

extension FileNameTemplate: Encodable {
    /// Writes the wire form, which is `text`.
    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(text)
    }
}
