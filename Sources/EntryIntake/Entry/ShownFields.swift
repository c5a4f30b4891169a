public import ContestRules

extension Entry {
    /// The form in which a response shows personal fields.
    public enum Disclosure: String, Sendable, Hashable, Codable {
        /// Personal fields are shown as sent.
        case shown
        /// Personal fields are masked, so that only a reader who knows a value recognises it.
        case masked
        /// Personal fields are left out, because the encryption key is not available.
        case sealed
    }

    /// The form as a response shows it.
    ///
    /// - Parameters:
    ///   - contest: defines the kinds of the fields; nil when the contest is no longer known.
    ///   - mayShow: `false` masks the personal fields.
    public func form(of contest: Contest?, mayShow: Bool) -> (fields: [String: String], disclosure: Disclosure) {
        guard let contacts else { return (fields, .sealed) }
        let form = contest?.form
        let personal = contacts.fields.map { key, value in
            let kind = form?.field(key)?.kind ?? .text
            return (key, mayShow ? value : PersonalText.masked(value, as: kind))
        }
        return (fields.merging(personal) { own, _ in own }, mayShow ? .shown : .masked)
    }
}
