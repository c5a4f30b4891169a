internal import MediaFacts

extension Wording {
    /// `44.1 kHz`: exact, in kilohertz if two decimals are enough.
    static func frequency(_ hertz: Int) -> String {
        hertz >= 1000 && hertz % 10 == 0 ? "\(decimal(Double(hertz) / 1000)) kHz" : "\(hertz) Hz"
    }
}

extension LocalizedText {
    /// A figure or a name that is the same in both languages.
    static func same(_ text: String) -> LocalizedText { LocalizedText(zh: text, en: text) }
}
