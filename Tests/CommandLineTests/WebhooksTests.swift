import Foundation
import TestSupport
import Testing

@Suite("`clipcheck webhooks`")
struct WebhooksTests {
    private static func webhooks(_ arguments: [String], _ folder: TemporaryFolder) async throws -> Outcome {
        try await clipcheck(["webhooks"] + arguments + ["--data", folder.path("data"), "--lang", "en"], in: folder.url)
    }

    /// The body of a message.
    private struct Message: Decodable {
        var type: String
        var data: Subject

        struct Subject: Decodable {
            var entry: String
            var contest: String
            var verdict: String?
            var report: String?
            var url: String
        }
    }

    /// Submits a clip and gives the id of its entry back.
    private static func submit(_ clip: String, to address: String) async throws -> String {
        let form = ["contest=demo", "title=试用", "media=@\(TestMedia.path(clip))"].flatMap { ["-F", $0] }
        let answer = try await Command(try #require(Binary.tool("curl")), ["-s"] + form + [address + "/v1/entries"])
            .run()
        return try #require(try JSONDecoder().decode([String: JSONString].self, from: answer.output)["id"]?.text)
    }

    /// A JSON value, of which only a text is kept.
    private struct JSONString: Decodable {
        var text: String?

        init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
    }

    private static func wait(_ condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + Patience.limit
        while try await !condition() {
            try #require(ContinuousClock.now < end)
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    @Test("A target that is added beside a running `serve` gets the events of the next entry, which `list` shows")
    func service() async throws {
        let folder = try TemporaryFolder()
        let receiver = try HTTPReceiver()
        let service = try Service(["--public-url", "https://clips.example.cn"], data: folder.path("data"))
        let address = try await service.address()
        let added = try await Self.webhooks(["add", receiver.url(), "--allow-private"], folder)
        #expect(added.code == 0)
        #expect(added.text.wholeMatch(of: /whsec_[A-Za-z0-9+\/]{43}=\n/) != nil)
        #expect(added.errorText.contains("it is not shown again"))
        let entry = try await Self.submit("short.mp4", to: address)
        try await Self.wait { receiver.requests.count >= 2 }
        let messages = try receiver.requests.map { try JSONDecoder().decode(Message.self, from: Data($0.body)) }
        #expect(Set(messages.map(\.type)) == ["entry.created", "report.completed"])
        #expect(messages.allSatisfy { $0.data.entry == entry && $0.data.contest == "demo" })
        let report = try #require(messages.first { $0.type == "report.completed" })
        #expect(report.data.verdict == "compliant" && report.data.report != nil)
        #expect(report.data.url == "https://clips.example.cn/v1/entries/\(entry)")
        for request in receiver.requests {
            #expect(try await Self.isValid(request, added.text.trimmingCharacters(in: .newlines)))
        }
        try await Self.wait { try await Self.webhooks(["list", "--state", "waiting"], folder).text.isEmpty }
        let list = try await Self.webhooks(["list"], folder)
        #expect(list.lines.count == 2 && list.lines.allSatisfy { $0.contains("delivered") && $0.contains(entry) })
        #expect(await service.stop()?.code == 0)
    }

    /// Whether one of the signatures is right, by openssl, which shares no code with this project.
    private static func isValid(_ request: HTTPReceiver.Request, _ secret: String) async throws -> Bool {
        let folder = try TemporaryFolder()
        let (id, time) = (request.headers["webhook-id"] ?? "", request.headers["webhook-timestamp"] ?? "")
        let content = try folder.write(Array("\(id).\(time).".utf8) + request.body, to: "content")
        let key = try #require(Data(base64Encoded: String(secret.dropFirst("whsec_".count))))
        let hexadecimal = key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let code = try await Command(
            try #require(Binary.tool("openssl")),
            ["dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(hexadecimal)", "-binary", content]
        ).run().output
        let signatures = request.headers["webhook-signature"]?.split(separator: " ") ?? []
        return signatures.contains("v1,\(code.base64EncodedString())")
    }

    @Test("A dead letter is listed with its error, and is sent again after `retry`")
    func deadLetter() async throws {
        let folder = try TemporaryFolder()
        let receiver = try HTTPReceiver { number, _ in .status(number == 1 ? 410 : 204) }
        let service = try Service(data: folder.path("data"))
        let address = try await service.address()
        let target = try await Self.target(
            ["add", receiver.url(), "--events", "entry.created", "--allow-private"], folder)
        _ = try await Self.submit("short.mp4", to: address)
        try await Self.wait { try await Self.webhooks(["list", "--state", "dead"], folder).lines.count == 1 }
        let list = try await Self.webhooks(["list"], folder)
        let id = try #require(try /msg_[0-9a-f]{32}/.firstMatch(in: list.text).map { String($0.0) })
        #expect(list.text.contains("gone 410: 410 disabled it; see clipcheck webhooks enable"))
        #expect(list.errorText.contains("clipcheck webhooks retry ID, or --all-dead"))
        let refused = try await Self.webhooks(["retry", id], folder)
        #expect(refused.code == 64 && refused.errorText.contains("clipcheck webhooks enable \(target)"))
        #expect(try await Self.webhooks(["targets"], folder).text.contains("\(target)  disabled "))
        #expect(try await Self.webhooks(["enable", target], folder).code == 0)
        #expect(
            try await Self.webhooks(["retry", "--all-dead"], folder).text == "The service sends 1 deliveries again.\n")
        try await Self.wait { try await Self.webhooks(["list", "--state", "delivered"], folder).text.contains(id) }
        #expect(Set(receiver.requests.map { $0.headers["webhook-id"] }) == [id])
        #expect(await service.stop()?.code == 0)
    }

    /// Adds a target and gives its id back.
    private static func target(_ arguments: [String], _ folder: TemporaryFolder) async throws -> String {
        let added = try await webhooks(arguments, folder)
        #expect(added.code == 0, "\(added.errorText)")
        return try #require(try /wh_[0-9a-f]{8}/.firstMatch(in: added.errorText).map { String($0.0) })
    }

    @Test("`webhooks targets` shows no secret, `rotate` a new one, and `remove` ends the target")
    func life() async throws {
        let folder = try TemporaryFolder()
        #expect(try await Self.webhooks(["targets"], folder).text.contains("clipcheck webhooks add https://"))
        let target = try await Self.target(
            ["add", "https://192.168.0.9/hook", "--contest", "xian-2024", "--allow-private"], folder)
        let list = try await Self.webhooks(["targets"], folder)
        #expect(list.text.contains("\(target)  active  https://192.168.0.9/hook  every event  xian-2024"))
        #expect(!list.text.contains("whsec_"))
        let rotated = try await Self.webhooks(["rotate", target], folder)
        #expect(rotated.code == 0 && rotated.text.hasPrefix("whsec_"))
        #expect(try await Self.webhooks(["remove", target], folder).text == "Removed \(target).\n")
        #expect(try await Self.webhooks(["remove", target], folder).code == 64)
    }

    @Test(
        "`webhooks add` exits with 64 for an address that would not be sent to, and says what to do",
        arguments: [
            (["http://portal.example.cn/"], "Use https"), (["https://127.0.0.1/"], "add --allow-private"),
            (["https://localhost/"], "add --allow-private"), (["https://2130706433/"], "127.0.0.1 (loopback)"),
            (["https://[::1]/"], "::1 (loopback)"), (["https://169.254.169.254/", "--allow-private"], "link-local"),
            (["ftp://portal.example.cn/"], "The address is https://"), (["https://user@a.cn/"], "without user name"),
            (["https://10.0.0.1/", "--events", "entry.read"], "no such event"),
        ])
    func refusedAddress(arguments: [String], text: String) async throws {
        let outcome = try await Self.webhooks(["add"] + arguments, try TemporaryFolder())
        #expect(outcome.code == 64)
        #expect(outcome.text.isEmpty && outcome.errorText.contains(text), "\(outcome.errorText)")
    }

    @Test(
        "`webhooks` exits with 64 for an id that is not there, and for `retry` without or with too many ids",
        arguments: [
            ["retry"], ["retry", "msg_1", "--all-dead"], ["retry", "msg_1"], ["rotate", "wh_1"], ["enable", "wh_1"],
            ["remove", "wh_1"], ["list", "--limit", "0"], ["list", "--state", "lost"], ["add"],
        ])
    func refused(arguments: [String]) async throws {
        let outcome = try await Self.webhooks(arguments, try TemporaryFolder())
        #expect(outcome.code == 64)
        #expect(outcome.text.isEmpty && !outcome.errorText.isEmpty)
    }
}
