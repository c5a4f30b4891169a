internal import MediaFacts

extension Wording {
    /// `44.1 kHz`: exact, in kilohertz if two decimals are enough.
    static func frequency(_ hertz: Int) -> String {
        hertz >= 1000 && hertz % 10 == 0 ? "\(decimal(Double(hertz) / 1000)) kHz" : "\(hertz) Hz"
    }
}
