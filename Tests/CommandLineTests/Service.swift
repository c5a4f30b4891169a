import Foundation
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A running `clipcheck serve`, which ends with the test.
final class Service: Sendable {
    private let running: RunningCommand

    /// Starts the service on any free port, unless the arguments name one.
    ///
    /// - Parameter descriptors: soft and hard limit of descriptors; nil means the limits of the test process.
    init(
        _ arguments: [String] = [], data: String, in folder: URL? = nil, environment: [String: String] = [:],
        descriptors: (soft: Int, hard: Int)? = nil
    ) throws {
        let port = arguments.contains { $0.hasPrefix("--port") } ? [] : ["--port", "0"]
        let all = ["serve", "--data", data] + port + arguments
        guard let descriptors else {
            running = try RunningCommand(Command(Binary.path, all, environment: environment, in: folder))
            return
        }
        let script = "ulimit -Sn \(descriptors.soft) && ulimit -Hn \(descriptors.hard) && exec \"$0\" \"$@\""
        running = try RunningCommand(
            Command("/bin/sh", ["-c", script, Binary.path] + all, environment: environment, in: folder))
    }

    /// The service's standard output so far.
    var printed: String { String(decoding: running.written("output"), as: UTF8.self) }
    /// The service's standard error so far.
    var log: String { String(decoding: running.written("errors"), as: UTF8.self) }

    /// Address of the service; waits until the service has printed it.
    func address() async throws -> String {
        let end = ContinuousClock.now + Patience.limit
        while ContinuousClock.now < end {
            if let match = try /page:\s+(http:\S+)\/\n/.firstMatch(in: printed), printed.contains("/v1/entries\n") {
                return String(match.1)
            }
            try #require(running.isRunning, "\(log)")
            try await Task.sleep(for: .milliseconds(10))
        }
        throw POSIXError(.ETIMEDOUT)
    }

    /// The curl command that the service printed.
    func curlLine() throws -> String { String(try #require(try /curl .*/.firstMatch(in: printed)).0) }

    /// Output and exit code when the service ends by itself; nil when it hangs.
    func ends() async -> Outcome? {
        let end = ContinuousClock.now + Patience.limit
        while running.isRunning, ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(10)) }
        return running.isRunning ? nil : running.outcome
    }

    /// Sends a signal to the service and waits for its end.
    func stop(_ signal: Int32 = SIGTERM) async -> Outcome? {
        running.signal(signal)
        return await ends()
    }
}

/// Fetches an address, and returns status and body.
func fetch(_ address: String) async throws -> (status: Int, body: String) {
    var request = URLRequest(url: try #require(URL(string: address)))
    request.timeoutInterval = 60
    let (data, response) = try await URLSession.shared.data(for: request)
    return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
}
