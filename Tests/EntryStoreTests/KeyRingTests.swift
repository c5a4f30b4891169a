import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

@Suite("`KeyRing`")
struct KeyRingTests {
    @Test("A key is found by its whole token, while a service uses the folder, and by nothing else")
    func found() async throws {
        let folder = try TemporaryFolder()
        let store = try EntryStore(folder: folder.path("data"))
        #expect(try await store.hasKeys() == false)
        let ring = try KeyRing(folder: folder.path("data"))
        let end = Moment.sample.advanced(by: .seconds(60))
        let (key, token) = try ring.create(
            label: "门户 portal", scopes: [.submit, .read], contest: "xian-2024", expires: end, at: .sample)
        #expect(try await store.key(of: token) == key)
        #expect(key.state(at: .sample) == .valid && key.state(at: end) == .expired)
        #expect(try ring.keys() == [key])
        #expect(try await store.hasKeys())
        for wrong in [
            "", "cc_", token + "0", String(token.dropLast()), token.uppercased(), " " + token, token + "\0",
            token.replacing("cc_", with: "cd_"), "cc_\(key.prefix)_\(String(repeating: "0", count: 64))",
            "cc_00000000_" + token.suffix(64), String(repeating: "a", count: 1 << 20), "cc_%_" + token.suffix(64),
        ] {
            #expect(try await store.key(of: wrong) == nil, "\(wrong.prefix(80))")
        }
    }

    @Test("A token has 256 random bits, which differ in every key")
    func random() throws {
        let folder = try TemporaryFolder()
        let ring = try KeyRing(folder: folder.path("data"))
        let tokens = try (0..<50).map { _ in try ring.create(label: "a", scopes: [.read]).token }
        #expect(Set(tokens).count == 50)
        for token in tokens { #expect(token.wholeMatch(of: /cc_[0-9a-f]{8}_[0-9a-f]{64}/) != nil) }
    }

    @Test("The secret of a key is in no file of the data folder")
    func secret() throws {
        let folder = try TemporaryFolder()
        let ring = try KeyRing(folder: folder.path("data"))
        let token = try ring.create(label: "a", scopes: [.read]).token
        for name in folder.files {
            let bytes = try Data(contentsOf: folder.url.appending(path: name))
            #expect(bytes.range(of: Data(token.suffix(64).utf8)) == nil, "\(name)")
        }
    }

    @Test("A key is not known once the key file of its folder was replaced")
    func otherPepper() async throws {
        let folder = try TemporaryFolder()
        let token = try KeyRing(folder: folder.path("data")).create(label: "a", scopes: [.read]).token
        try FileManager.default.removeItem(atPath: folder.path("data/clipcheck.keys"))
        #expect(try await EntryStore(folder: folder.path("data")).key(of: token) == nil)
    }

    @Test("A revoked key stays revoked, and revoking a prefix that no key has is an error")
    func revoked() async throws {
        let folder = try TemporaryFolder()
        let ring = try KeyRing(folder: folder.path("data"))
        let (key, token) = try ring.create(label: "a", scopes: [.admin])
        #expect(try ring.revoke(key.prefix, at: .sample))
        #expect(try ring.revoke(key.prefix) == false)
        let store = try EntryStore(folder: folder.path("data"))
        #expect(try await store.key(of: token)?.revokedAt == Moment.sample.text)
        #expect(try await store.key(of: token)?.state(at: .sample) == .revoked)
        #expect(throws: IntakeError.self) { try ring.revoke("ffffffff") }
        #expect(throws: IntakeError.self) { try ring.rotate("ffffffff") }
    }

    @Test("A rotated key has the principal, label, scopes and contest of the old one, and an end of its own")
    func rotated() throws {
        let folder = try TemporaryFolder()
        let ring = try KeyRing(folder: folder.path("data"))
        let end = Moment.sample.advanced(by: .seconds(1))
        let (old, _) = try ring.create(label: "a", scopes: [.submit], contest: "xian-2024", expires: end)
        let (new, token) = try ring.rotate(old.prefix)
        #expect(new.principal == old.principal && new.prefix != old.prefix)
        #expect(new.label == "a" && new.scopes == [.submit] && new.contest == "xian-2024" && new.expires == nil)
        #expect(token.contains(new.prefix))
        #expect(try ring.keys().map(\.prefix) == [old.prefix, new.prefix])
    }

    @Test("`KeyRing` and `DataFolder.faults` refuse a database that a newer version has migrated")
    func newerDatabase() throws {
        let folder = try TemporaryFolder()
        try EntryStore(folder: folder.url.path).close()
        try SecondPath.run(
            "INSERT INTO grdb_migrations (identifier) VALUES ('99 of a later version')", inFolder: folder.url.path)
        for open in [
            { _ = try KeyRing(folder: folder.url.path) },
            { _ = try DataFolder(folder.url.path).faults { _ in } },
        ] as [() throws -> Void] {
            let error = try #require(throws: IntakeError.self) { try open() }
            #expect(error.code == .storageFailed)
            #expect(error.message.en.hasPrefix("The database was written by another version"))
        }
    }
}
