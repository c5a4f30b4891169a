import Hummingbird
import Testing

@testable import EntryServer

@Suite("A method that an address does not take")
struct MethodTests {
    @Test(
        "A method that an address does not take is answered 405, and `Allow` names the methods that it takes",
        arguments: [
            ("PUT", "/v1/entries", "GET, HEAD, POST"), ("DELETE", "/v1/contests", "GET, HEAD"),
            ("PATCH", "/v1/entries/01234567-89ab-cdef-0123-456789abcdef", "DELETE, GET, HEAD"),
            ("GET", "/v1/entries/x/signoffs", "POST"), ("GET", "/v1/checks", "POST"), ("POST", "/healthz", "GET, HEAD"),
            ("POST", "/", "GET, HEAD"), ("BREW", "/v1/entries", "GET, HEAD, POST"),
        ])
    func refused(method: String, path: String, allow: String) async throws {
        let method = try #require(HTTPRequest.Method(method))
        let answer = try await TestService().send(method, path)
        try answer.expectProblem(405, "method-not-allowed")
        #expect(answer.headers[.allow] == allow)
    }

    @Test(
        "A request to an unknown address is answered 404 `route-unknown`, whatever the method",
        arguments: ["/v1/nothing", "/v1/entries/a/b/c/d", "/v2/entries"])
    func unknown(path: String) async throws {
        try await TestService().send(.put, path).expectProblem(404, "route-unknown")
    }
}
