import EntryIntake
import EntryStore
import HTTPTypes
import TestSupport
import Testing

@testable import EntryServer

@Suite("The id of a request")
struct RequestIdentityTests {
    private static let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test(
        "A client's own `X-Request-ID` is kept when it is short and plain, else the service makes one",
        arguments: [
            ("a", true), ("A.b_c-9", true), (String(repeating: "x", count: 64), true),
            (String(repeating: "x", count: 65), false), ("a b", false), ("a\"b", false), ("a,b", false), ("编号", false),
            ("a=b", false), ("é", false), ("", false),
        ])
    func accepted(named: String, isKept: Bool) {
        var headers = HTTPFields()
        headers[.requestID] = named
        let identity = RequestIdentity(headers)
        #expect((identity.id == named) == isKept)
        #expect(isKept || identity.id.wholeMatch(of: /[0-9a-f]{32}/) != nil)
    }

    @Test("Of two `X-Request-ID` neither is kept")
    func twice() {
        var headers = HTTPFields()
        headers[values: .requestID] = ["a", "b"]
        #expect(RequestIdentity(headers).id.count == 32)
    }

    @Test(
        "One id stands in the header, the problem and the log line of a request",
        arguments: [nil, "portal-4711"] as [String?])
    func everywhere(named: String?) async throws {
        let service = try TestService()
        var headers = HTTPFields()
        headers[.requestID] = named
        let answer = try await service.send(.get, "/v1/entries/x", headers)
        let id = try #require(answer.headers[.requestID])
        #expect(named == nil || id == named)
        try answer.expectProblem(404, "entry-unknown")
        #expect(try answer.json["requestId"]?.string == id)
        #expect(service.log.requests.count == 1)
        #expect(service.log.requests.first?.contains("requestId=\(id)") == true)
        #expect(service.log.lines.allSatisfy { !$0.contains("hb.request.id") })
    }

    @Test("Two requests get different ids, and an answer without a problem names its id, too")
    func different() async throws {
        let service = try TestService()
        let first = try await service.send(.get, "/healthz").headers[.requestID]
        let second = try await service.send(.get, "/healthz").headers[.requestID]
        #expect(first?.count == 32 && second?.count == 32 && first != second)
    }

    @Test(
        "Answers that no route makes name the id of their request: tus without its version, a wrong method, no such address",
        arguments: [
            (HTTPRequest.Method.post, "/v1/uploads", "x"), (.post, "/healthz", "x"), (.get, "/nowhere", "x"),
        ])
    func early(method: HTTPRequest.Method, uri: String, id: String) async throws {
        let answer = try await TestService().send(method, uri, [.requestID: id])
        #expect(answer.status >= 400)
        #expect(answer.headers[.requestID] == id)
        #expect(try answer.json["requestId"]?.string == id)
    }

    @Test("A valid `traceparent` is taken over: its trace stands in the log and in the answer, with a span of its own")
    func traced() async throws {
        let service = try TestService()
        let answer = try await service.send(.get, "/healthz", [.traceparent: Self.traceparent])
        let passed = try #require(answer.headers[.traceparent])
        let parts = passed.split(separator: "-").map(String.init)
        #expect(parts.count == 4 && parts[0] == "00" && parts[3] == "01")
        #expect(parts[1] == "0af7651916cd43dd8448eb211c80319c")
        #expect(parts[2] != "b7ad6b7169203331")
        #expect(service.log.requests.first?.contains("traceId=0af7651916cd43dd8448eb211c80319c") == true)
    }

    @Test("A webhook names the trace of the request behind its event, as the answer did")
    func tracedWebhook() async throws {
        let service = try TestService()
        let registry = try WebhookRegistry(folder: service.outside.path("data"))
        try #require(try registry.add(url: "https://a.cn/hooks", at: WallClock.whileOpen.now()) != nil)
        let form = Form(.field("contest", "xian-2024"), .media("a.mp4", Clip.short))
        let created = try await service.send(.post, "/v1/entries", form: form, [.traceparent: Self.traceparent])
        let passed = try #require(created.headers[.traceparent])
        _ = try await service.send(.delete, try #require(created.headers[.location]))
        let kept = try registry.deliveries().map { "\($0.event.rawValue) \($0.traceparent ?? "none")" }
        #expect(
            Set(kept) == ["entry.created \(passed)", "report.completed \(passed)", "entry.deleted none"])
    }

    @Test("An invalid `traceparent` is ignored", arguments: ["00-0-0-00", "nonsense"])
    func untraced(value: String) async throws {
        let service = try TestService()
        let answer = try await service.send(.get, "/healthz", [.traceparent: value])
        #expect(answer.status == 200)
        #expect(answer.headers[.traceparent] == nil)
        #expect(service.log.lines.allSatisfy { !$0.contains("traceId") })
    }
}
