internal import AsyncHTTPClient
internal import NIOCore
internal import Synchronization

/// HTTP clients that connect to one checked address each. A name is never looked up by a client, so a connection goes to
/// the address that was checked, and is reused only while that address is.
final class PinnedClients: Sendable {
    private struct Key: Hashable {
        var host: String
        var address: String
    }

    private struct Pinned {
        var client: HTTPClient
        var users = 0
        var lastUse = 0
    }

    private struct State {
        var clients: [Key: Pinned] = [:]
        var uses = 0
    }

    private let state = Mutex(State())

    deinit {
        for pinned in state.withLock({ $0.clients }).values { Task { try? await pinned.client.shutdown() } }
    }

    /// Clients that are kept while no request uses them.
    private static let mostIdle = 16

    /// Runs `work` with a client that connects to `address` whenever `host` is requested.
    func with<Value>(
        _ host: String, at address: IPAddress, _ work: (HTTPClient) async throws -> Value
    ) async throws -> Value {
        let key = Key(host: host, address: address.text)
        let client = state.withLock { state in
            var pinned = state.clients[key] ?? Pinned(client: Self.client(host, at: address))
            pinned.users += 1
            state.clients[key] = pinned
            return pinned.client
        }
        do {
            let value = try await work(client)
            await release(key)
            return value
        } catch {
            await release(key)
            throw error
        }
    }

    /// Closes every connection. No request may be under way, and none may follow.
    func shutDown() async {
        let all = state.withLock { state in
            defer { state.clients = [:] }
            return state.clients.values.map(\.client)
        }
        for client in all { try? await client.shutdown() }
    }

    private func release(_ key: Key) async {
        let surplus = state.withLock { state -> HTTPClient? in
            state.uses += 1
            state.clients[key]?.users -= 1
            state.clients[key]?.lastUse = state.uses
            let idle = state.clients.filter { $0.value.users == 0 }
            guard idle.count > Self.mostIdle, let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
                return nil
            }
            return state.clients.removeValue(forKey: oldest.key)?.client
        }
        try? await surplus?.shutdown()
    }

    /// A client without redirects, proxy, second HTTP version and retries of its own.
    private static func client(_ host: String, at address: IPAddress) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = .seconds(5)
        configuration.connectionPool.idleTimeout = .seconds(10)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.dnsOverride = [host: address.text]
        return HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }
}
