internal import MediaFacts

extension ContentThresholds.Name {
    /// The contest-file parameter that sets this threshold.
    var parameter: String {
        switch self {
        case .blackDarkness, .barDarkness: "darkness"
        case .blackArea: "area"
        case .freezeMovement: "movement"
        case .silence: "below"
        }
    }

    /// The key of the threshold in JSON: the parameter with its unit.
    fileprivate var wireKey: WireKey {
        WireKey(stringValue: parameter + (self == .silence ? "DBFS" : "Percent"))
    }

    /// `value` in contest-file notation, such as `-60dBFS` or `98%`.
    func text(_ value: Double) -> String {
        self == .silence ? "\(Wording.decimal(value))dBFS" : "\(Wording.decimal(value))%"
    }

    /// The way in which contest files write the threshold.
    fileprivate var notation: Notation<Double> { self == .silence ? .level : .percent }
}

extension ContentThresholds {
    /// The values of `names`, by name.
    func only(_ names: Name...) -> [Name: Double] { Dictionary(uniqueKeysWithValues: names.map { ($0, self[$0]) }) }
}

extension ParameterReader {
    /// The thresholds `names` of a rule; a threshold without a parameter has its usual value.
    func thresholds(_ names: ContentThresholds.Name...) -> [ContentThresholds.Name: Double] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, threshold($0)) })
    }

    /// The threshold `name`; a value out of range is reported as a mistake.
    private func threshold(_ name: ContentThresholds.Name) -> Double {
        guard let value = value(name.parameter, name.notation) else {
            return ContentThresholds.usual[name]
        }
        let range = ContentThresholds.range(of: name)
        if !range.contains(value) {
            let (least, most) = (name.text(range.lowerBound), name.text(range.upperBound))
            report(name.parameter, "应在 \(least) 到 \(most) 之间", "must be from \(least) to \(most)")
        }
        return value
    }
}

extension ContentRule {
    /// Writes thresholds into the object that holds the rule's other parameters.
    func encode(_ thresholds: [ContentThresholds.Name: Double], to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: WireKey.self)
        for (name, value) in thresholds { try values.encode(value, forKey: name.wireKey) }
    }
}

/// A JSON key made from a text.
private struct WireKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
