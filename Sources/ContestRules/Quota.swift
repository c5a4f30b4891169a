public import MediaFacts

/// How many works a notice lets, or asks, every region or category to send in. About the batch as a whole: never part
/// of a file's report.
public struct Quota: Sendable, Hashable {
    /// Stable within its contest, kebab-case.
    public var id: String
    /// What works are counted by.
    public var grouping: Grouping
    /// Fewest works of each group, one or more; nil for no lower limit.
    public var least: Int?
    /// Most works of each group; nil for no upper limit.
    public var most: Int?
    /// The groups that must be there. Without them nobody can tell that one sent nothing.
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

    /// What works are counted by.
    public enum Grouping: String, Sendable, Hashable, Codable, CaseIterable {
        case region
        case category
    }

    /// How many works of one group there are.
    public struct Count: Sendable, Hashable {
        /// All that were sent in.
        public var sent: Int
        /// Those of them that the contest does not refuse.
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
        /// The region or category.
        public var group: String
        /// What is required, `≥ 2` or `≤ 5`.
        public var required: String
        /// How many there are.
        public var measured: Int
        /// The notice's own words.
        public var clause: String
        /// The number, the limit and what to do, for people.
        public var message: LocalizedText
    }

    /// The groups that do not keep to the quota, in the order of their names.
    ///
    /// What was sent in counts against the upper limit, whatever became of it; a work that is refused does not help to
    /// reach the lower one.
    public func breaches(_ counts: [String: Count]) -> [Breach] {
        let names = Set(counts.keys).union(groups).sorted()
        return names.compactMap { name in
            let count = counts[name] ?? Count(sent: 0, standing: 0)
            if let most, count.sent > most {
                return breach(
                    name, "≤ \(most)", count.sent,
                    zh: "\(name)报送 \(count.sent) 件，最多 \(most) 件，超出 \(count.sent - most) 件。",
                    en:
                        "\(name) sent \(count.sent); at most \(most) may be sent, which is \(count.sent - most) too many."
                )
            }
            if let least, count.standing < least {
                return breach(
                    name, "≥ \(least)", count.standing,
                    zh:
                        "\(name)有效作品 \(count.standing) 件（报送 \(count.sent) 件），至少 \(least) 件，还差 \(least - count.standing) 件。",
                    en:
                        "\(name) has \(count.standing) that stand (\(count.sent) sent); at least \(least) are required, "
                        + "so \(least - count.standing) are missing.")
            }
            return nil
        }
    }

    private func breach(_ group: String, _ required: String, _ measured: Int, zh: String, en: String) -> Breach {
        Breach(
            quota: id, group: group, required: required, measured: measured, clause: clause,
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
