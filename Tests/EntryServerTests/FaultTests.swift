import EntryIntake
import Hummingbird
import MediaFacts
import Testing

@Suite("Faults of the store, the queue and the limits")
struct FaultTests {
    private static let json: HTTPFields = [.contentType: "application/json"]

    /// A step of the store that fails, and a request that needs it.
    struct Fault: Sendable, CustomTestStringConvertible {
        var step: Faults.Step
        var method: HTTPRequest.Method
        /// The address of the request, in which `{id}` is replaced by the id of an existing entry.
        var uri: String
        var isForm = false

        var testDescription: String { "\(step): \(method) \(uri)" }
    }

    static let faults = [
        Fault(step: .stage, method: .post, uri: "/v1/checks?contest=xian-2024"),
        Fault(step: .write, method: .post, uri: "/v1/checks?contest=xian-2024"),
        Fault(step: .finish, method: .post, uri: "/v1/checks?contest=xian-2024"),
        Fault(step: .stage, method: .post, uri: "/v1/entries?contest=xian-2024", isForm: true),
        Fault(step: .write, method: .post, uri: "/v1/entries?contest=xian-2024", isForm: true),
        Fault(step: .finish, method: .post, uri: "/v1/entries?contest=xian-2024", isForm: true),
        Fault(step: .arrive, method: .post, uri: "/v1/entries?contest=xian-2024", isForm: true),
        Fault(step: .write, method: .put, uri: "/v1/entries/{id}/media"),
        Fault(step: .replaceMedia, method: .put, uri: "/v1/entries/{id}/media"),
        Fault(step: .check, method: .post, uri: "/v1/entries/{id}/checks"),
        Fault(step: .open, method: .post, uri: "/v1/entries/{id}/checks"),
        Fault(step: .open, method: .get, uri: "/v1/entries/{id}/media"),
        Fault(step: .entry, method: .get, uri: "/v1/entries/{id}"),
        Fault(step: .entry, method: .get, uri: "/v1/entries/{id}/report"),
        Fault(step: .entries, method: .get, uri: "/v1/entries"),
        Fault(step: .delete, method: .delete, uri: "/v1/entries/{id}"),
        Fault(step: .checkReady, method: .get, uri: "/readyz"),
    ]

    @Test(
        "A failing step of the store is answered 503, or 507 for a full disk, and what was stored before stays",
        arguments: faults,
        [
            IntakeError.storageFailed("open: secret"),
            IntakeError(.diskFull, zh: "磁盘已满。", en: "The disk is full.", cause: "write: secret"),
        ])
    func storage(fault: Fault, error: IntakeError) async throws {
        let isBroken = Switch()
        let service = try TestService(faults: Faults(step: fault.step, error: error, isBroken: isBroken))
        let entry = try await service.submit()
        let id = try #require(entry["id"]?.string)
        isBroken.turn(on: true)
        let uri = fault.uri.replacing("{id}", with: id)
        let answer =
            fault.isForm
            ? try await service.send(fault.method, uri, form: Form(.media("a.mp4", Clip.compliant)))
            : try await service.send(fault.method, uri, body: fault.method == .get ? nil : Clip.compliant)
        try answer.expectProblem(error.code == .diskFull ? 507 : 503, error.code.rawValue)
        #expect(!answer.text.contains("secret"))
        let isWorthWaiting = error.code == .storageFailed
        #expect((answer.headers[.retryAfter] != nil) == isWorthWaiting)
        #expect(service.log.errors.count == 1, "an error of ours is logged once")
        #expect(service.log.errors.first?.contains("secret") == true, "with its cause")
        isBroken.turn(on: false)
        #expect(try await service.send(.get, "/v1/entries/\(id)").json == entry)
        #expect(try await service.entryIDs() == [id])
        #expect(service.mediaFiles.count == 1)
        #expect(try await service.send(.get, "/v1/entries/\(id)/media").body == Clip.short)
    }

    @Test("A service whose folder is gone names the folder neither in its answer nor in its log")
    func folderGone() async throws {
        let service = try TestService()
        try service.removeIncomingFolder()
        let answer = try await service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.short)
        try answer.expectProblem(503, "storage-failed")
        #expect(service.log.errors.count == 1)
        for line in service.log.lines { #expect(!line.contains(service.folderName), "\(line)") }
    }

    @Test("A full queue refuses a check that keeps nothing, and keeps every entry that arrives for the backlog")
    func queueFull() async throws {
        let prober = HeldProber()
        let service = try TestService(prober: prober, running: 1, waiting: 0)
        let form = try await service.send(
            .post, "/v1/entries", Self.json, body: Array(#"{"contest": "xian-2024"}"#.utf8))
        let id = try #require(try form.json["id"]?.string)
        async let first = service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.short)
        try await prober.waitForProbes(1)
        try expectBusy(try await service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.compliant))
        let attached = try await service.send(.put, "/v1/entries/\(id)/media", body: Clip.compliant)
        #expect(attached.status == 200)
        #expect(try attached.json["media"]?["bytes"] == .number(Double(Clip.compliant.count)))
        #expect(try attached.json["report"] == .null)
        let submission = Form(.field("contest", "xian-2024"), .media("a.mp4", Clip.compliant))
        let made = try await service.send(.post, "/v1/entries", form: submission)
        #expect(made.status == 201)
        let uri = try #require(made.headers[.location])
        let pending = try await service.send(.get, "\(uri)/report")
        try pending.expectProblem(409, "report-pending")
        #expect(pending.headers[.retryAfter] == "5")
        #expect(try await service.entryIDs().count == 2)
        prober.release()
        #expect(try await first.status == 200)
        let work = Task { await service.intake.workOffBacklog() }
        for _ in 0..<2000 where try await service.send(.get, "\(uri)/report").status != 200 {
            try await Task.sleep(for: .milliseconds(10))
        }
        work.cancel()
        #expect(try await service.send(.get, "\(uri)/report").json["verdict"]?.string == "compliant")
    }

    @Test("With one running check and two waiting places, two of five checks are answered 429")
    func queue() async throws {
        let prober = HeldProber()
        let service = try TestService(prober: prober, running: 1, waiting: 2)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    try await service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.short).status
                }
            }
            var statuses: [Int] = []
            for try await status in group {
                statuses.append(status)
                if statuses.count == 2 { prober.release() }
            }
            return statuses
        }
        #expect(statuses == [429, 429, 200, 200, 200])
        try await service.expectEmpty()
    }

    @Test(
        "A body above the limit of the server or of the store is answered 413 and not kept",
        arguments: [
            (100_000, Int64(50_000), Int64(1 << 30)), (100_000, 1 << 30, 50_000), (50_001, 50_000, 1 << 30),
        ])
    func tooLarge(count: Int, mostBodyBytes: Int64, mostBytes: Int64) async throws {
        let service = try TestService(mostBytes: mostBytes, mostBodyBytes: mostBodyBytes)
        let bytes = [UInt8](repeating: 7, count: count)
        let entry = try await service.submit()
        let path = "/v1/entries/\(entry["id"]?.string ?? "")"
        let form = Form(.media("a.mp4", bytes))
        for answer in [
            try await service.send(.post, "/v1/checks?contest=xian-2024", body: bytes),
            try await service.send(.put, "\(path)/media", body: bytes),
            try await service.send(.post, "/v1/checks?contest=xian-2024", form: form),
            try await service.send(.post, "/v1/entries?contest=xian-2024", form: form),
        ] {
            try answer.expectProblem(413, "media-too-large")
        }
        #expect(service.mediaFiles.count == 1)
        #expect(try await service.send(.get, path).json == entry)
    }

    @Test("A body of exactly the largest size is accepted")
    func largestTaken() async throws {
        let service = try TestService(mostBytes: 50_000, mostBodyBytes: 50_000)
        let bytes = [UInt8](repeating: 7, count: 50_000)
        #expect(try await service.send(.post, "/v1/checks?contest=xian-2024", body: bytes).status == 200)
    }

    private func expectBusy(_ answer: Answer) throws {
        try answer.expectProblem(429, "queue-full")
        #expect(answer.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 0)
    }
}
