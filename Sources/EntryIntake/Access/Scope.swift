/// A right that an API key gives its holder.
public enum Scope: String, Sendable, Hashable, CaseIterable, Codable {
    /// Submit to the key's contest; read, replace, correct and withdraw the entries and uploads that the key made.
    case submit
    /// Read entries, reports and media of the key's contest, contacts masked.
    case read
    /// Read with contacts, check again, sign off. Includes `read`.
    case review
    /// Everything. Includes the other scopes.
    case admin

    /// The scopes that this one includes, itself among them.
    public var included: Set<Scope> {
        switch self {
        case .submit: [.submit]
        case .read: [.read]
        case .review: [.review, .read]
        case .admin: Set(Scope.allCases)
        }
    }
}
