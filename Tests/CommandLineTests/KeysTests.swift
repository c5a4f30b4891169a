import Foundation
import TestSupport
import Testing

@Suite("`clipcheck keys`")
struct KeysTests {
    private static func keys(_ arguments: [String], _ folder: TemporaryFolder) async throws -> Outcome {
        try await clipcheck(["keys"] + arguments + ["--data", folder.path("data")], in: folder.url)
    }

    @Test("A key is shown once, listed without its secret, and refused by a running service once revoked")
    func life() async throws {
        let folder = try TemporaryFolder()
        let service = try Service(data: folder.path("data"))
        let address = try await service.address()
        #expect(service.printed.contains("No keys: any program on this machine may do everything"))
        #expect(try await fetch(address + "/v1/entries").status == 200)
        let made = try await Self.keys(
            ["create", "门户", "--scope", "read", "--scope", "submit", "--days", "30"], folder)
        #expect(made.code == 0)
        let token = made.text.trimmingCharacters(in: .newlines)
        #expect(token.wholeMatch(of: /cc_[0-9a-f]{8}_[0-9a-f]{64}/) != nil)
        let prefix = String(token.dropFirst(3).prefix(8))
        #expect(try await fetch(address + "/v1/entries").status == 401)
        let curl = try #require(Binary.tool("curl"))
        let status = {
            try await Command(
                curl,
                [
                    "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Authorization: Bearer \(token)",
                    address + "/v1/entries",
                ],
                in: folder.url
            ).run().text
        }
        #expect(try await status() == "200")
        let list = try await Self.keys(["list"], folder)
        #expect(list.text.contains(prefix) && list.text.contains("read+submit") && list.text.contains("门户"))
        #expect(!list.text.contains(token.suffix(64)))
        let rotated = try await Self.keys(["rotate", prefix], folder)
        #expect(rotated.code == 0 && rotated.text.hasPrefix("cc_"))
        #expect(try await Self.keys(["revoke", prefix], folder).code == 0)
        #expect(try await status() == "401")
        #expect(try await Self.keys(["list", "--lang", "en"], folder).text.contains("\(prefix)  revoked"))
        #expect(await service.stop()?.code == 0)
    }

    @Test(
        "`keys` exits with 64 for an invalid scope, label, lifetime or prefix",
        arguments: [
            ["create", "a"], ["create", "a", "--scope", "root"], ["create", "--scope", "read"],
            ["create", " ", "--scope", "read"], ["create", "a", "--scope", "read", "--days", "0"],
            ["create", "a", "--scope", "read", "--days", "3661"], ["rotate", "ffffffff", "--days", "0"],
            ["revoke", "ffffffff"], ["rotate", "ffffffff"], ["rotate", "ffffffff", "--days", "4000"], ["revoke"],
        ])
    func refused(arguments: [String]) async throws {
        let outcome = try await Self.keys(arguments, try TemporaryFolder())
        #expect(outcome.code == 64)
        #expect(outcome.text.isEmpty && !outcome.errorText.isEmpty)
    }

    @Test("`serve` on a public address exits with 64 without keys, unless `--open` is given")
    func openDoor() async throws {
        let folder = try TemporaryFolder()
        let refused = try await clipcheck(
            ["serve", "--host", "0.0.0.0", "--port", "0", "--data", folder.path("data"), "--lang", "en"], in: folder.url
        )
        #expect(refused.code == 64)
        #expect(refused.errorText.contains("clipcheck keys create") && refused.errorText.contains("--open"))
        let open = try Service(["--host", "0.0.0.0", "--open"], data: folder.path("data"))
        _ = try await open.address()
        #expect(open.printed.contains("No keys: anybody may do everything"))
        #expect(await open.stop()?.code == 0)
        #expect(try await Self.keys(["create", "a", "--scope", "admin"], folder).code == 0)
        let guarded = try Service(["--host", "0.0.0.0"], data: folder.path("data"))
        _ = try await guarded.address()
        #expect(!guarded.printed.contains("No keys") && guarded.printed.contains("Authorization: Bearer"))
        #expect(await guarded.stop()?.code == 0)
    }

    @Test(
        "`serve` exits with 64 for an address that is no origin, and for a variable that was replaced",
        arguments: [
            (["--public-url", "clips.example.cn"], [:]), (["--public-url", "https://clips.example.cn/x"], [:]),
            (["--allow-origin", "portal"], [:]), ([], ["CLIPCHECK_PUBLIC_URL": "ftp://a"]),
            ([], ["CLIPCHECK_ORGANISER_KEYS": "keys.txt"]),
        ] as [([String], [String: String])])
    func badAddresses(arguments: [String], environment: [String: String]) async throws {
        let folder = try TemporaryFolder()
        let outcome = try await clipcheck(
            ["serve", "--port", "0", "--data", folder.path("data")] + arguments, environment: environment,
            in: folder.url)
        #expect(outcome.code == 64)
        #expect(!FileManager.default.fileExists(atPath: folder.path("data")))
    }
}
