/// The parts of a file's name of the form `参赛者姓名（单位名称）+作品名称+联系电话`, which a `file-name` rule without a pattern
/// asks for.
public struct FileNameConvention: Sendable, Hashable {
    /// The form of the name in the words of notices.
    public static let form = "参赛者姓名（单位名称）+作品名称+联系电话"

    /// The entrant: a person, or the organisation where no person is named.
    public var entrant: String
    /// The organisation of a person; nil when none is named.
    public var organisation: String?
    /// Title of the work.
    public var title: String
    /// Telephone number, its digits and signs in ASCII.
    public var phone: String

    /// Names the parts.
    public init(entrant: String, organisation: String?, title: String, phone: String) {
        self.entrant = entrant
        self.organisation = organisation
        self.title = title
        self.phone = phone
    }

    /// The name, without extension, that `parse` reads back.
    public var text: String { "\(entrant)\(organisation.map { "（\($0)）" } ?? "")+\(title)+\(phone)" }

    /// Reads a file's name; nil when it does not follow the convention.
    ///
    /// Brackets, plus signs and digits may be full- or half-width and the name composed or decomposed; the extension is
    /// left out. A plus sign may stand within the brackets and within the title, and begin the telephone number.
    public static func parse(_ filename: String) -> FileNameConvention? {
        guard let stem = FileNameStem(filename) else { return nil }
        let name = Array(stem.text)
        guard let first = firstPlus(in: name), var last = name.lastIndex(where: isPlus), last > first else {
            return nil
        }
        let isDoubled = name[..<last].last { !$0.isWhitespace }.map(isPlus) ?? false
        if isDoubled, let before = name[..<last].lastIndex(where: isPlus), before > first { last = before }
        let title = HalfWidth.trimmed(String(name[(first + 1)..<last]))
        let phone = HalfWidth.trimmed(HalfWidth.folded(String(name[(last + 1)...])))
        guard !title.isEmpty, PhoneNumber.isPlausible(phone), let sender = entrant(name[..<first]) else { return nil }
        return FileNameConvention(entrant: sender.name, organisation: sender.organisation, title: title, phone: phone)
    }

    private static func firstPlus(in name: [Character]) -> Int? {
        var depth = 0
        for (index, character) in name.enumerated() {
            if isOpening(character) { depth += 1 }
            if isClosing(character) { depth -= 1 }
            if isPlus(character), depth == 0 { return index }
        }
        return nil
    }

    private static func entrant(_ part: ArraySlice<Character>) -> (name: String, organisation: String?)? {
        let whole = HalfWidth.trimmed(String(part))
        let characters = Array(whole)
        var depth = 0
        let opening = characters.indices.reversed().first { index in
            if isClosing(characters[index]) { depth += 1 }
            if isOpening(characters[index]) { depth -= 1 }
            return depth == 0
        }
        guard let opening, characters.last.map(isClosing) ?? false else { return whole.isEmpty ? nil : (whole, nil) }
        let name = HalfWidth.trimmed(String(characters[..<opening]))
        let inside = HalfWidth.trimmed(String(characters[(opening + 1)..<(characters.count - 1)]))
        if name.isEmpty { return inside.isEmpty ? nil : (inside, nil) }
        return (name, inside.isEmpty ? nil : inside)
    }

    private static func isPlus(_ character: Character) -> Bool { "+＋﹢".contains(character) }
    private static func isOpening(_ character: Character) -> Bool { "(（﹙".contains(character) }
    private static func isClosing(_ character: Character) -> Bool { ")）﹚".contains(character) }
}
