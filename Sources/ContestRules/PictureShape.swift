internal import MediaFacts

/// The shape of a picture as a contest file writes it. Two shapes of one ratio are equal, however they are written.
struct PictureShape: Sendable {
    /// Width over height.
    let ratio: Ratio
    /// The ratio for people, `16:9` or `1.85:1`.
    let text: String

    /// Makes a shape that is written in its own way.
    init(ratio: Ratio, text: String) {
        self.ratio = ratio
        self.text = text
    }

    /// Makes a shape that is written in lowest terms.
    init(_ ratio: Ratio) { self.init(ratio: ratio, text: ratio.colonText) }
}

/// The shapes from a narrow one to a wide one, both included.
struct PictureShapeRange: Sendable, Hashable {
    /// The shape with the least width for its height.
    let narrowest: PictureShape
    /// The shape with the greatest width for its height.
    let widest: PictureShape

    /// Makes the range between two shapes; either may be the narrower one.
    init(_ one: PictureShape, _ other: PictureShape) {
        let isInOrder = one.ratio.value <= other.ratio.value
        (narrowest, widest) = isInOrder ? (one, other) : (other, one)
    }

    /// `9:20–9:16`.
    var text: String { "\(narrowest.text)–\(widest.text)" }

    /// Whether the ratio lies in the range, each end of which is widened by `tolerance`, a fraction of one.
    func contains(_ ratio: Ratio, within tolerance: Double) -> Bool {
        ratio.isWithin(tolerance, of: narrowest.ratio) || ratio.isWithin(tolerance, of: widest.ratio)
            || (narrowest.ratio.value...widest.ratio.value).contains(ratio.value)
    }
}

extension PictureShape: Hashable {
    static func == (left: PictureShape, right: PictureShape) -> Bool { left.ratio == right.ratio }

    func hash(into hasher: inout Hasher) { hasher.combine(ratio) }
}
