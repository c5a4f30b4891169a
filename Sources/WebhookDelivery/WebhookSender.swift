internal import AsyncHTTPClient
public import EntryIntake
internal import MediaFacts
internal import NIOCore
internal import NIOHTTP1

/// Makes attempts to deliver: looks the host up, checks every address, sends the message to a checked one.
public final class WebhookSender: Sendable {
    private let resolver: any HostResolving
    private let origin: String
    private let timeout: Duration
    private let clock: WallClock
    private let clients = PinnedClients()

    /// Makes a sender; no connection is made before the first attempt.
    ///
    /// - Parameters:
    ///   - origin: scheme and host of the addresses in messages; empty makes them paths.
    ///   - timeout: longest time of an attempt, from the look-up to the head of the answer.
    public init(
        origin: String = "", resolver: any HostResolving = HostResolver(), timeout: Duration = .seconds(15),
        clock: WallClock = .system
    ) {
        self.origin = origin
        self.resolver = resolver
        self.timeout = timeout
        self.clock = clock
    }

    /// Makes one attempt.
    ///
    /// - Returns: nil when the task was cancelled before there was an answer.
    public func attempt(_ due: DueDelivery) async -> AttemptAnswer? {
        guard let endpoint = Endpoint(due.target.url) else { return AttemptAnswer(.addressInvalid) }
        guard !due.secrets.isEmpty else { return AttemptAnswer(.secretLocked) }
        guard let body = try? WebhookPayload(due.delivery, origin: origin).json() else {
            return AttemptAnswer(.addressInvalid)
        }
        let answer = await withTaskGroup(of: AttemptAnswer?.self) { group in
            group.addTask { await self.send(body, of: due, to: endpoint) }
            group.addTask { [timeout] in
                guard (try? await Task.sleep(for: timeout)) != nil else { return nil }
                return AttemptAnswer(.timedOut)
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        return Task.isCancelled && answer?.status == nil ? nil : answer
    }

    /// Closes every connection. No attempt may be under way, and none may follow.
    public func shutDown() async { await clients.shutDown() }

    /// Sends to the first address that takes a connection. One address that is not allowed refuses them all: a name
    /// with a public and a private address is no honest target.
    private func send(_ body: [UInt8], of due: DueDelivery, to endpoint: Endpoint) async -> AttemptAnswer {
        let addresses = await resolver.addresses(of: endpoint.host)
        guard !addresses.isEmpty else { return AttemptAnswer(.nameUnknown) }
        let policy = AddressPolicy(allowsPrivate: due.target.allowsPrivate)
        guard addresses.allSatisfy(policy.allows) else { return AttemptAnswer(.addressRefused) }
        var answer = AttemptAnswer(.connectionFailed)
        for address in addresses.prefix(3) where !Task.isCancelled && answer.failure == .connectionFailed {
            answer = await post(body, of: due, to: endpoint, at: address)
        }
        return answer
    }

    private func post(
        _ body: [UInt8], of due: DueDelivery, to endpoint: Endpoint, at address: IPAddress
    ) async -> AttemptAnswer {
        let signature = WebhookSignature(
            id: due.delivery.id, timestamp: clock.now().milliseconds / 1000, body: body, secrets: due.secrets)
        var request = HTTPClientRequest(url: endpoint.url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "user-agent", value: "clipcheck/\(Release.version)")
        for header in signature.headers { request.headers.add(name: header.name, value: header.value) }
        if let parent = due.delivery.traceparent { request.headers.add(name: "traceparent", value: parent) }
        request.body = .bytes(body)
        do {
            return try await clients.with(endpoint.host, at: address) { [request] client in
                let response = try await client.execute(
                    request, timeout: .milliseconds(timeout.wholeMilliseconds + 1000))
                await Self.drain(response.body)
                return AttemptAnswer(
                    status: Int(response.status.code), retryAfter: response.headers.first(name: "retry-after"))
            }
        } catch {
            return AttemptAnswer(WebhookFailure(error))
        }
    }

    /// Reads at most 8 KiB in at most a second, so that the connection can be used again; discards what was read. The
    /// status alone counts.
    private static func drain(_ body: HTTPClientResponse.Body) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var count = 0
                do {
                    for try await part in body {
                        count += part.readableBytes
                        if count > 8192 { return }
                    }
                } catch {}  // a body that breaks off does not change the status
            }
            group.addTask { try? await Task.sleep(for: .seconds(1)) }
            await group.next()
            group.cancelAll()
        }
    }
}

extension WebhookFailure {
    /// What an error of the HTTP client means.
    fileprivate init(_ error: any Error) {
        switch error as? HTTPClientError {
        case HTTPClientError.deadlineExceeded?, HTTPClientError.readTimeout?: self = .timedOut
        case HTTPClientError.tlsHandshakeTimeout?: self = .tlsFailed
        case nil:
            // The errors of NIOSSL are public types of a package that only AsyncHTTPClient depends on.
            self = String(reflecting: type(of: error)).contains("NIOSSL") ? .tlsFailed : .connectionFailed
        default: self = .connectionFailed
        }
    }
}
