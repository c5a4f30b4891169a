/// The limits of a form's field that `clipcheck.contest/2` adds. Each is empty for the kinds of field that have no use for it.
struct FieldLimits: Sendable, Hashable {
    /// Fewest 字 of a text, as `CharacterCount` counts them; nil for no limit.
    var leastCharacters: Int?
    /// The hosts that a web address may have, subdomains included, in small letters; empty for any.
    var hosts: [String] = []
    /// The least number, included; nil for no limit.
    var leastNumber: DecimalNumber?
    /// The greatest number, included; nil for no limit.
    var greatestNumber: DecimalNumber?
    /// The unit that may stand behind a number; nil where the number stands alone.
    var unit: String?
    /// The first day, included; nil for no limit.
    var firstDate: CalendarDate?
    /// The last day, included; nil for no limit.
    var lastDate: CalendarDate?
    /// The name of the attachment that belongs to a field of kind `file`; nil for every other kind.
    var attachment: String?
}

extension FieldLimits {
    private enum CodingKeys: String, CodingKey { case minCharacters, hosts, min, max, unit, attachment }

    /// Writes the limits beside the other members of the field's wire form. A limit that is not set is absent: the wire form
    /// of a field of `clipcheck.contest/1` stays what it was.
    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(leastCharacters, forKey: .minCharacters)
        if !hosts.isEmpty { try values.encode(hosts, forKey: .hosts) }
        try values.encodeIfPresent(leastNumber?.text ?? firstDate?.text, forKey: .min)
        try values.encodeIfPresent(greatestNumber?.text ?? lastDate?.text, forKey: .max)
        try values.encodeIfPresent(unit, forKey: .unit)
        try values.encodeIfPresent(attachment, forKey: .attachment)
    }
}
