import Foundation
import Hummingbird
import TestSupport
import Testing

@testable import EntryServer

@Suite("The number of form fields", .timeLimit(.minutes(10)))
struct FieldCountTests {
    private static let json: HTTPFields = [.contentType: "application/json"]

    private static func object(_ count: Int, contest: String? = nil) -> [UInt8] {
        let fields = (0..<count).map { "\"f\($0)\": \"a:\\\"b\"" }.joined(separator: ", ")
        return Array("{\(contest.map { "\"contest\": \"\($0)\", " } ?? "")\"fields\": {\(fields)}}".utf8)
    }

    @Test("A form of 256 fields is refused for their names, one of 257 for their number, in JSON and as multipart")
    func number() async throws {
        let service = try TestService()
        let id = try await service.submit()["id"]?.string ?? ""
        for (count, status, code) in [(256, 422, "field-unknown"), (257, 413, "fields-too-many")] {
            try await service.send(.post, "/v1/entries", Self.json, body: Self.object(count, contest: "xian-2024"))
                .expectProblem(status, code)
            try await service.send(.post, "/v1/entries?contest=xian-2024", Self.json, body: Self.object(count))
                .expectProblem(status, code)
            try await service.send(.put, "/v1/entries/\(id)/fields", Self.json, body: Self.object(count))
                .expectProblem(status, code)
            let parts = [Form.Part.field("contest", "xian-2024")] + (0..<count).map { .field("f\($0)", "") }
            try await service.send(.post, "/v1/entries", form: Form(parts + [.media("a.mp4", Clip.short)]))
                .expectProblem(status, code)
        }
    }

    @Test("Metadata of an upload may have `mostFields` fields")
    func metadata() async throws {
        let service = try TestService(mostFields: 2)
        var metadata = ["contest": "xian-2024", "filename": "a.mp4", "x1": "", "x2": ""]
        #expect(try await service.tus(.post, "/v1/uploads", Tus.creation(9, metadata)).status == 201)
        metadata["x3"] = ""
        try await service.tus(.post, "/v1/uploads", Tus.creation(9, metadata)).expectProblem(413, "fields-too-many")
    }

    @Test("A JSON form of 60,000 fields is refused, not decoded for minutes")
    func many() async throws {
        let service = try TestService()
        let body = Self.object(60_000, contest: "xian-2024")
        #expect(body.count > 1 << 20, "beyond the bytes of a form")
        let short = Array("{\"fields\": {\((0..<60_000).map { "\"\($0)\": \"\"" }.joined(separator: ","))}}".utf8)
        #expect(short.count < 1 << 20)
        var least = Duration.seconds(60)
        // The least of several times counts, because other tests run at the same time.
        for _ in 0..<5 {
            let start = ContinuousClock.now
            try await service.send(.post, "/v1/entries", Self.json, body: short).expectProblem(413, "fields-too-many")
            least = min(least, ContinuousClock.now - start)
        }
        #expect(least < .seconds(10))
        try await service.send(.post, "/v1/entries", Self.json, body: body).expectProblem(413, "fields-too-large")
    }

    @Test(
        "`JSONMembers` counts the members of all objects, and no colon of a string",
        arguments: [
            (#"{}"#, 0), (#"{"a": 1}"#, 1), (#"{"a": {"b": 1}, "c": [{"d": ":::"}]}"#, 4), (#"{"\":\\": ":\""}"#, 1),
        ])
    func members(text: String, count: Int) {
        #expect(JSONMembers.areAtMost(count, in: Array(text.utf8)))
        #expect(count == 0 || !JSONMembers.areAtMost(count - 1, in: Array(text.utf8)))
    }
}
