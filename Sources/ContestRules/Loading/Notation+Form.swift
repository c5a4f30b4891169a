internal import MediaFacts

extension Notation<Int> {
    /// A number of 字.
    static var characters: Notation {
        Notation(
            shape: LocalizedText(zh: "大于零的整数，单位为字", en: "a whole number of characters above zero"),
            exactly: Units.count)
    }

    /// A number of works.
    static var works: Notation {
        Notation(shape: LocalizedText(zh: "大于零的整数", en: "a whole number above zero"), exactly: Units.count)
    }
}

extension Notation<DecimalNumber> {
    /// A number without a unit, such as `2.5`.
    static var decimal: Notation {
        Notation(
            shape: LocalizedText(zh: "数字，如 3 或 2.5", en: "a number, like 3 or 2.5"), exactly: { DecimalNumber($0) })
    }
}

extension Notation<CalendarDate> {
    /// A day, such as `2024-02-27` or `2024年2月27日`.
    static var date: Notation {
        Notation(
            shape: LocalizedText(zh: "日历上有的日期，如 2024-02-27", en: "a date of the calendar, like 2024-02-27"),
            exactly: { CalendarDate($0) })
    }
}

extension Notation<String> {
    /// The unit of a number, such as `人`: up to eight characters without figures.
    static var unitOfNumber: Notation {
        Notation(
            shape: LocalizedText(
                zh: "不含数字的单位，最多 8 个字符，如 人", en: "a unit of at most 8 characters without figures, like 人"),
            exactly: { text in
                let unit = HalfWidth.trimmed(text)
                let hasFigure = unit.unicodeScalars.contains {
                    HalfWidth.digit($0) != nil || ".,+-".unicodeScalars.contains($0)
                }
                return (1...8).contains(unit.count) && !hasFigure ? unit : nil
            })
    }
}

extension Units {
    /// `20`: a whole number from 1 to 999,999.
    static func count(_ text: String) -> Int? {
        text.wholeMatch(of: /[0-9]{1,6}/).flatMap { Int($0.output) }.flatMap { $0 > 0 ? $0 : nil }
    }
}
