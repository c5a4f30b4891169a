/// Origins of portals whose pages may use the service from a browser.
public enum AllowedOrigins: Sendable, Hashable {
    /// Any page of any site. A key is still needed for what needs one.
    case any
    /// These; none is the default.
    case some(Set<WebOrigin>)

    /// Whether pages of `origin` are allowed.
    func contains(_ origin: WebOrigin) -> Bool {
        switch self {
        case .any: true
        case .some(let origins): origins.contains(origin)
        }
    }

    /// Whether there are none.
    var isEmpty: Bool { self == .some([]) }
}
