import Foundation
import TestSupport
import Testing

@testable import ProbeWorker

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The service answers every upload with a report, also when its workers or zygotes end.
@Suite("Service over workers", .serialized, .timeLimit(.minutes(5)))
struct ServiceTests {
    @Test("A memory bomb becomes an entry that needs review, and the service itself grows by less than 32 MiB")
    func bomb() async throws {
        let folder = try TemporaryFolder()
        let service = try RunningService(["--memory", "256", "--wall-time", "20"], in: folder)
        let address = try await service.address()
        let clip = try Data(contentsOf: URL(filePath: TestMedia.path("作品.mp4")))
        #expect(try await service.upload(clip, to: address).status == 201)
        let before = ProcessTable.residentBytes(of: service.number)
        for bomb in [Bomb.sampleTable, .fragmentRun, .sampleTable] {
            let content = try Data(contentsOf: URL(filePath: try bomb.write(to: folder)))
            let answer = try await service.upload(content, to: address)
            #expect(answer.status == 201)
            #expect(answer.verdict == "needs-review", "\(answer.body)")
            let readable = try #require(answer.findings.first { $0["rule"] as? String == "readable" })
            #expect(readable["outcome"] as? String == "undetermined")
            #expect(readable["reason"] as? String == "out-of-memory")
        }
        let grown = ProcessTable.residentBytes(of: service.number) - before
        print("service: grew by \(grown >> 10) KiB over three bombs")
        #expect(grown < 32 << 20)
        let good = try await service.upload(clip, to: address)
        #expect(good.status == 201)
        let outcomes = Set(good.findings.compactMap { $0["outcome"] as? String })
        #expect(outcomes == ["pass", "pending"], "picture and sound are looked at later")
    }

    @Test("Every upload gets a report while zygotes are killed")
    func zygotes() async throws {
        let folder = try TemporaryFolder()
        let service = try RunningService(["--memory", "256", "--wall-time", "20"], in: folder)
        let address = try await service.address()
        let clip = try Data(contentsOf: URL(filePath: TestMedia.path("container.webm")))
        let tally = Tally()
        try await withThrowingTaskGroup { group in
            group.addTask {
                var (round, answered) = (0, -1)
                while tally["answered"] < 20 {
                    defer { round += 1 }
                    // A busy machine may need more than 100 ms to start a zygote, so each zygote may serve one upload
                    // before it is killed.
                    try await Task.sleep(for: .milliseconds(100))
                    guard tally["answered"] != answered || round.isMultiple(of: 50) else { continue }
                    answered = tally["answered"]
                    for zygote in ProcessTable.runningChildren(of: service.number) {
                        kill(zygote, SIGKILL)
                        tally.count("killed zygotes")
                    }
                }
            }
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<5 {
                        let answer = try await service.upload(clip, to: address)
                        tally.count("answered")
                        tally.count("\(answer.status)")
                        tally.count(answer.verdict ?? "no verdict")
                    }
                }
            }
            try await group.waitForAll()
        }
        print("service: \(tally)")
        #expect(tally["201"] == 20)
        #expect(tally["no verdict"] == 0)
        #expect(tally["killed zygotes"] > 0)
        #expect(try await service.upload(clip, to: address).status == 201)
        #expect(await eventually(within: 30) { ProcessTable.zombies(of: service.number).isEmpty })
    }

    @Test("A worker that crashes while it reads an upload leaves an entry that needs review")
    func crash() async throws {
        let folder = try TemporaryFolder()
        let service = try RunningService(["--memory", "512", "--wall-time", "20"], in: folder)
        let address = try await service.address()
        let slow = try Data(contentsOf: URL(filePath: try Bomb.slow(in: folder, zeros: 200_000_000)))
        let sent = Task { try await service.upload(slow, to: address) }
        let isKilled = await eventually(within: 30) {
            let workers = ProcessTable.runningChildren(of: service.number)
                .flatMap { ProcessTable.livingChildren(of: $0) }
            for worker in workers { kill(worker, SIGSEGV) }
            return !workers.isEmpty
        }
        let answer = try await sent.value
        #expect(isKilled)
        #expect(answer.status == 201)
        #expect(answer.verdict == "needs-review")
        #expect(answer.findings.first { $0["rule"] as? String == "readable" }?["reason"] as? String == "crashed")
    }

    @Test(
        "The worker of a check ends when the client disconnects",
        arguments: ["/v1/checks", "/v1/entries"])
    func departure(route: String) async throws {
        let folder = try TemporaryFolder()
        let service = try RunningService(["--memory", "512", "--wall-time", "60"], in: folder)
        let address = try await service.address()
        let slow = try Bomb.slow(in: folder, zeros: 200_000_000)
        let client = try ChildProcess(
            "/usr/bin/curl", ["-sS", "-F", "contest=xian-2024", "-F", "media=@\(slow)", address + route],
            environment: [:], output: STDERR_FILENO, errors: STDERR_FILENO)
        let workers = {
            ProcessTable.runningChildren(of: service.number).flatMap { ProcessTable.livingChildren(of: $0) }
        }
        #expect(await eventually(within: 20) { !workers().isEmpty })
        for worker in workers() { kill(worker, SIGSTOP) }  // so that it does not end by itself first
        client.signal(SIGKILL)
        client.wait()
        #expect(await eventually(within: 30) { workers().isEmpty }, "the check went on for nobody")
        let clip = try Data(contentsOf: URL(filePath: TestMedia.path("作品.mp4")))
        #expect(try await service.upload(clip, to: address).status == 201)
    }
}

extension ProcessTable {
    /// Living children of a process with many threads.
    static func runningChildren(of process: Int32) -> [Int32] {
        children(of: process).filter { $0.state != "Z" }.map(\.process)
    }
}

/// A running `clipcheck serve`, which is killed when the last reference to this object ends.
final class RunningService: Sendable {
    private let process: ChildProcess
    private let output: String

    init(_ arguments: [String], in folder: TemporaryFolder) throws {
        output = try folder.write(Data(), to: "output-\(UUID().uuidString)")
        let log = open(output, O_WRONLY | O_APPEND | O_CLOEXEC)
        defer { close(log) }
        process = try ChildProcess(
            Binary.path, ["serve", "--port", "0", "--data", folder.path("data")] + arguments,
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"], output: log, errors: log)
    }

    deinit {
        process.signal(SIGKILL)
        process.wait()
    }

    /// The process id of the service.
    var number: Int32 { process.number }

    /// Waits until the service prints its address, and returns the address.
    func address() async throws -> String {
        for _ in 0..<1500 {
            let printed = try String(contentsOfFile: output, encoding: .utf8)
            if let match = try /page:\s+(http:\S+)\/\n/.firstMatch(in: printed) { return String(match.1) }
            try #require(process.isRunning, "\(printed)")
            try await Task.sleep(for: .milliseconds(10))
        }
        throw POSIXError(.ETIMEDOUT)
    }

    /// The response to an upload.
    struct Answer: Sendable {
        var status: Int
        var body: String

        /// The value of `key` at any depth of the body; nil when no object has the key.
        private func first(_ key: String) -> Any? {
            func search(_ node: Any) -> Any? {
                if let list = node as? [Any] { return list.lazy.compactMap(search).first }
                guard let fields = node as? [String: Any] else { return nil }
                return fields[key] ?? fields.values.lazy.compactMap(search).first
            }
            return (try? JSONSerialization.jsonObject(with: Data(body.utf8))).flatMap(search)
        }

        var verdict: String? { first("verdict") as? String }
        var findings: [[String: Any]] { first("findings") as? [[String: Any]] ?? [] }
    }

    /// Uploads a file as a new entry of a contest.
    func upload(_ content: Data, to address: String) async throws -> Answer {
        let boundary = "clipcheck-\(UUID().uuidString)"
        var body = Data()
        body += Data("--\(boundary)\r\nContent-Disposition: form-data; name=\"contest\"\r\n\r\nxian-2024\r\n".utf8)
        let disposition = "form-data; name=\"media\"; filename=\"作品.mp4\""
        body += Data("--\(boundary)\r\nContent-Disposition: \(disposition)\r\n\r\n".utf8)
        body += content + Data("\r\n--\(boundary)--\r\n".utf8)
        var request = URLRequest(url: try #require(URL(string: address + "/v1/entries")))
        request.httpMethod = "POST"
        request.timeoutInterval = 60
        request.setValue("multipart/form-data; boundary=\(boundary)", forHTTPHeaderField: "Content-Type")
        let (data, response) = try await URLSession.shared.upload(for: request, from: body)
        return Answer(
            status: (response as? HTTPURLResponse)?.statusCode ?? 0, body: String(decoding: data, as: UTF8.self))
    }
}
