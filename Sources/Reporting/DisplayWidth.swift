/// Measures and breaks text by the columns that it takes in a terminal: two for a wide (East Asian) character, none for
/// a combining one.
public enum DisplayWidth {
    /// The width of `text` in columns. Control characters count as none; callers remove them before.
    public static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + columns($1) } }

    /// `text`, followed by as many spaces as fill `width` columns. Text that is already as wide is returned unchanged.
    public static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - of(text)))
    }

    /// `text` when it fits into `width` columns, otherwise its beginning and its end with `…` between them. With
    /// `width` below 1 the result is empty.
    public static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        guard width > 1 else { return width == 1 ? "…" : "" }
        let (front, back) = ((width - 1 + 1) / 2, (width - 1) / 2)
        func prefix(_ characters: some Sequence<Character>, _ room: Int) -> [Character] {
            var left = room
            return Array(
                characters.prefix { character in
                    left -= columns(character)
                    return left >= 0
                })
        }
        return String(prefix(text, front)) + "…" + String(prefix(text.reversed(), back).reversed())
    }

    /// `text` in lines of at most `width` columns. A line breaks at a space or beside a wide character, but never
    /// before closing punctuation; a word that is wider than a line is broken inside. Empty text is one empty line.
    public static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(text).flatMap({ chunks($0, width) }) {
            if !line.isEmpty, of(line) + of(trimmedEnd(piece)) > width {
                lines.append(trimmedEnd(line))
                line = ""
            }
            line += line.isEmpty ? String(piece.drop { $0 == " " }) : piece
        }
        return lines + (line.isEmpty && !lines.isEmpty ? [] : [trimmedEnd(line)])
    }

    private static func chunks(_ piece: String, _ width: Int) -> [String] {
        guard of(trimmedEnd(piece)) > width else { return [piece] }
        return piece.reduce(into: [""]) { chunks, character in
            if character != " ", of(chunks[chunks.count - 1]) + columns(character) > width { chunks.append("") }
            chunks[chunks.count - 1].append(character)
        }
    }

    /// The parts of `text` between which a line may break; joined they are `text`.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            let breaksBefore = columns(character) == 2 && !closing.contains(character)
            let follows = pieces.last?.last
            let breaksAfter = follows.map { $0 == " " || (columns($0) == 2 && !opening.contains($0)) } ?? true
            if pieces.isEmpty || (breaksBefore && !(follows.map(opening.contains) ?? false))
                || (breaksAfter && !closing.contains(character))
            {
                pieces.append(String(character))
            } else {
                pieces[pieces.count - 1].append(character)
            }
        }
        return pieces
    }

    private static let closing: Set<Character> = [
        "，", "。", "、", "；", "：", "！", "？", "）", "”", "’", "》", "〕", "】", ",", ".", ";", ":", "!", "?", ")",
    ]
    private static let opening: Set<Character> = ["（", "“", "‘", "《", "〔", "【", "("]

    private static func trimmedEnd(_ text: String) -> String {
        text.lastIndex { $0 != " " }.map { String(text[...$0]) } ?? ""
    }

    private static func columns(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if character.unicodeScalars.contains(where: { $0.properties.isEmojiPresentation }) { return 2 }
        return wideRanges.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// Source: Unicode Standard Annex 11, values W and F, merged into blocks.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
        0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff00...0xff60,
        0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f900...0x1f9ff, 0x20000...0x3fffd,
    ]
}
