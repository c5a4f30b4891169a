internal import MediaFacts

/// A name of a container format in a contest file: a family, or a name that people use for one or several families.
struct ContainerName: Sendable {
    /// The name in small letters.
    let text: String
    /// The families that the name stands for; at least one.
    let families: [ContainerFamily]

    /// Makes the name of one family.
    init(_ family: ContainerFamily) {
        text = family.rawValue
        families = [family]
    }

    /// Reads the name of a family; nil for every other text.
    init?(family text: String) {
        guard let family = ContainerFamily.known.first(where: { $0.rawValue == text }) else { return nil }
        self.init(family)
    }

    /// Reads a name that people use, in letters of any case and with or without the dot of a file extension; nil for every
    /// other text.
    init?(usual text: String) {
        let name = text.lowercased()
        let plain = name.hasPrefix(".") ? String(name.dropFirst()) : name
        if let family = Self(family: plain) {
            self = family
        } else if let families = Self.usual[plain] {
            (self.text, self.families) = (plain, families)
        } else {
            return nil
        }
    }

    /// Names that are no families. An F4V file is ISO media, and programs write FLV under that name too. MPEG files come as
    /// program streams, as transport streams and as bare video.
    private static let usual: [String: [ContainerFamily]] = [
        "m4v": [.mp4], "f4v": [.mp4, .flv], "qt": [.mov], "quicktime": [.mov], "3gpp": [.threeGP], "3g2": [.threeGP],
        "mpg": [.mpegPS, .mpegTS, .mpegES], "mpeg": [.mpegPS, .mpegTS, .mpegES], "vob": [.mpegPS], "ts": [.mpegTS],
        "mts": [.mpegTS], "m2ts": [.mpegTS], "mkv": [.matroska], "wmv": [.asf], "ogv": [.ogg],
    ]
}

extension ContainerName: Hashable {
    static func == (left: ContainerName, right: ContainerName) -> Bool { left.text == right.text }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension Notation<ContainerName> {
    /// A container format, such as `mp4`, `WMV` or `.mkv`.
    static var container: Notation {
        let names = Wording.list(ContainerFamily.known.map(\.rawValue))
        return Notation(
            shape: LocalizedText(zh: "以下之一：\(names.zh)", en: "one of \(names.en)"),
            strict: { ContainerName(family: $0) }, usual: { ContainerName(usual: $0) })
    }
}
