internal import MediaFacts

/// A unit that the wire form says in the name of a parameter and a contest file behind the figure.
enum WireUnit {
    case milliseconds
    /// A share in millionths, written as percentage.
    case partsPerMillion
    /// A share of one, written as percentage.
    case fraction
    case percent
    /// A level with the unit's name.
    case decibels(String)
    case bitsPerSecond
    case bytes
    case hertz

    /// The figure with its unit as contest files write it, `180000` as `3m`; nil when it is no figure of the unit.
    func fileText(_ figure: String) -> String? {
        switch self {
        case .milliseconds: Int64(figure).flatMap(Self.length)
        case .partsPerMillion: Double(figure).map { Self.percentage(millionths: $0) }
        case .fraction: Double(figure).map { Self.percentage(millionths: $0 * 1_000_000) }
        case .percent: Double(figure).map { "\(Wording.decimal($0))%" }
        case .decibels(let name): Double(figure).map { "\(Wording.decimal($0))\(name)" }
        case .bitsPerSecond: Int64(figure).map { Self.shortest($0, Self.bitRates) }
        case .bytes: Int64(figure).map { Self.shortest($0, Self.sizes) }
        case .hertz: Int(figure).map { Wording.frequency($0).replacing(" ", with: "") }
        }
    }

    /// A value of a contest file in the words of people, `3m` as `3 分`; nil when it is no value of the unit.
    func words(_ text: String) -> LocalizedText? {
        switch self {
        case .milliseconds: Units.duration(text).map(Wording.duration)
        case .bitsPerSecond: Units.bitRate(text).map(Wording.bitRate).map(LocalizedText.same)
        case .bytes: Units.bytes(text).map(Wording.bytes).map(LocalizedText.same)
        case .hertz:
            (Units.frequency(text, "kHz") ?? Units.frequency(text, "Hz")).map(Wording.frequency).map(LocalizedText.same)
        case .decibels(let name): .same("\(text.dropLast(name.count)) \(name)")
        case .partsPerMillion, .fraction, .percent: .same(text)
        }
    }

    private static let bitRates: [(String, Int64)] = [("Mbit/s", 1_000_000), ("kbit/s", 1000), ("bit/s", 1)]
    private static let sizes: [(String, Int64)] = [
        ("GB", 1_000_000_000), ("GiB", 1 << 30), ("MB", 1_000_000), ("MiB", 1 << 20), ("kB", 1000), ("KiB", 1 << 10),
        ("B", 1),
    ]

    /// The figure in the unit that leaves no rest and the fewest digits.
    private static func shortest(_ figure: Int64, _ units: [(name: String, size: Int64)]) -> String {
        let texts = units.filter { figure % $0.size == 0 }.map { "\(figure / $0.size)\($0.name)" }
        return texts.min { $0.count < $1.count } ?? "\(figure)"
    }

    /// `1h2m3s4ms` without the units of which there are none; nil for a negative length.
    private static func length(_ milliseconds: Int64) -> String? {
        guard milliseconds >= 0 else { return nil }
        let parts = [
            (milliseconds / 3_600_000, "h"), (milliseconds / 60_000 % 60, "m"), (milliseconds / 1000 % 60, "s"),
            (milliseconds % 1000, "ms"),
        ]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
        return text.isEmpty ? "0s" : text
    }

    /// `0.5%`: percent with at most four decimals.
    private static func percentage(millionths: Double) -> String {
        let total = Int64(millionths.rounded())
        var decimals = Substring(String(10_000 + total % 10_000).dropFirst())
        while decimals.last == "0" { decimals.removeLast() }
        return "\(total / 10_000)\(decimals.isEmpty ? "" : ".\(decimals)")%"
    }
}
