import EntryIntake
import HTTPTypes
import Testing

@testable import EntryServer

@Suite("ServiceObserver")
struct ServiceObserverTests {
    @Test("A failure of background work writes one log line with code, cause and entry, and is counted")
    func failure() async throws {
        let service = try TestService()
        service.server.observer.failed(
            BackgroundFailure(.contentCheck, .storageFailed("write: Input/output error"), entry: "0123"))
        let lines = service.log.lines.filter { $0.contains("storage-failed") }
        #expect(lines.count == 1)
        for part in ["cause=write: Input/output error", "entry=0123", "work=content-check"] {
            #expect(lines.first?.contains(part) == true, "\(lines)")
        }
        let metrics = try await service.send(.get, "/metrics").text
        #expect(metrics.contains("\nclipcheck_background_failures_total{work=\"content-check\"} 1\n"))
    }

    @Test("Background work that is given up writes one log line with the entry, and is counted")
    func givenUp() async throws {
        let service = try TestService()
        service.server.observer.gaveUp(.backlog, onEntry: "0123")
        let lines = service.log.lines.filter { $0.hasPrefix("given-up ") }
        #expect(lines.count == 1)
        #expect(lines.first?.contains("entry=0123") == true)
        let metrics = try await service.send(.get, "/metrics").text
        #expect(metrics.contains("\nclipcheck_given_up_total{work=\"backlog\"} 1\n"))
    }

    @Test("Attempts to deliver to a webhook target are counted by outcome")
    func attempts() async throws {
        let service = try TestService()
        for outcome in [WebhookOutcome.delivered, .retry, .delivered] { service.server.observer.attempted(outcome) }
        let metrics = try await service.send(.get, "/metrics").text
        for (outcome, count) in [("delivered", 2), ("retry", 1), ("dead", 0), ("refused", 0)] {
            #expect(metrics.contains("\nclipcheck_webhooks_total{outcome=\"\(outcome)\"} \(count)\n"))
        }
    }
}
