/// A parameter of the wire form: its name in contest files, and the unit that a contest file writes behind the figure.
struct WireParameter {
    /// The name in contest files.
    let name: String
    /// The unit; nil when the wire form writes the value as contest files do.
    let unit: WireUnit?

    /// Finds the parameter that the wire form calls `key` in a rule of `kind`.
    init(_ key: String, kind: String) {
        if let exception = Self.exceptions["\(kind).\(key)"] {
            (name, unit) = exception
        } else if let (suffix, unit) = Self.units.first(where: { key.hasSuffix($0.suffix) }) {
            (name, self.unit) = (String(key.dropLast(suffix.count)), unit)
        } else {
            (name, unit) = (key, nil)
        }
    }

    /// Units by the end of the name that says them. A longer end stands before the end that it ends with.
    private static let units: [(suffix: String, unit: WireUnit?)] = [
        ("Milliseconds", .milliseconds), ("PartsPerMillion", .partsPerMillion), ("Percent", .percent),
        ("DBFS", .decibels("dBFS")), ("DBTP", .decibels("dBTP")), ("LUFS", .decibels("LUFS")),
        ("BitsPerSecond", .bitsPerSecond), ("PerSecond", nil), ("Bytes", .bytes), ("Characters", nil),
    ]

    /// Parameters whose names do not follow from the table above, by kind and name on the wire.
    private static let exceptions: [String: (name: String, unit: WireUnit?)] = [
        "active-picture.tolerance": ("tolerance", .fraction),
        "audio-format.sampleRates": ("sampleRates", .hertz),
        "audio-format.minBitsPerSecond": ("minBitRate", .bitsPerSecond),
        "audio-format.maxBitsPerSecond": ("maxBitRate", .bitsPerSecond),
        "container.names": ("allowed", nil),
    ]
}
