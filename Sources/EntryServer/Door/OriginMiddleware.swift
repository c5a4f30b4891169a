internal import EntryIntake
internal import Hummingbird

/// Protects the service from web pages of other sites that a browser on this machine or its network shows. Requests
/// under an unknown host name are refused with 421 (DNS rebinding), and changing requests from an unknown origin with
/// 403.
struct OriginMiddleware: RouterMiddleware {
    let served: ServedNames
    let publicURLs: [WebOrigin]
    let allowed: AllowedOrigins

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        // A browser always sends `Host`. Only a program sends HTTP/1.0 without it.
        if let host = request.head.authority {
            guard let authority = Authority(host, defaultPort: 80), served.contains(authority.host) else {
                throw Problem.hostUnknown(host)
            }
        }
        if !Self.reading.contains(request.method), let origin = request.headers[.origin], !isKnown(origin, request) {
            throw Problem.originForeign(origin)
        }
        return try await next(request, context)
    }

    /// Methods that change nothing. Their origin is not checked, because a page of another site cannot read the
    /// answers.
    private static var reading: Set<HTTPRequest.Method> { [.get, .head, .options] }

    /// Whether pages of the origin `text` may change something: the service's own page, also behind a proxy, or a
    /// portal's.
    private func isKnown(_ text: String, _ request: Request) -> Bool {
        guard let origin = WebOrigin(text) else { return false }
        if publicURLs.contains(origin) || allowed.contains(origin) { return true }
        return request.head.authority.flatMap { Authority($0, defaultPort: origin.scheme == "https" ? 443 : 80) }
            == origin.authority
    }
}

extension Problem {
    fileprivate static func hostUnknown(_ host: String) -> Problem {
        Problem(
            .misdirectedRequest, "host-unknown",
            zh: "本服务不以“\(host.prefix(80))”为名。请用 serve --public-url 加上这个地址。",
            en: "The service is not known as \"\(host.prefix(80))\". Name that address with serve --public-url.")
    }

    fileprivate static func originForeign(_ origin: String) -> Problem {
        Problem(
            .forbidden, "origin-foreign",
            zh: "来自“\(origin.prefix(80))”的网页不能使用本服务。如果它是您的平台，请用 serve --allow-origin 允许它。",
            en: "A page of \"\(origin.prefix(80))\" may not use the service. If it is your portal, allow it with "
                + "serve --allow-origin.")
    }
}
