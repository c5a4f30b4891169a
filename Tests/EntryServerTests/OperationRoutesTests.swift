import Hummingbird
import Testing

@Suite("OperationRoutes")
struct OperationRoutesTests {
    @Test(
        "`/healthz` and `/readyz` say that the service lives and is ready",
        arguments: [("/healthz", "ok"), ("/readyz", "ready")])
    func health(uri: String, status: WireValue) async throws {
        let answer = try await TestService().send(.get, uri)
        #expect(answer.status == 200)
        #expect(try answer.json == ["status": status])
    }

    @Test(
        "`/` and `/openapi.json` are resources of the binary",
        arguments: [
            ("/", "text/html; charset=utf-8", "<!doctype html>"), ("/openapi.json", "application/json", "\"openapi\""),
        ])
    func assets(uri: String, type: String, content: String) async throws {
        let answer = try await TestService().send(.get, uri)
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == type)
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
        #expect(answer.text.contains(content))
    }

    @Test("`/metrics` counts requests by route, never by address, and reports by verdict")
    func metrics() async throws {
        let service = try TestService()
        let id = try await service.submit()["id"]?.string ?? ""
        for _ in 0..<3 { _ = try await service.send(.get, "/v1/entries/\(id)") }
        _ = try await service.send(.get, "/v1/entries/x")
        _ = try await service.send(.get, "/nowhere/\(id)")
        _ = try await service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.compliant)
        let answer = try await service.send(.get, "/metrics")
        #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        let lines = answer.text.split(separator: "\n").map(String.init)
        for line in [
            #"clipcheck_requests_total{method="GET",route="/v1/entries/{id}",status="200"} 3"#,
            #"clipcheck_requests_total{method="GET",route="/v1/entries/{id}",status="404"} 1"#,
            #"clipcheck_requests_total{method="POST",route="/v1/entries",status="201"} 1"#,
            #"clipcheck_request_duration_seconds_count{method="GET",route="/v1/entries/{id}"} 4"#,
            #"clipcheck_reports_total{contest="xian-2024",verdict="compliant"} 1"#,
            #"clipcheck_reports_total{contest="xian-2024",verdict="non-compliant"} 1"#,
        ] {
            #expect(lines.contains(line), "\(line) in \(answer.text)")
        }
        #expect(!answer.text.contains(id))
    }

    @Test("The access log has one line for each request")
    func log() async throws {
        let service = try TestService()
        _ = try await service.send(.get, "/healthz")
        _ = try await service.send(.get, "/v1/entries/x")
        let lines = service.log.requests
        #expect(lines.count == 2)
        #expect(lines.first?.contains("status=200") == true)
        #expect(lines.last?.contains("status=404") == true)
        #expect(lines.last?.contains("route=/v1/entries/{id}") == true)
    }
}
