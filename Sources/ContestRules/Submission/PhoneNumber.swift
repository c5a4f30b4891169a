/// Telephone numbers as people write them.
enum PhoneNumber {
    /// Whether `text` is one telephone number, or several with `、`, `/`, `,` or `;` between them.
    ///
    /// Known: mainland mobiles, landlines with their area code and perhaps an extension, 400 and 800 numbers, each with
    /// or without +86, and any number with a foreign country code. Digits may have any width; spaces, dashes, dots and
    /// brackets between them are fine.
    static func isPlausible(_ text: String) -> Bool {
        guard text.unicodeScalars.count <= 128 else { return false }
        let numbers = HalfWidth.folded(text).split(omittingEmptySubsequences: false) { "、,;/".contains($0) }
        return numbers.allSatisfy(isOne)
    }

    private static func isOne(_ text: Substring) -> Bool {
        if let digits = compact(text), isMobile(digits) || hasSwitchboard(digits) || isForeign(digits) { return true }
        let withExtension = /(.+?) *(?:转接|转|分机|[Ee][Xx][Tt]\.?|[Xx#]|-) *:? *[0-9]{1,6} */
        guard let parts = text.wholeMatch(of: withExtension)?.output, let digits = compact(parts.1) else {
            return false
        }
        return hasSwitchboard(digits)
    }

    /// The digits with a leading plus, if there is one; nil when there is anything else than digits and separators.
    private static func compact(_ text: Substring) -> String? {
        var digits = ""
        for character in text {
            if character.isASCII && character.isNumber || (character == "+" && digits.isEmpty) {
                digits.append(character)
            } else if !" -.()".contains(character) {
                return nil
            }
        }
        return digits
    }

    private static func isMobile(_ digits: String) -> Bool {
        digits.wholeMatch(of: /(?:(?:\+|00)?86)?1[3-9][0-9]{9}/) != nil
    }

    private static func hasSwitchboard(_ digits: String) -> Bool {
        digits.wholeMatch(of: /(?:0|(?:\+|00)860?)(?:10|2[0-9]|[3-9][0-9]{2})[1-9][0-9]{6,7}/) != nil
            || digits.wholeMatch(of: /(?:(?:\+|00)86)?[48]00[0-9]{7}/) != nil
    }

    private static func isForeign(_ digits: String) -> Bool {
        digits.wholeMatch(of: /(?:\+|00)(?!86)[1-9][0-9]{6,14}/) != nil
    }
}
