import Hummingbird
import Testing

@Suite("POST /v1/checks")
struct CheckRoutesTests {
    /// A clip and the verdict of xian-2024 on it.
    struct Case: Sendable, CustomTestStringConvertible {
        var clip: String
        var verdict: WireValue
        /// Outcome and reason of the rule `readable`.
        var readable: WireValue
        var reason: WireValue

        var testDescription: String { clip }
    }

    static let cases = [
        Case(clip: Clip.compliantName, verdict: "compliant", readable: "pass", reason: nil),
        Case(clip: "short.mp4", verdict: "non-compliant", readable: "pass", reason: nil),
        Case(clip: "mirrored-90.mp4", verdict: "needs-review", readable: "pass", reason: nil),
        Case(clip: "empty.mp4", verdict: "non-compliant", readable: "fail", reason: "empty"),
        Case(clip: "text-named.mp4", verdict: "non-compliant", readable: "fail", reason: "not-media"),
        Case(clip: "zeros.mp4", verdict: "non-compliant", readable: "fail", reason: "not-media"),
        Case(clip: "no-moov.mp4", verdict: "non-compliant", readable: "fail", reason: "damaged"),
    ]

    static let reportKeys: Set<String> = [
        "schema", "id", "createdAt", "verdict", "contest", "media", "facts", "findings", "checklist", "tool",
        "limits", "signature",
    ]

    @Test("`POST /v1/checks` answers a raw body with 200 and a report, and keeps nothing", arguments: cases)
    func raw(clip: Case) async throws {
        let service = try TestService()
        let name = clip.clip.percentEncoded
        let answer = try await service.send(
            .post, "/v1/checks?contest=xian-2024&filename=\(name)", [.contentType: "video/mp4"],
            body: Clip.bytes(clip.clip))
        try expect(answer, clip)
        try await service.expectEmpty()
    }

    @Test("`POST /v1/checks` answers a form with 200 and a report, and keeps nothing", arguments: cases)
    func form(clip: Case) async throws {
        let service = try TestService()
        let form = Form(.field("contest", "xian-2024"), .media(clip.clip, Clip.bytes(clip.clip)))
        try expect(try await service.send(.post, "/v1/checks", form: form), clip)
        try await service.expectEmpty()
    }

    @Test(
        "`POST /v1/checks` takes a raw body of any video type, of application/octet-stream and of no type",
        arguments: [
            "video/mp4", "video/x-msvideo", "VIDEO/MP4", "video/mp4; codecs=\"avc1\"", "application/octet-stream", nil,
        ])
    func types(type: String?) async throws {
        var headers: HTTPFields = [:]
        headers[.contentType] = type
        let answer = try await TestService().send(
            .post, "/v1/checks?contest=xian-2024", headers, body: Clip.compliant)
        #expect(answer.status == 200)
        #expect(try answer.json["verdict"] == "compliant")
        #expect(try answer.json["media"]?["filename"] == .null)
    }

    @Test("`POST /v1/checks` takes a form whose boundary is quoted and whose type is in capitals")
    func boundary() async throws {
        let form = Form(.media("a.mp4", Clip.compliant))
        let answer = try await TestService().send(
            .post, "/v1/checks?contest=xian-2024",
            [.contentType: "Multipart/Form-Data; Boundary=\"\(Form.boundary)\""], body: form.bytes)
        #expect(answer.status == 200)
    }

    @Test("`POST /v1/checks` judges by the contest in the address when the form names another")
    func contestInAddress() async throws {
        let form = Form(.field("contest", "weifang-2023"), .media("a.mp4", Clip.compliant))
        let report = try await TestService().send(.post, "/v1/checks?contest=xian-2024", form: form).json
        #expect(report["contest"]?["id"] == "xian-2024")
    }

    @Test("`POST /v1/checks` gives eight requests with one file the same findings")
    func repeated() async throws {
        let service = try TestService()
        let findings = try await withThrowingTaskGroup(of: WireValue?.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.compliant).json["findings"]
                }
            }
            return try await group.reduce(into: Set<WireValue?>()) { $0.insert($1) }
        }
        #expect(findings.count == 1)
        try await service.expectEmpty()
    }

    private func expect(_ answer: Answer, _ clip: Case) throws {
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        let report = try answer.json
        #expect(report.keys == Self.reportKeys)
        #expect(report["schema"] == "clipcheck.report/1")
        #expect(report["verdict"] == clip.verdict)
        #expect(report["contest"]?.keys == ["id", "revision", "digest"])
        #expect(report["media"]?["filename"] == .text(clip.clip))
        #expect(report["media"]?["bytes"] == .number(Double(Clip.bytes(clip.clip).count)))
        #expect(report["media"]?["sha256"] == .text(Clip.bytes(clip.clip).sha256))
        #expect(report.finding("readable")?["outcome"] == clip.readable)
        #expect(report.finding("readable")?["reason"] == clip.reason)
        #expect((report["facts"] == .null) == (clip.readable != "pass"))
    }
}
