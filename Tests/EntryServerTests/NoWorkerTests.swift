import EntryIntake
import Hummingbird
import MediaFacts
import TestSupport
import Testing

/// A prober that reads no file: it returns sample facts, or fails because no worker can start.
struct StartlessProber: MediaProbing {
    /// On while probes fail because no worker can start.
    let isBroken = Switch()

    var libraryVersions: [String: String] { ["libavformat": "0"] }

    func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile {
        try await checkReaderStarts()
        return ExaminedFile(.sample(bytes: file.bytes, width: 1080, height: 1920))
    }

    func checkReaderStarts() async throws(ProbeError) {
        if isBroken.isOn { throw ProbeError(.noWorker, LocalizedText(zh: "无法启动，请重试。", en: "None starts. Try again.")) }
    }
}

@Suite("While no worker can start", .timeLimit(.minutes(10)))
struct NoWorkerTests {
    private let prober = StartlessProber()
    private let service: TestService

    init() throws { service = try TestService(prober: prober) }

    private func check() async throws -> Answer {
        try await service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.compliant)
    }

    @Test("`POST /v1/checks` answers with a report that is undetermined, with the reason `no-worker`")
    func checks() async throws {
        prober.isBroken.turn(on: true)
        let answer = try await check()
        #expect(answer.status == 200)
        let readable = try answer.json["findings"]?.elements.first { $0["rule"] == "readable" }
        #expect(readable?["outcome"] == "undetermined")
        #expect(readable?["reason"] == "no-worker")
        #expect(readable?["message"]?["en"] == "None starts. Try again.")
        #expect(try answer.json["verdict"] == "needs-review")
        prober.isBroken.turn(on: false)
        #expect(try await check().json["verdict"] == "compliant")
    }

    @Test("`GET /readyz` answers 503 `no-worker` after a reading without a worker, until one starts again")
    func readiness() async throws {
        #expect(try await service.send(.get, "/readyz").status == 200)
        prober.isBroken.turn(on: true)
        #expect(try await service.send(.get, "/readyz").status == 200, "no reading has failed so far")
        _ = try await check()
        for _ in 0..<2 {
            let answer = try await service.send(.get, "/readyz")
            try answer.expectProblem(503, "no-worker")
            #expect(answer.headers[.retryAfter] == "30")
        }
        prober.isBroken.turn(on: false)
        #expect(try await service.send(.get, "/readyz").status == 200)
    }

    @Test("An entry that arrives whole is kept without a report, and a second check of it answers 503 `no-worker`")
    func entries() async throws {
        prober.isBroken.turn(on: true)
        let entry = try await service.submit()
        #expect(entry["report"] == .null)
        let uri = "/v1/entries/\(entry["id"]?.string ?? "")"
        try await service.send(.get, "\(uri)/report").expectProblem(409, "report-pending")
        try await service.send(.post, "\(uri)/checks").expectProblem(503, "no-worker")
        prober.isBroken.turn(on: false)
        #expect(try await service.send(.post, "\(uri)/checks").status == 201)
        #expect(try await service.send(.get, "\(uri)/report").json["verdict"] == "compliant")
    }

    @Test("The backlog's third attempt gives a report of the reason `no-worker`, and a later check replaces it")
    func backlog() async throws {
        prober.isBroken.turn(on: true)
        let id = try #require(try await service.submit()["id"]?.string)
        let work = Task { await service.intake.workOffBacklog() }
        var report = try await service.send(.get, "/v1/entries/\(id)/report")
        for _ in 0..<1000 where report.status != 200 {
            try await Task.sleep(for: .milliseconds(10))
            report = try await service.send(.get, "/v1/entries/\(id)/report")
        }
        work.cancel()
        #expect(try report.json["findings"]?.elements.first { $0["rule"] == "readable" }?["reason"] == "no-worker")
        prober.isBroken.turn(on: false)
        #expect(try await service.send(.post, "/v1/entries/\(id)/checks").status == 201)
        #expect(try await service.send(.get, "/v1/entries/\(id)/report").json["verdict"] == "compliant")
    }
}
