internal import MediaFacts

extension ContentThresholds.Name {
    /// The parameter of a rule that sets it.
    var parameter: String {
        switch self {
        case .blackDarkness, .barDarkness: "darkness"
        case .blackArea: "area"
        case .freezeMovement: "movement"
        case .silence: "below"
        }
    }

    /// The parameter on the wire.
    fileprivate var wireKey: WireKey {
        WireKey(stringValue: parameter + (self == .silence ? "DBFS" : "Percent"))
    }

    /// A value of it as contest files write it.
    func text(_ value: Double) -> String {
        self == .silence ? "\(Wording.signed(value))dBFS" : "\(Wording.decimal(value))%"
    }

    fileprivate var shape: LocalizedText { self == .silence ? Units.levelShape : Units.percentShape }

    fileprivate func value(_ text: String) -> Double? {
        self == .silence ? Units.decibels(text, "dBFS") : Units.percent(text)
    }
}

extension ContentThresholds {
    /// These thresholds and no others.
    func only(_ names: Name...) -> [Name: Double] { Dictionary(uniqueKeysWithValues: names.map { ($0, self[$0]) }) }
}

extension ParameterReader {
    /// The thresholds of a rule; those that are not written are the usual ones.
    func thresholds(_ names: ContentThresholds.Name...) -> [ContentThresholds.Name: Double] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, threshold($0)) })
    }

    private func threshold(_ name: ContentThresholds.Name) -> Double {
        guard let value = value(name.parameter, shape: name.shape, name.value) else {
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
    /// Writes thresholds beside the rule's other parameters.
    func encode(_ thresholds: [ContentThresholds.Name: Double], to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: WireKey.self)
        for (name, value) in thresholds { try values.encode(value, forKey: name.wireKey) }
    }
}

/// A key that is made when it is needed.
private struct WireKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
