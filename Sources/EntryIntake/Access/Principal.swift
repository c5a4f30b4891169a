/// The party that a request acts for, and what it may do.
public struct Principal: Sendable, Hashable {
    /// Stable id: the owner of the entries that the principal submits. Empty without a key.
    public let id: String
    /// Scopes of the principal, with the scopes that each of them includes.
    public let scopes: Set<Scope>
    /// Id of the only contest that the principal may use; nil for every contest.
    public let contest: String?

    /// Makes the principal of a key.
    public init(id: String, scopes: Set<Scope>, contest: String?) {
        self.id = id
        self.scopes = scopes.reduce(into: []) { $0.formUnion($1.included) }
        self.contest = contest
    }

    /// The principal of a request without a key to a service that has keys. It may read contests.
    public static let anonymous = Principal(id: "", scopes: [], contest: nil)

    /// The principal of a request without a key to a service that has none. It may do everything except see contacts.
    public static let everybody = Principal(id: "", scopes: Set(Scope.allCases), contest: nil)

    /// Whether the principal was found by a key.
    public var hasKey: Bool { !id.isEmpty }

    /// Owner of the entries that the principal submits; nil without a key.
    public var owner: String? { hasKey ? id : nil }

    /// Whether the principal may see contacts. A principal without a key may not, because every program on a machine
    /// can reach a local service.
    public var seesContacts: Bool { hasKey && scopes.contains(.review) }

    /// Whether the principal may do everything in every contest, so that no entry needs to be looked up first.
    var isUnlimited: Bool { scopes.contains(.admin) && contest == nil }

    /// Requires at least one of several scopes.
    ///
    /// - Throws: `.keyMissing` without a key, `.scopeMissing` when the key has none of the scopes.
    public func require(anyOf needed: [Scope]) throws(IntakeError) {
        guard scopes.isDisjoint(with: needed) else { return }
        guard hasKey else { throw .keyMissing }
        throw .scopeMissing(needed)
    }

    /// Requires that the principal may use a contest.
    ///
    /// - Throws: `.contestForbidden`.
    public func require(contest id: String) throws(IntakeError) {
        guard contest == nil || contest == id else { throw .contestForbidden(contest ?? "") }
    }

    /// Requires that the principal may do `action` on at least some entries.
    func require(_ action: EntryAction) throws(IntakeError) {
        try require(anyOf: action.isForOwner ? [action.scope, .submit] : [action.scope])
    }

    /// Requires that the principal may do `action` on the entry of `holder`. An entry that the principal may not read
    /// counts as unknown.
    ///
    /// - Throws: `.keyMissing`, `.scopeMissing`, `.entryUnknown`, `.ownerRequired`.
    func require(_ action: EntryAction, of holder: EntryHolder) throws(IntakeError) {
        try require(action)
        guard contest == nil || contest == holder.contest else { throw .entryUnknown }
        let isOwn = scopes.contains(.submit) && hasKey && holder.owner == id
        if scopes.contains(action.scope) || isOwn && action.isForOwner { return }
        throw scopes.contains(.read) ? .ownerRequired : .entryUnknown
    }

    /// `query` limited to entries that the principal may see: those of its contest, and with the scope `submit` alone
    /// its own.
    ///
    /// - Throws: `.contestForbidden` when the query names another contest.
    func limiting(_ query: EntryQuery) throws(IntakeError) -> EntryQuery {
        var query = query
        if let asked = query.contest { try require(contest: asked) }
        query.contest = query.contest ?? contest
        if !scopes.contains(.read) { query.owner = id }
        return query
    }
}
