import Foundation
import TestSupport
import Testing

@Suite("`clipcheck verify`")
struct VerifyTests {
    /// A folder with a key file, its public keys and a signed batch of two clips.
    private static func signedBatch(_ format: String = "json") async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let made = try await clipcheck(["signing-keys", "create", folder.path("key"), "--lang", "en"])
        #expect(made.code == 0 && made.text.contains("  current  "))
        let list = try await clipcheck(["signing-keys", "list", "--json", "--file", folder.path("key")])
        try folder.write(list.output, to: "keys.json")
        let batch = try await clipcheck([
            "check", Clip.good, Clip.bad, "--contest", "xian-2024", "--format", format, "--output",
            folder.path("batch"), "--sign-with", folder.path("key"),
        ])
        #expect(batch.code == 1, "\(batch.errorText)")
        return folder
    }

    private static func verify(_ arguments: [String], _ folder: TemporaryFolder) async throws -> Outcome {
        try await clipcheck(["verify"] + arguments + ["--keys", folder.path("keys.json"), "--lang", "en"])
    }

    @Test("`verify` accepts a signed batch, one report of it and the right file", arguments: ["json", "ndjson"])
    func valid(format: String) async throws {
        let folder = try await Self.signedBatch(format)
        let whole = try await Self.verify([folder.path("batch"), Clip.good], folder)
        #expect(whole.code == 0, "\(whole.text)")
        #expect(whole.lines.count == 4 && whole.lines.count { $0.contains("is unaltered. Key ") } == 3)
        #expect(whole.lines.last == "File \(Clip.good) is the one of the report: size and SHA-256 are equal.")
        let other = try await Self.verify([folder.path("batch"), Clip.review], folder)
        #expect(other.code == 1 && other.lines.last?.contains("is not the one of the report") == true)
    }

    @Test("`verify` rejects a batch with one changed digit, without a record, and without its last record")
    func altered() async throws {
        let folder = try await Self.signedBatch("ndjson")
        let text = try String(contentsOfFile: folder.path("batch"), encoding: .utf8)
        let lines = text.split(separator: "\n")
        let digit = text.replacing(#""verdict":"non-compliant""#, with: #""verdict":"compliant""#)
        #expect(digit != text && lines.count == 3)
        let texts = [
            digit, lines[1...].joined(separator: "\n"), lines[...1].joined(separator: "\n"), text + "x",
            [lines[1], lines[0], lines[2]].joined(separator: "\n"), "", "{}",
        ]
        for text in texts {
            try folder.write(Data(text.utf8), to: "altered")
            let outcome = try await Self.verify([folder.path("altered")], folder)
            #expect(outcome.code == 1 && !outcome.text.isEmpty, "\(text.prefix(100))")
        }
    }

    @Test("`verify` trusts the keys that are named and no others")
    func trust() async throws {
        let folder = try await Self.signedBatch()
        let publicKey = try #require(
            try await clipcheck(["signing-keys", "list", "--file", folder.path("key")]).lines.first?
                .split(separator: " ").last.map(String.init))
        let named = try await clipcheck(["verify", folder.path("batch"), "--key", publicKey])
        #expect(named.code == 0 && named.text.contains("未被改动"))
        _ = try await clipcheck(["signing-keys", "create", folder.path("other")])
        let other = try #require(
            try await clipcheck(["signing-keys", "list", "--file", folder.path("other")]).lines.first?
                .split(separator: " ").last.map(String.init))
        let foreign = try await clipcheck(["verify", folder.path("batch"), "--key", other])
        #expect(foreign.code == 1 && foreign.text.contains("不在您信任的公钥中"))
        let rotated = try await clipcheck(["signing-keys", "rotate", "--file", folder.path("key"), "--lang", "en"])
        #expect(rotated.code == 0 && rotated.lines.map { $0.contains("  retired  ") } == [false, true])
        let list = try await clipcheck(["signing-keys", "list", "--json", "--file", folder.path("key")])
        try folder.write(list.output, to: "keys.json")
        let after = try await Self.verify([folder.path("batch")], folder)
        #expect(after.code == 0 && after.text.contains("(trusted, retired, made "))
    }

    @Test(
        "`verify` and `--sign-with` exit with 64 for options that make no sense and with 66 for files that are not there"
    )
    func refused() async throws {
        let folder = try await Self.signedBatch()
        let (batch, keys) = (folder.path("batch"), folder.path("keys.json"))
        let clip = ["check", Clip.good, "--contest", "xian-2024"]
        let cases: [([String], Int32)] = [
            (["verify"], 64), (["verify", batch, "--data", folder.path("none")], 64),
            (["verify", batch, "--key", "AAAA"], 64), (["verify", batch, "--keys", batch], 64),
            (["verify", folder.path("none"), "--keys", keys], 66),
            (["verify", batch, folder.path("none"), "--keys", keys], 66),
            (["verify", batch, "--keys", folder.path("none")], 66),
            (["signing-keys", "create", keys], 66), (["signing-keys", "rotate", "--file", folder.path("none")], 66),
            (clip + ["--sign-with", folder.path("key")], 64),
            (clip + ["--format", "csv", "--sign-with", folder.path("key")], 64),
            (clip + ["--format", "json", "--sign-with", folder.path("none")], 66),
        ]
        for (arguments, code) in cases {
            let outcome = try await clipcheck(arguments)
            #expect(outcome.code == code && !outcome.errorText.isEmpty, "\(arguments): \(outcome.errorText)")
        }
    }

    @Test(
        "The service signs with a key of its data folder, refuses one that others may read, and `verify --data` accepts"
    )
    func service() async throws {
        let folder = try TemporaryFolder()
        let data = folder.path("data")
        #expect(try await check([Clip.good], ["--store", "--data", data]).code == 0)
        let key = folder.path("data/clipcheck.signing-keys")
        let service = try Service(data: data)
        let address = try await service.address()
        let list = try await fetch(address + "/v1/entries")
        let id = try #require(try /"id":"([0-9a-f-]{36})"/.firstMatch(in: list.body)?.1)
        try folder.write(Data(try await fetch(address + "/v1/entries/\(id)").body.utf8), to: "entry.json")
        try folder.write(Data(try await fetch(address + "/v1/keys").body.utf8), to: "keys.json")
        #expect(try await clipcheck(["signing-keys", "rotate", "--data", data]).code == 0)
        let states = try await fetch(address + "/v1/keys").body.matches(of: /"state":"([a-z]+)"/).map(\.output.1)
        #expect(states == ["current", "retired"])
        #expect(await service.stop()?.code == 0)
        let entry = folder.path("entry.json")
        #expect(try await clipcheck(["verify", entry, Clip.good, "--data", data]).code == 0)
        #expect(try await Self.verify([entry], folder).code == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        for arguments in [["serve", "--port", "0", "--data", data], ["verify", entry, "--data", data]] {
            let outcome = try await clipcheck(arguments + ["--lang", "en"])
            #expect(outcome.code == 70 && outcome.errorText.contains("chmod 600 '\(key)'"), "\(outcome.errorText)")
        }
    }
}
