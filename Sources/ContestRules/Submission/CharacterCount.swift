/// Counts 字 as word processors in China do.
///
/// One each: a CJK character of any plane, kana, bopomofo, a full-width form (letters and digits too), a CJK or other
/// full-width punctuation mark (`，。《》“”……——`), an emoji with all that is joined to it. One together: a run of
/// anything else without white space (`hello`, `3.14`, `don't`, `a@b.cn`, a Korean word). Half-width punctuation belongs
/// to its run and counts nothing alone, as in Word. Nothing: white space of any width, accents, variation selectors,
/// joiners and other invisible characters, none of which ends a run but white space.
public enum CharacterCount {
    /// The number of 字 in `text`.
    public static func of(_ text: String) -> Int {
        var counter = Counter()
        let scalars = Array(text.unicodeScalars)
        for index in scalars.indices {
            counter.take(scalars[index], next: index + 1 < scalars.count ? scalars[index + 1] : nil)
        }
        return counter.count
    }

    private struct Counter {
        var count = 0
        /// A run is open and has been counted.
        private var isInWord = false
        private var isAfterJoiner = false
        private var isHalfAFlag = false

        mutating func take(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) {
            let wasAfterJoiner = isAfterJoiner
            isAfterJoiner = scalar == "\u{200D}"
            switch kind(scalar, next: next) {
            case .nothing: return
            case .space: isInWord = false
            case .punctuation: break
            case .word:
                if !isInWord { count += 1 }
                isInWord = true
            case .flag:
                if !isHalfAFlag { count += 1 }
                isHalfAFlag.toggle()
                isInWord = false
                return
            case .emoji:
                if !wasAfterJoiner { count += 1 }
                isInWord = false
            case .full:
                count += 1
                isInWord = false
            }
            isHalfAFlag = false
        }

        private func kind(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) -> Kind {
            if scalar.isASCII { return Kind(ascii: scalar) }
            if scalar.properties.isWhitespace { return .space }
            if HalfWidth.isInvisible(scalar) || scalar.properties.isEmojiModifier { return .nothing }
            if (0x1F1E6...0x1F1FF).contains(scalar.value) { return .flag }
            if CharacterCount.isFullWidth(scalar) { return .full }
            if scalar.value >= 0x2300, scalar.properties.isEmoji { return .emoji }
            guard "—―‘’“”…·‖".unicodeScalars.contains(scalar) else { return .word }
            // Chinese marks, but for the apostrophe of it’s.
            let isBetweenLetters = isInWord && next.map { Kind(ascii: $0) == .word } ?? false
            return isBetweenLetters ? .punctuation : .full
        }
    }

    private enum Kind {
        case nothing
        case space
        case punctuation
        case word
        case full
        case emoji
        case flag

        init(ascii scalar: Unicode.Scalar) {
            if scalar.value <= 0x20 || scalar.value == 0x7F {
                self = .space
            } else {
                self = scalar.properties.isAlphabetic || HalfWidth.digit(scalar) != nil ? .word : .punctuation
            }
        }
    }

    /// Whether a scalar takes a full square of Chinese text by itself. Korean does too, but is counted by words.
    private static func isFullWidth(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x312F, 0x3190...0xA4CF: true  // radicals to bopomofo, kanbun to Yi, with all ideographs between
        case 0xE000...0xFAFF: true  // private use, which stands for rare names, and compatibility ideographs
        case 0xFE10...0xFE1F, 0xFE30...0xFE6F, 0xFF01...0xFF9F, 0xFFE0...0xFFE6: true  // vertical, small, other widths
        case 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF: true  // Tangut, Nushu, rare kana, 🈶
        case 0x20000...0x3FFFF: true  // ideographs of planes 2 and 3
        default: false
        }
    }
}
