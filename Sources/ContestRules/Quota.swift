public import MediaFacts

/// A limit of the number of works that every region, category, unit or entrant may or must send in. A quota is about the
/// batch as a whole and never part of a file's report.
public struct Quota: Sendable, Hashable {
    /// Stable within its contest, kebab-case.
    public var id: String
    /// The value of a work that it is counted by.
    public var grouping: Grouping
    /// Fewest works of each group, one or more; nil for no lower limit.
    public var least: Int?
    /// Most works of each group; nil for no upper limit.
    public var most: Int?
    /// The groups that must be there. A group that is not listed and sends nothing goes unnoticed.
    public var groups: [String]
    /// The notice's own words.
    public var clause: String

    /// Makes a quota.
    public init(
        id: String, grouping: Grouping, least: Int? = nil, most: Int? = nil, groups: [String] = [], clause: String
    ) {
        self.id = id
        self.grouping = grouping
        self.least = least
        self.most = most
        self.groups = groups
        self.clause = clause
    }

    /// The values of a work that it can be counted by.
    public enum Grouping: String, Sendable, Hashable, Codable, CaseIterable {
        case region
        case category
        /// The unit that sends the work.
        case unit
        /// The person or the organisation that takes part.
        case entrant

        /// The name of the value for people.
        public var title: LocalizedText {
            switch self {
            case .region: LocalizedText(zh: "地区", en: "Region")
            case .category: LocalizedText(zh: "类别", en: "Category")
            case .unit: LocalizedText(zh: "报送单位", en: "Unit")
            case .entrant: LocalizedText(zh: "参赛者", en: "Entrant")
            }
        }

        /// Names of the form's fields and of the parts of a file's name that hold the value, the first one that is there
        /// counts. The organisation of `FileNameConvention` is the unit.
        public var fieldNames: [String] { self == .unit ? ["unit", "organisation"] : [rawValue] }
    }

    /// How many works of one group there are.
    public struct Count: Sendable, Hashable {
        /// Number of works that were sent in.
        public var sent: Int
        /// Number of those works that the contest does not refuse.
        public var standing: Int

        /// Names numbers.
        public init(sent: Int, standing: Int) {
            self.sent = sent
            self.standing = standing
        }
    }

    /// A group that has too few or too many works.
    public struct Breach: Sendable, Hashable, Encodable {
        /// Id of the quota.
        public var quota: String
        /// The name of the group as it may be shown: a personal name is masked.
        public var group: String
        /// The full name of the group, which is never written.
        public var key: String
        /// The limit, `≥ 2` or `≤ 5`.
        public var required: String
        /// The number of works.
        public var measured: Int
        /// The notice's own words.
        public var clause: String
        /// The number, the limit and what to do, for people.
        public var message: LocalizedText

        private enum CodingKeys: String, CodingKey { case quota, group, required, measured, clause, message }
    }

    /// The groups that break the quota, in the order of their names.
    ///
    /// Every work that was sent in counts against the upper limit. A work that the contest refuses does not count towards
    /// the lower limit.
    ///
    /// - Parameters:
    ///   - counts: the works of each group by its full name.
    ///   - shown: the name of a group as messages may show it.
    public func breaches(_ counts: [String: Count], showing shown: (String) -> String = { $0 }) -> [Breach] {
        let keys = Set(counts.keys).union(groups).sorted()
        return keys.compactMap { key in
            let (name, count) = (shown(key), counts[key] ?? Count(sent: 0, standing: 0))
            if let most, count.sent > most {
                return breach(
                    key, name, "≤ \(most)", count.sent,
                    zh: "\(name)报送 \(count.sent) 件，最多 \(most) 件，超出 \(count.sent - most) 件。",
                    en:
                        "\(name) sent \(count.sent); at most \(most) may be sent, which is \(count.sent - most) too many."
                )
            }
            if let least, count.standing < least {
                return breach(
                    key, name, "≥ \(least)", count.standing,
                    zh:
                        "\(name)有效作品 \(count.standing) 件（报送 \(count.sent) 件），至少 \(least) 件，还差 \(least - count.standing) 件。",
                    en:
                        "\(name) has \(count.standing) that stand (\(count.sent) sent); at least \(least) are required, "
                        + "so \(least - count.standing) are missing.")
            }
            return nil
        }
    }

    private func breach(
        _ key: String, _ group: String, _ required: String, _ measured: Int, zh: String, en: String
    ) -> Breach {
        Breach(
            quota: id, group: group, key: key, required: required, measured: measured, clause: clause,
            message: LocalizedText(zh: zh, en: en))
    }
}

extension Quota: Encodable {
    private enum CodingKeys: String, CodingKey { case id, by, min, max, groups, clause }

    /// Writes the wire form; absent limits become `null`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(grouping, forKey: .by)
        try values.encode(least, forKey: .min)
        try values.encode(most, forKey: .max)
        try values.encode(groups, forKey: .groups)
        try values.encode(clause, forKey: .clause)
    }
}
