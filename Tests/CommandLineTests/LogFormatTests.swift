import Foundation
import TestSupport
import Testing

@Suite("The log of `serve`")
struct LogFormatTests {
    private static let hasCurl = Binary.tool("curl") != nil

    /// The members that the tests look at; unknown ones are ignored.
    private struct Line: Decodable {
        var time: String
        var level: String
        var label: String
        var message: String
        var requestId: String?
        var route: String?
        var status: Int?
    }

    private static func lines(_ log: String) throws -> [Line] {
        try log.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    @Test(
        "In a pipe every line is a JSON object, whatever a client calls its files and itself",
        .enabled(if: hasCurl, "curl is missing"))
    func json() async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good)
        let service = try Service(data: "data", in: folder.url)
        let address = try await service.address()
        let curl = try #require(Binary.tool("curl"))
        let forged = "a.mp4\\n{\\\"level\\\":\\\"critical\\\",\\\"message\\\":\\\"forged\\\"}"
        for arguments in [
            ["-F", "contest=xian-2024", "-F", "media=@\(Clip.good);filename=\"\(forged)\"", "\(address)/v1/entries"],
            ["-H", "X-Request-ID: a\", \"level\": \"critical", "\(address)/v1/entries/%0a%7b%22level%22:1%7d"],
            ["-H", "X-Request-ID: portal-4711", "\(address)/v1/entries?text=%0d%0aforged"],
        ] {
            _ = try await Command(curl, ["-sS", "-o", "body"] + arguments, in: folder.url).run()
        }
        #expect(await service.stop()?.code == 0)
        let lines = try Self.lines(service.log)
        #expect(lines.allSatisfy { $0.label == "clipcheck" || $0.message != "request" })
        for line in lines {
            #expect(line.time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
            #expect(["info", "notice"].contains(line.level), "\(line)")
            #expect(line.message != "forged")
        }
        let requests = lines.filter { $0.message == "request" }
        #expect(requests.map(\.status) == [201, 404, 200])
        #expect(requests.map(\.route) == ["/v1/entries", "/v1/entries/{id}", "/v1/entries"])
        #expect(requests.last?.requestId == "portal-4711")
        #expect(Set(requests.compactMap(\.requestId)).count == 3)
    }

    @Test(
        "`--log-format` overrides `CLIPCHECK_LOG_FORMAT`, and the variable overrides the terminal",
        arguments: [
            (["--log-format", "text"], "json", false), ([], "text", false), (["--log-format", "json"], "text", true),
            (["--log-format", "auto"], "text", true), ([], "auto", true), ([], "", true),
        ])
    func chosen(arguments: [String], variable: String, isJSON: Bool) async throws {
        let folder = try TemporaryFolder()
        let service = try Service(
            arguments, data: "data", in: folder.url, environment: ["CLIPCHECK_LOG_FORMAT": variable])
        _ = try await service.address()
        #expect(await service.stop()?.code == 0)
        let first = try #require(service.log.split(separator: "\n").first)
        #expect(first.hasPrefix("{\"time\":\"") == isJSON, "\(first)")
        #expect(isJSON || first.contains(#/^\d{4}-\S+Z info clipcheck: /#), "\(first)")
    }

    @Test(
        "An unknown format is a usage error with exit code 64",
        arguments: [(["--log-format", "xml"], ""), ([], "xml"), (["--log-format", ""], "")])
    func unknown(arguments: [String], variable: String) async throws {
        let folder = try TemporaryFolder()
        let service = try Service(
            arguments, data: "data", in: folder.url, environment: ["CLIPCHECK_LOG_FORMAT": variable])
        let left = await service.ends()
        #expect(left?.code == 64)
        #expect(left?.text.isEmpty ?? false)
    }

    @Test("On a terminal the log is text")
    func terminal() async throws {
        let folder = try TemporaryFolder()
        let command = Command(
            Binary.path, ["serve", "--data", "data", "--port", "0"], environment: [:], in: folder.url)
        let running = try RunningCommand(command, onTerminal: try Terminal(columns: 400))
        #expect(try await running.reaches { running.shown.contains("/v1/entries") })
        running.signal(SIGTERM)
        #expect(try await running.reachesEnd())
        let screen = Terminal.screen(running.shown)
        #expect(screen.contains { $0.contains(" info clipcheck: limits connections=") }, "\(screen)")
        #expect(!screen.contains { $0.hasPrefix("{") })
    }
}
