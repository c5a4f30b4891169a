import Foundation
import TestSupport
import Testing

@Suite("`clipcheck serve`")
struct ServeTests {
    private static let hasCurl = Binary.tool("curl") != nil

    /// A working folder for `serve` with a clip in it.
    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good)
        return folder
    }

    private static func count(_ address: String) async throws -> Int {
        struct Page: Decodable {
            var entries: [Entry]
            struct Entry: Decodable { var id: String }
        }
        let list = try await fetch(address + "/v1/entries")
        return try JSONDecoder().decode(Page.self, from: Data(list.body.utf8)).entries.count
    }

    /// Whether an answer from the address holds `text` within a minute.
    private static func reaches(_ address: String, _ text: String) async throws -> Bool {
        for _ in 0..<300 {
            if try await fetch(address).body.contains(text) { return true }
            try await Task.sleep(for: .milliseconds(200))
        }
        return false
    }

    @Test(
        "`serve` prints its address and a curl line that makes an entry, which survives a restart",
        .enabled(if: hasCurl, "curl is missing"))
    func curlLine() async throws {
        let folder = try Self.folder()
        let first = try Service(data: "data", in: folder.url)
        let address = try await first.address()
        #expect(address.hasPrefix("http://127.0.0.1:"))
        #expect(try await fetch(address + "/").status == 200)
        #expect(try await fetch(address + "/healthz").status == 200)
        let line = try first.curlLine()
        #expect(line == "curl -F contest=demo -F title=试用 -F media=@作品.mp4 \(address)/v1/entries")
        let shell = try #require(Binary.tool("sh"))
        let sent = try await Command(shell, ["-c", line + " -s -o body -w '%{http_code}'"], in: folder.url).run()
        #expect(sent.text == "201")
        let body = try String(contentsOfFile: folder.path("body"), encoding: .utf8)
        #expect(body.contains("\"standing\":\"accepted\""), "\(body)")
        #expect(try await Self.count(address) == 1)
        #expect(await first.stop()?.code == 0)

        let second = try Service(data: "data", in: folder.url)
        #expect(try await Self.count(try await second.address()) == 1)
        #expect(await second.stop()?.code == 0)
    }

    @Test(
        "`serve` runs a pending content check after a restart", .enabled(if: hasCurl, "curl is missing"),
        arguments: [SIGKILL, SIGTERM])
    func killed(signal: Int32) async throws {
        let folder = try Self.folder()
        let first = try Service(data: "data", in: folder.url)
        _ = try await first.address()
        let shell = try #require(Binary.tool("sh"))
        // The demonstration contest decodes nothing, so another contest is used.
        let line = try first.curlLine().replacing("contest=demo -F title=试用", with: "contest=xian-2024")
        let sent = try await Command(shell, ["-c", line + " -s"], in: folder.url).run()
        #expect(sent.text.contains("\"pending\""), "picture and sound are looked at later")
        let check = try #require(sent.text.firstMatch(of: /"check":"([^"]+)"/)?.1)
        #expect(await first.stop(signal) != nil)

        let second = try Service(data: "data", in: folder.url)
        let address = try await second.address() + check
        #expect(try await Self.reaches(address, "\"state\":\"done\""))
        let body = try await fetch(address).body
        #expect(body.contains("\"verdict\":\"compliant\""))
        // An attempt that SIGKILL interrupts is counted; an attempt that a shutdown interrupts is not.
        #expect(body.contains(/"attempts":1/) || signal == SIGKILL && body.contains(/"attempts":2/), "\(body)")
        #expect(await second.stop()?.code == 0)
    }

    @Test(
        "`serve` prints a curl line that quotes the name of the example clip correctly",
        arguments: ["a b.mp4", "it's $HOME.mp4"])
    func exampleClip(name: String) async throws {
        let shell = try #require(Binary.tool("sh"))
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good, as: name)
        let service = try Service(["--example-clip", name], data: "data", in: folder.url)
        _ = try await service.address()
        let line = try service.curlLine()
        let words = try await Command(shell, ["-c", "curl() { printf '%s\\n' \"$@\"; }; " + line], in: folder.url).run()
        #expect(words.lines.contains("media=@\(name)"))
    }

    @Test("`serve` ends with 0 on a signal, though a connection is still open", arguments: [SIGTERM, SIGINT])
    func ends(signal: Int32) async throws {
        let folder = try Self.folder()
        let service = try Service(data: "data", in: folder.url)
        let address = try await service.address()
        #expect(try await fetch(address + "/readyz").status == 200)  // the connection stays open
        let left = await service.stop(signal)
        #expect(left?.code == 0)
        await #expect(throws: (any Error).self) { try await fetch(address + "/readyz") }
    }

    @Test(
        "A dripping upload delays the end of `serve` by the shutdown time only: exit code 0, and the upload keeps its offset",
        .enabled(if: hasCurl, "curl is missing"))
    func shutdownTime() async throws {
        let (folder, size) = (try Self.folder(), 1 << 20)
        try folder.write(Data(count: size), to: "big.bin")
        let first = try Service(["--shutdown-time", "2"], data: "data", in: folder.url)
        let address = try await first.address()
        let contest = Data("xian-2024".utf8).base64EncodedString()
        let created = try await Self.tus(
            ["-X", "POST", "-H", "Upload-Length: \(size)", "-H", "Upload-Metadata: contest \(contest)"],
            address + "/v1/uploads", in: folder)
        let path = try #require(created.firstMatch(of: /\/v1\/uploads\/[0-9a-f-]+/)?.0)
        // The whole upload would take 50 s. The process starts at once, without waiting behind other commands.
        let dripping = try RunningCommand(
            try Self.tusCommand(
                [
                    "--limit-rate", "20k", "-X", "PATCH", "-H", "Content-Type: application/offset+octet-stream", "-H",
                    "Upload-Offset: 0", "-H", "Expect:", "--data-binary", "@big.bin",
                ], address + path, in: folder))
        try await Task.sleep(for: .seconds(6))
        #expect(await first.stop()?.code == 0)
        #expect(try await dripping.reachesEnd())
        #expect(first.log.contains("shutdown"), "\(first.log)")

        let second = try Service(data: "data", in: folder.url)
        let head = try await Self.tus(["-I"], try await second.address() + path, in: folder)
        let offset = head.firstMatch(of: /(?i)upload-offset: (\d+)/).flatMap { Int($0.1) }
        #expect((1..<size).contains(offset ?? 0), "\(head)")
        #expect(await second.stop()?.code == 0)
    }

    /// Sends a tus request with curl, and returns the head of the answer.
    private static func tus(
        _ arguments: [String], _ address: String, in folder: TemporaryFolder
    ) async throws -> String {
        try await tusCommand(arguments, address, in: folder).run().text
    }

    /// A curl command that sends a tus request and prints the head of the answer.
    private static func tusCommand(
        _ arguments: [String], _ address: String, in folder: TemporaryFolder
    ) throws -> Command {
        let curl = try #require(Binary.tool("curl"))
        let all = ["-sS", "-D", "-", "-o", "/dev/null", "-H", "Tus-Resumable: 1.0.0"] + arguments + [address]
        return Command(curl, all, in: folder.url)
    }

    @Test("`serve` raises its limit of descriptors to the hard one, and logs the connections that it affords")
    func descriptors() async throws {
        let folder = try Self.folder()
        let service = try Service(
            ["--log-format", "text"], data: "data", in: folder.url, descriptors: (200, 1000))
        #expect(try await fetch(try await service.address() + "/healthz").status == 200)
        let line = try #require(service.log.split(separator: "\n").first { $0.contains("connections=") })
        #expect(line.contains("descriptors=1000"), "\(line)")
        let connections = line.firstMatch(of: /connections=(\d+)/).flatMap { Int($0.1) }
        let reserved = line.firstMatch(of: /reserved=(\d+)/).flatMap { Int($0.1) }
        #expect(connections == (1000 - (reserved ?? 0)) / 2, "\(line)")
        #expect(await service.stop()?.code == 0)
    }

    @Test("`serve --connections` with more than the descriptors afford is 64, and too few descriptors for any are 70")
    func tooManyConnections() async throws {
        let folder = try Self.folder()
        let many = try Service(
            ["--connections", "5000", "--lang", "en"], data: "data", in: folder.url, descriptors: (500, 1000))
        let left = await many.ends()
        #expect(left?.code == 64)
        #expect(left?.errorText.contains("The limit of 1000 descriptors is enough for") ?? false)
        let few = try Service(["--lang", "en"], data: "data", in: folder.url, descriptors: (100, 100))
        #expect(await few.ends()?.code == 70)
    }

    @Test(
        "A second `serve` on a data folder in use exits with 70 and a message, and the first goes on",
        arguments: ["zh", "en"])
    func folderInUse(language: String) async throws {
        let folder = try Self.folder()
        let first = try Service(data: "data", in: folder.url)
        let address = try await first.address()
        let second = try Service(["--lang", language], data: "data", in: folder.url)
        let left = await second.ends()
        #expect(left?.code == 70)
        #expect(left?.text.isEmpty ?? false)
        let message = language == "zh" ? "数据目录正被另一个 clipcheck 使用" : "Another clipcheck uses this data folder"
        #expect(left?.errorText.contains(message) ?? false)
        #expect(try await fetch(address + "/readyz").status == 200)
    }

    @Test("A second `serve` on a port in use exits with 70 and a message, and the first goes on")
    func portInUse() async throws {
        let folder = try Self.folder()
        let first = try Service(data: "data", in: folder.url)
        let address = try await first.address()
        let port = String(address.split(separator: ":").last ?? "")
        let second = try Service(["--port", port, "--lang", "en"], data: "other", in: folder.url)
        let left = await second.ends()
        #expect(left?.code == 70)
        #expect(left?.errorText.contains("127.0.0.1:\(port)") ?? false)
        #expect(left?.errorText.contains("try --port") ?? false)
        #expect(try await fetch(address + "/readyz").status == 200)
    }

    @Test(
        "`serve` exits with 70 and a message for an address or a data folder that it cannot use",
        arguments: [["--host", "192.0.2.1", "--open"], ["--data", "/dev/null/x"]])
    func unusable(arguments: [String]) async throws {
        let folder = try Self.folder()
        let left = await (try Service(arguments, data: "data", in: folder.url)).ends()
        #expect(left?.code == 70)
        #expect(left?.errorText.contains(arguments[1]) ?? false)
        #expect(left?.text.isEmpty ?? false)
    }

    @Test(
        "`serve` takes its settings from the environment when no flag is given",
        .enabled(if: hasCurl, "curl is missing")
    )
    func environment() async throws {
        let folder = try Self.folder()
        let variables = [
            "CLIPCHECK_HOST": "127.0.0.1", "CLIPCHECK_DATA": folder.path("ignored"), "CLIPCHECK_LOG_LEVEL": "critical",
            "CLIPCHECK_MAX_UPLOAD": "100",
        ]
        let service = try Service(data: "data", in: folder.url, environment: variables)
        let address = try await service.address()
        #expect(try await Self.post(Clip.good, to: address, from: folder) == 413)
        #expect(service.log.isEmpty)
        #expect(folder.files.contains("data/clipcheck.sqlite"))
        #expect(!folder.files.contains { $0.hasPrefix("ignored") })
    }

    private static func post(_ clip: String, to address: String, from folder: TemporaryFolder) async throws -> Int {
        let curl = try #require(Binary.tool("curl"))
        let arguments = [
            "-sS", "-o", "body", "-w", "%{http_code}", "-F", "contest=xian-2024", "-F", "media=@\(clip)",
            address + "/v1/entries",
        ]
        return Int(try await Command(curl, arguments, in: folder.url).run().text) ?? 0
    }
}
