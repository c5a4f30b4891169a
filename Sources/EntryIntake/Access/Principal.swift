/// On whose behalf a request is made, and what that one may do.
public struct Principal: Sendable, Hashable {
    /// Stable id: the owner of the entries that the principal submits. Empty without a key.
    public let id: String
    /// What it may do, with the scopes that each scope includes.
    public let scopes: Set<Scope>
    /// Id of the only contest that it may deal with; nil for every contest.
    public let contest: String?

    /// Names the holder of a key.
    public init(id: String, scopes: Set<Scope>, contest: String?) {
        self.id = id
        self.scopes = scopes.reduce(into: []) { $0.formUnion($1.included) }
        self.contest = contest
    }

    /// Whoever sends no key to a service that has keys: may read contests.
    public static let anonymous = Principal(id: "", scopes: [], contest: nil)

    /// Whoever sends no key to a service that has none: may do everything, except see contacts.
    public static let everybody = Principal(id: "", scopes: Set(Scope.allCases), contest: nil)

    /// Whether a key was shown.
    public var hasKey: Bool { !id.isEmpty }

    /// Owner of what the principal submits; nil without a key.
    public var owner: String? { hasKey ? id : nil }

    /// Whether it sees contacts. Without a key nobody does, because every program on a machine reaches a local service.
    public var seesContacts: Bool { hasKey && scopes.contains(.review) }

    /// Whether no rule limits it, so that no entry has to be looked up first.
    var isUnlimited: Bool { scopes.contains(.admin) && contest == nil }

    /// Requires one of several scopes.
    ///
    /// - Throws: `.keyMissing` without a key, `.scopeMissing` with one that has none of them.
    public func require(anyOf needed: [Scope]) throws(IntakeError) {
        guard scopes.isDisjoint(with: needed) else { return }
        guard hasKey else { throw .keyMissing }
        throw .scopeMissing(needed)
    }

    /// Requires that the principal may deal with a contest.
    ///
    /// - Throws: `.contestForbidden`.
    public func require(contest id: String) throws(IntakeError) {
        guard contest == nil || contest == id else { throw .contestForbidden(contest ?? "") }
    }

    /// Requires that the principal may do `action` with some entry, whichever.
    func require(_ action: EntryAction) throws(IntakeError) {
        try require(anyOf: action.isForOwner ? [action.scope, .submit] : [action.scope])
    }

    /// Requires that the principal may do `action` with the entry of `holder`. An entry that it may not even read is
    /// unknown to it.
    ///
    /// - Throws: `.keyMissing`, `.scopeMissing`, `.entryUnknown`, `.ownerRequired`.
    func require(_ action: EntryAction, of holder: EntryHolder) throws(IntakeError) {
        try require(action)
        guard contest == nil || contest == holder.contest else { throw .entryUnknown }
        let isOwn = scopes.contains(.submit) && hasKey && holder.owner == id
        if scopes.contains(action.scope) || isOwn && action.isForOwner { return }
        throw scopes.contains(.read) ? .ownerRequired : .entryUnknown
    }

    /// The part of a list that the principal may see: its contest, and with `submit` alone its own entries.
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
