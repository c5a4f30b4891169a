internal import EntryIntake
internal import Hummingbird

/// Keeps pages of other sites, open in a browser on this machine, from using the service.
struct OriginMiddleware: RouterMiddleware {
    let served: ServedNames
    let publicURLs: [WebOrigin]
    let allowed: AllowedOrigins

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        // A browser always names the host; HTTP/1.0 without one comes from a program.
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

    /// Methods that change nothing. A page of another site cannot read their answers.
    private static var reading: Set<HTTPRequest.Method> { [.get, .head, .options] }

    /// Whether a page of `text` may change something: the service's own page, one behind the same proxy, or a portal.
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
