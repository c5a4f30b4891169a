import Hummingbird
import TestSupport
import Testing

@Suite("A hostile file name")
struct HostileFilenameTests {
    /// A name as a client sends it, and the name that the service keeps; nil when it keeps none.
    static let names: [(sent: String, kept: WireValue)] = [
        ("../../etc/passwd", "passwd"), ("..\\..\\x", "x"), ("/etc/shadow", "shadow"),
        ("C:\\fakepath\\作品.mp4", "作品.mp4"),
        ("a/b\\c/d.mp4", "d.mp4"), ("clip.mp4/", "clip.mp4"), ("../..", nil), ("..", nil), (".", nil), ("/", nil),
        ("\\\\", nil), ("....//....//x", "x"), ("%2e%2e%2fx", "%2e%2e%2fx"),
        // A slash and a combining mark are one `Character`, but the slash still separates a path.
        ("../../etc/\u{301}passwd", "\u{301}passwd"), ("..\\\u{301}x", "\u{301}x"),
        ("a\u{7}b\u{1B}[31mc\u{7F}.mp4", "ab[31mc.mp4"), ("a\r\nX-Evil: 1.mp4", "aX-Evil: 1.mp4"),
        ("\u{202E}4pm.exe", "4pm.exe"), ("\u{9B}31m.mp4", "31m.mp4"), ("a\"b.mp4", "a\"b.mp4"),
        ("'; DROP TABLE entry; --.mp4", "'; DROP TABLE entry; --.mp4"), ("<script>.mp4", "<script>.mp4"),
        ("-rf", "-rf"), ("clipcheck.sqlite", "clipcheck.sqlite"), (".hidden", ".hidden"),
        (String(repeating: "a", count: 300) + ".mp4", .text(String(repeating: "a", count: 255))),
        (String(repeating: "夜", count: 100) + ".mp4", .text(String(repeating: "夜", count: 85))),
        (String(repeating: "👨‍👩‍👧", count: 40), .text(String(repeating: "👨👩👧", count: 21))),
    ]

    @Test(
        "A hostile file name in a form is reduced to a harmless last part, and no other file is written",
        arguments: names)
    func form(sent: String, kept: WireValue) async throws {
        let service = try TestService()
        try await expect(service, try await service.submit(sent), sent, kept)
    }

    @Test(
        "A hostile file name in an address is reduced to a harmless last part, and no other file is written",
        arguments: names)
    func address(sent: String, kept: WireValue) async throws {
        let service = try TestService()
        let form = try await service.send(
            .post, "/v1/entries", [.contentType: "application/json"], body: Array(#"{"contest": "xian-2024"}"#.utf8))
        let id = try #require(try form.json["id"]?.string)
        let answer = try await service.send(
            .put, "/v1/entries/\(id)/media?filename=\(sent.percentEncoded)", body: Clip.short)
        #expect(answer.status == 200)
        try await expect(service, try answer.json, sent, kept)
    }

    @Test("A thousand random hostile file names write no file and cause no status of 500 or above")
    func thousand() async throws {
        let service = try TestService()
        let pieces = [
            "..", "/", "\\", "\u{0}", "\u{202E}", "\r\n", "\"", ";", "%2e%2e%2f", "~", "$(id)", "`id`", "'", "C:", "|",
            "<b>",
            "\u{301}", "／", "．．", "\u{FEFF}", "nul", ".mp4", "作品", "👨‍👩‍👧", " ", "\t", "*", "?", "&#x2F;", "{}",
        ]
        var random = SeededGenerator(seed: 20_241_121)
        let before = Set(service.allFiles)
        for number in 0..<1000 {
            let count = Int.random(in: 1...12, using: &random)
            let name = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let answer =
                number.isMultiple(of: 2)
                ? try await service.send(
                    .post, "/v1/checks?contest=xian-2024", form: Form(.media(name, Clip.short)))
                : try await service.send(
                    .post, "/v1/checks?contest=xian-2024&filename=\(name.percentEncoded)", body: Clip.short)
            #expect(answer.status < 500, "\(number): \(name.debugDescription)")
        }
        #expect(Set(service.allFiles) == before, "nothing beside the data folder, and nothing left in it")
    }

    @Test("An empty file name is null in the report, and one in GB18030 is read as text")
    func odd() async throws {
        let service = try TestService()
        let none = try await service.send(.post, "/v1/checks?contest=xian-2024&filename=", body: Clip.short)
        #expect(try none.json["media"]?["filename"] == .null)
        let gbk = try await service.send(
            .post, "/v1/checks?contest=xian-2024&filename=%D7%F7%C6%B7.mp4", body: Clip.short)
        #expect(gbk.status == 200, "wrong bytes are no reason to refuse the file")
        #expect(try gbk.json["media"]?["filename"] == "作品.mp4")
    }

    @Test("Hostile names of files and fields are never logged")
    func log() async throws {
        let service = try TestService()
        let form = Form(
            .field("contest", "xian-2024"), .field("秘密字段", "秘密内容"), .media("秘密文件.mp4", Clip.short))
        let entry = try await service.send(.post, "/v1/entries", form: form).json
        _ = try await service.send(.get, "/v1/entries/\(entry["id"]?.string ?? "")/media")
        _ = try await service.send(.get, "/v1/entries/%E7%A7%98%E5%AF%86")
        _ = try await service.send(.get, "/%E7%A7%98%E5%AF%86")
        let lines = service.log.lines
        #expect(lines.count >= 4)
        for line in lines {
            #expect(!line.contains("秘密") && !line.contains("%E7%A7%98"), "\(line)")
            #expect(!line.contains(service.folderName), "\(line)")
        }
    }

    private func expect(_ service: TestService, _ entry: WireValue, _ sent: String, _ kept: WireValue) async throws {
        #expect(entry["media"]?["filename"] == kept)
        #expect(entry["report"]?["media"]?["filename"] == kept)
        let files = service.allFiles
        #expect(files.filter { !$0.hasPrefix("data/clipcheck.") } == ["data/media/\(Self.sum.prefix(2))/\(Self.sum)"])
        #expect(files.allSatisfy { $0.hasPrefix("data/") })
        let answer = try await service.send(.get, "/v1/entries/\(entry["id"]?.string ?? "")/media")
        #expect(answer.body == Clip.short)
        let disposition = try #require(answer.headers[.contentDisposition])
        #expect(disposition.wholeMatch(of: /attachment; filename\*=UTF-8''[A-Za-z0-9.%-]+/) != nil, "\(disposition)")
    }

    private static let sum = Clip.short.sha256
}
