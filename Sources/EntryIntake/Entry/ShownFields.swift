public import ContestRules

extension Entry {
    /// How much of what is personal a reader is given.
    public enum Disclosure: String, Sendable, Hashable, Codable {
        /// Everything, as it was sent.
        case shown
        /// Enough to recognise what one knows.
        case masked
        /// Nothing: the key is not at hand.
        case sealed
    }

    /// The form as a reader sees it, personal fields masked unless he may see them.
    ///
    /// - Parameter contest: tells the kinds of the fields; nil when the contest is no longer known.
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
