import ContestRules
import EntryIntake
import Foundation
import Hummingbird
import HummingbirdTesting
import MediaFacts
import MediaProbe
import TestSupport
import Testing

@testable import EntryServer

@Suite("An entry whose content is checked in the background", .timeLimit(.minutes(5)))
struct EvidenceRoutesTests {
    private static let checkKeys: Set<String> = [
        "schema", "id", "entry", "createdAt", "state", "attempts", "atMilliseconds", "ofMilliseconds", "report",
        "verdict",
    ]

    private static func service(prober: any MediaProbing = InProcessProber()) throws -> TestService {
        try TestService(prober: prober, contests: [.content()])
    }

    /// Submits a clip; returns the entry in the answer, its id and the address of its check.
    private static func submit(_ service: TestService) async throws -> (entry: WireValue, id: String, check: String) {
        let form = Form(.field("contest", "content"), .media("作品.mp4", Clip.compliant))
        let answer = try await service.send(.post, "/v1/entries", form: form)
        #expect(answer.status == 201)
        let entry = try answer.json
        return (entry, try #require(entry["id"]?.string), try #require(entry["check"]?.string))
    }

    /// Runs waiting checks until the check at `address` is done, and returns that check; throws after 30 seconds.
    private static func workOff(_ service: TestService, _ address: String) async throws -> WireValue {
        let work = Task { await service.intake.workOffChecks() }
        defer { work.cancel() }
        for _ in 0..<3000 {
            let check = try await service.send(.get, address).json
            if check["state"] == "done" { return check }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw NotDone()
    }

    private struct NotDone: Error {}

    @Test("`POST /v1/entries` answers before the content check, with pending findings and the check's address")
    func answer() async throws {
        let service = try Self.service()
        let (entry, id, address) = try await Self.submit(service)
        let report = try #require(entry["report"])
        #expect(report["verdict"] == "needs-review")
        #expect(report.finding("readable")?["outcome"] == "pass")
        for rule in ["decodable", "freeze"] { #expect(report.finding(rule)?["outcome"] == "pending") }
        #expect(entry["standing"] == "open")
        #expect(address == "/v1/entries/\(id)/checks/\(report["id"]?.string ?? "")")
        let check = try await service.send(.get, address).json
        #expect(check.keys == Self.checkKeys)
        #expect(check["schema"] == "clipcheck.check/1")
        #expect(check["state"] == "waiting")
        #expect(check["attempts"] == 0)
        #expect(check["report"] == .null)
        #expect(check["ofMilliseconds"] == .null, "nothing decodes yet")
        let page = try await service.send(.get, "/v1/entries/\(id)/report", [.accept: "text/html"])
        #expect(page.headers[.init("Refresh")!] == "5", "the page shows by itself what comes of it")
    }

    @Test("A content check adds a second report, whose stills have addresses and stand in its page")
    func completed() async throws {
        let service = try Self.service()
        let (first, id, address) = try await Self.submit(service)
        let check = try await Self.workOff(service, address)
        let entry = try await service.send(.get, "/v1/entries/\(id)").json
        let report = try #require(entry["report"])
        #expect(check["report"]?.string == "/v1/entries/\(id)/reports/\(report["id"]?.string ?? "")")
        #expect(check["verdict"] == report["verdict"])
        #expect(report["id"] != first["report"]?["id"])
        #expect(report.finding("decodable")?["outcome"] == "pass")
        #expect(entry["check"] == .null)
        let list = try await service.send(.get, "/v1/entries/\(id)/evidence").json
        #expect(list["schema"] == "clipcheck.evidence/1")
        #expect(list["report"] == report["id"])
        let stills = try #require(list["stills"]?.elements)
        #expect(!stills.isEmpty)
        #expect(stills.compactMap { $0["name"] } == report["stills"]?.elements.compactMap { $0["name"] })
        for still in stills {
            let answer = try await service.send(.get, try #require(still["address"]?.string))
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "image/jpeg")
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.body.starts(with: [0xff, 0xd8, 0xff]))
        }
        let line = try await service.send(.get, try #require(list["timeline"]?.string), [.acceptLanguage: "en"])
        #expect(line.headers[.contentType] == "image/svg+xml")
        #expect(line.text == "time line in en of \(report["id"]?.string ?? "")")
        let page = try await service.send(.get, "/v1/entries/\(id)/report", [.accept: "text/html"])
        #expect(page.text.contains("with \(stills.count) pictures"))
        #expect(page.headers[.init("Refresh")!] == nil)
    }

    @Test("The first report stays readable after the content check, and has no stills")
    func olderReport() async throws {
        let service = try Self.service()
        let (first, id, address) = try await Self.submit(service)
        _ = try await Self.workOff(service, address)
        let old = try #require(first["report"]?["id"]?.string)
        #expect(try await service.send(.get, "/v1/entries/\(id)/reports/\(old)").json["verdict"] == "needs-review")
        let name = "still-0.jpg"
        #expect(try await service.send(.get, "/v1/entries/\(id)/evidence/\(name)").status == 200)
        try await service.send(.get, "/v1/entries/\(id)/evidence/\(name)?report=\(old)")
            .expectProblem(404, "evidence-unknown")
        try await service.send(.get, "/v1/entries/\(id)/evidence/\(name)?report=other")
            .expectProblem(404, "report-unknown")
    }

    @Test(
        "Evidence, checks and entries that do not exist are answered 404",
        arguments: ["evidence/still-1.jpg", "evidence/..%2f..%2fclipcheck.sqlite"])
    func unknownEvidence(address: String) async throws {
        let service = try Self.service()
        let (_, id, check) = try await Self.submit(service)
        _ = try await Self.workOff(service, check)
        try await service.send(.get, "/v1/entries/\(id)/\(address)").expectProblem(404, "evidence-unknown")
        try await service.send(.get, "/v1/entries/\(id)/checks/\(id)").expectProblem(404, "check-unknown")
        let other = "00000000-0000-0000-0000-000000000000"
        try await service.send(.get, "/v1/entries/\(other)/evidence").expectProblem(404, "entry-unknown")
    }

    @Test("The events of a content check can be followed to its end")
    func events() async throws {
        let service = try Self.service()
        let (_, _, address) = try await Self.submit(service)
        let work = Task { await service.intake.workOffChecks() }
        defer { work.cancel() }
        var answer = try await service.send(.get, address, [.accept: "text/event-stream"])
        // A stream of events ends after some seconds. On a busy machine the check takes longer, and the client asks for
        // another stream, as browsers do.
        for _ in 0..<20 where !answer.text.contains("event: done") {
            answer = try await service.send(.get, address, [.accept: "text/event-stream"])
        }
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "text/event-stream")
        let events = answer.text.components(separatedBy: "\n\n").filter { $0.hasPrefix("event: ") }
        #expect(events.last?.hasPrefix("event: done\nid: done\ndata: {") == true)
        #expect(events.dropLast().allSatisfy { $0.hasPrefix("event: progress\ndata: {") })
        let data = try #require(events.last).split(separator: "\n").dropFirst(2).map { $0.dropFirst("data: ".count) }
        let last = try WireValue(Array(data.joined(separator: "\n").utf8))
        #expect(last.keys == Self.checkKeys)
        #expect(last["state"] == "done")
        #expect(last["verdict"] != .null)
        let again = try await service.send(
            .get, address, [.accept: "text/event-stream", .init("Last-Event-ID")!: "done"])
        #expect(again.status == 204, "a browser that comes back is told to stop")
    }

    @Test("A stream of events about a check that never runs ends by itself", .timeLimit(.minutes(10)))
    func endlessCheck() async throws {
        let service = try Self.service()
        let (_, _, address) = try await Self.submit(service)
        let answer = try await service.send(.get, address, [.accept: "text/event-stream"])
        #expect(answer.status == 200)
        #expect(answer.text.hasPrefix("retry: 1000\n\nevent: progress\ndata: {"))
        #expect(!answer.text.contains("event: done"))
        #expect(EvidenceRoutes.longestStream < ServerSettings(mostBodyBytes: 1).idleTimeout)
    }

    @Test("A second check of the same media joins the waiting content check and answers with its address")
    func recheck() async throws {
        let service = try Self.service()
        let (_, id, first) = try await Self.submit(service)
        for _ in 0..<3 {
            let answer = try await service.send(.post, "/v1/entries/\(id)/checks")
            #expect(answer.status == 201 && answer.headers[.location] == first)
            #expect(try answer.json["check"]?.string == first)
        }
        #expect(try await service.send(.get, first).json["state"] == "waiting")
        _ = try await Self.workOff(service, first)
        #expect(try await service.send(.get, "/v1/entries/\(id)/reports").json["reports"]?.elements.count == 2)
    }

    @Test("A content check continues after the service has started again")
    func restart() async throws {
        let folder = try LastingFolder()
        let contests = [try Contest.content()]
        let form = Form(.field("contest", "content"), .media("作品.mp4", Clip.compliant))
        let type: HTTPFields = [.contentType: "multipart/form-data; boundary=\(Form.boundary)"]
        var address = ""
        do {
            let service = try folder.open(contests: contests)
            let entry = try await service.send(.post, "/v1/entries", type, body: form.bytes).json
            address = try #require(entry["check"]?.string)
        }
        let service = try folder.open(contests: contests)
        #expect(try await service.send(.get, address).json["state"] == "waiting")
        let work = Task { [intake = service.intake] in await intake.workOffChecks() }
        var state: WireValue?
        for _ in 0..<3000 where state != "done" {
            state = try await service.send(.get, address).json["state"]
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(state == "done")
        work.cancel()
        await work.value
    }
}

@Suite("POST /v1/checks?depth=")
struct CheckDepthTests {
    @Test(
        "`POST /v1/checks` decodes the content with the depths standard and full, and not with quick",
        arguments: [("quick", "undetermined"), ("standard", "pass"), ("full", "pass")])
    func depth(depth: String, outcome: String) async throws {
        let service = try TestService(contests: [.content()])
        let report = try await service.send(
            .post, "/v1/checks?contest=content&depth=\(depth)", [.contentType: "video/mp4"], body: Clip.compliant
        ).json
        #expect(report.finding("decodable")?["outcome"]?.string == outcome)
        #expect(report["stills"] == nil, "nothing is kept, so no picture can be fetched")
    }

    @Test("`POST /v1/checks` refuses an unknown depth")
    func unknown() async throws {
        let service = try TestService(contests: [.content()])
        try await service.send(
            .post, "/v1/checks?contest=content&depth=deep", [.contentType: "video/mp4"], body: Clip.compliant
        ).expectProblem(400, "depth-unknown")
    }
}
