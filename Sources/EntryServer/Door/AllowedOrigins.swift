/// Origins of portals whose pages may use the service from a browser.
public enum AllowedOrigins: Sendable, Hashable {
    /// Every origin. A request that needs a key still needs one.
    case any
    /// These origins. The default is the empty set.
    case some(Set<WebOrigin>)

    /// Whether pages of `origin` are allowed.
    func contains(_ origin: WebOrigin) -> Bool {
        switch self {
        case .any: true
        case .some(let origins): origins.contains(origin)
        }
    }

    /// Whether no origin is allowed.
    var isEmpty: Bool { self == .some([]) }
}
