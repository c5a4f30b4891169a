/// Masks personal text: a reader who knows the value recognises it, and no other reader can use it.
public enum PersonalText {
    /// `value` with most of it starred: `138****8000`, `z***@example.com`, `张**`. An empty value stays empty.
    public static func masked(_ value: String, as kind: FormField.Kind) -> String {
        let trimmed = HalfWidth.trimmed(value)
        guard !trimmed.isEmpty else { return "" }
        switch kind {
        case .phone: return maskedPhone(trimmed)
        case .email: return maskedAddress(trimmed)
        case .text, .choice, .duration, .url, .number, .date, .file: return initial(trimmed) + "**"
        }
    }

    /// `text`, say a file's name, with every telephone number in it masked.
    ///
    /// Masks mobiles however their digits are grouped, landlines with area code, 400 numbers, numbers after a country
    /// code, and any eleven or more digits in a row that are no time; leaves dates, times, years, picture sizes and
    /// short numbers. In doubt it masks. Masking twice is masking once.
    public static func maskingPhones(in text: String) -> String {
        TelephoneFinder.replacingNumbers(in: text, with: maskedPhone)
    }

    /// A file's name with the personal parts masked: telephone numbers, and the entrant where the name follows
    /// `FileNameConvention`: `张**（某某公司）+守信+138****8000.mp4`. Masking twice is masking once.
    public static func maskingFilename(_ filename: String) -> String {
        let masked = maskingPhones(in: filename)
        // An organisation that takes part without a person's name stands in brackets and is not personal.
        guard let parts = FileNameConvention.parse(filename), let range = masked.firstRange(of: parts.entrant),
            masked[..<range.lowerBound].allSatisfy(\.isWhitespace)
        else { return masked }
        return masked[..<range.lowerBound] + initial(parts.entrant) + "**" + masked[range.upperBound...]
    }

    /// A file's name with the personal parts masked: those of `pattern`, or those of the convention where `pattern` is the
    /// convention or nil. Masking twice is masking once.
    public static func maskingFilename(_ filename: String, by pattern: FileNamePattern?) -> String {
        pattern?.masked(filename) ?? maskingFilename(filename)
    }

    /// Whether `masked` may have written `value`, which is then left as it is.
    static func isMasked(_ value: String) -> Bool {
        value.wholeMatch(of: /.?\*\*|\*{4}|[0-9]{3}\*{4}[0-9]{4}/) != nil
    }

    /// The first three and last four digits of eleven or more, a country code 86 left out; none of fewer.
    private static func maskedPhone(_ value: String) -> String {
        var digits = value.unicodeScalars.compactMap(HalfWidth.digit).map(String.init).joined()
        if let mobile = digits.wholeMatch(of: /(?:00)?86(1[3-9][0-9]{9})/)?.1 { digits = String(mobile) }
        return digits.count < 11 ? "****" : "\(digits.prefix(3))****\(digits.suffix(4))"
    }

    private static func maskedAddress(_ value: String) -> String {
        guard let at = value.lastIndex(of: "@") else { return initial(value) + "**" }
        let domain = value[value.index(after: at)...]
        guard EmailAddress.isDomain(domain) else { return initial(value) + "**" }
        return "\(initial(String(value[..<at])))***@\(maskingPhones(in: String(domain)))"
    }

    /// The first character, or a star where that would be all.
    private static func initial(_ value: String) -> String {
        value.count > 1 ? String(value.prefix(1)) : "*"
    }
}
