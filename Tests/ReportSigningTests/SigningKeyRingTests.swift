import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ReportSigning

@Suite("`SigningKeyRing`")
struct SigningKeyRingTests {
    private static func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test("The first start makes a key file of mode 0600; the next start reads the same key")
    func made() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("clipcheck.signing-keys")
        let first = try SigningKeyRing(file: path, at: .sample)
        #expect(try Self.mode(path) == 0o600)
        #expect(first.publicKeys.map(\.state) == [.current])
        #expect(first.publicKeys.map(\.createdAt) == ["2024-03-01T09:00:00+08:00"])
        #expect(try SigningKeyRing(file: path).publicKeys == first.publicKeys)
        #expect(folder.files == ["clipcheck.signing-keys"])
    }

    @Test(
        "A key file that others may read or write is refused with the command that repairs it",
        arguments: [0o640, 0o604, 0o660, 0o644, 0o666, 0o610, 0o601, 0o777])
    func openToOthers(mode: Int) throws {
        let path = try TemporaryFolder().path("keys")
        let folder = URL(filePath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try SigningKeyRing.create(file: path)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let error = #expect(throws: IntakeError.self) { try SigningKeyRing(file: path) }
        #expect(error?.code == .storageFailed)
        #expect(error?.message.zh.contains("chmod 600 '\(path)'") == true)
        #expect(error?.message.en.contains("chmod 600 '\(path)'") == true)
        #expect(error?.message.en.contains("mode 0\(String(mode, radix: 8))") == true)
        #expect(throws: IntakeError.self) { try SigningKeyRing.rotate(file: path) }
    }

    @Test("A key file of mode 0400 is read")
    func readOnly() throws {
        let folder = try TemporaryFolder()
        let made = try SigningKeyRing.create(file: folder.path("keys"))
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: folder.path("keys"))
        #expect(try SigningKeyRing(file: folder.path("keys")).publicKeys == made.publicKeys)
    }

    @Test("After a rotation the new key signs, the old private key is gone, and old reports still verify")
    func rotated() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("keys")
        let old = try SigningKeyRing.create(file: path, at: .sample)
        let oldText = try String(contentsOfFile: path, encoding: .utf8)
        let secret = try #require(oldText.split(separator: "\n").last?.split(separator: " ").last)
        let report = try old.signed(try SigningSamples().report)
        let new = try SigningKeyRing.rotate(file: path)
        #expect(new.publicKeys.map(\.state) == [.current, .retired])
        #expect(new.publicKeys[1].id == old.publicKeys[0].id && new.publicKeys[0].id != old.publicKeys[0].id)
        #expect(!(try String(contentsOfFile: path, encoding: .utf8)).contains(secret))
        #expect(try Self.mode(path) == 0o600)
        let read = try #require(try SigningKeyRing.read(path))
        #expect(read.publicKeys == new.publicKeys)
        #expect(try Verification(of: Array(try WireJSON.data(report)), keys: read.verifyingKeys).isValid)
        #expect(try read.signed(report).signature?.key == new.publicKeys[0].id)
        #expect(folder.files == ["keys"])
    }

    @Test("A rotation by root leaves the key file with its owner", .enabled(if: geteuid() == 0, "needs root"))
    func keepsOwner() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("keys")
        _ = try SigningKeyRing(file: path)
        #expect(chown(path, 65_534, 65_534) == 0)
        _ = try SigningKeyRing.rotate(file: path)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.ownerAccountID] as? Int == 65_534)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("`SigningKeyRing.create` overwrites nothing, and `rotate` needs a key file")
    func noOverwriting() throws {
        let folder = try TemporaryFolder()
        try Data("kept".utf8).write(to: URL(filePath: folder.path("keys")))
        let error = #expect(throws: IntakeError.self) { try SigningKeyRing.create(file: folder.path("keys")) }
        #expect(error?.code == .fileNotPermitted)
        #expect(try String(contentsOfFile: folder.path("keys"), encoding: .utf8) == "kept")
        let missing = #expect(throws: IntakeError.self) { try SigningKeyRing.rotate(file: folder.path("none")) }
        #expect(missing?.code == .fileMissing)
        #expect(folder.files == ["keys"])
    }

    @Test(
        "A key file that is not whole is refused and not replaced",
        arguments: [
            "", "# only a comment\n", "private\n", "private 2024-03-01T09:00:00+08:00 AAAA\n",
            "secret 2024-03-01T09:00:00+08:00 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
            "public 2024-03-01T09:00:00+08:00 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
            "private yesterday AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
            "private 2024-03-01T09:00:00+08:00 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
                + "private 2024-03-01T09:00:00+08:00 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        ])
    func damaged(text: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("keys")
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let error = #expect(throws: IntakeError.self) { try SigningKeyRing(file: path) }
        #expect(error?.code == .storageFailed && error?.message.en.contains("cannot be used") == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test("A folder and a pipe in the place of the key file are refused at once")
    func noFile() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.path("folder"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        for name in ["folder", "pipe"] {
            #expect(throws: IntakeError.self) { try SigningKeyRing(file: folder.path(name)) }
        }
    }

    @Test("The answer of `GET /v1/keys` gives the keys back; a foreign id, or bytes that are no key, give nothing")
    func published() throws {
        let ring = SigningKeyRing(at: .sample)
        let text = try WireJSON.data(PublicSigningKeys(ring.publicKeys))
        #expect(VerifyingKey.keys(of: Array(text))?.map(\.id) == ring.publicKeys.map(\.id))
        var forged = ring.publicKeys
        forged[0].id = "0000000000000000"
        #expect(VerifyingKey.keys(of: Array(try WireJSON.data(PublicSigningKeys(forged)))) == nil)
        forged = ring.publicKeys
        forged[0].publicKey = "AAAA"
        #expect(VerifyingKey.keys(of: Array(try WireJSON.data(PublicSigningKeys(forged)))) == nil)
        #expect(VerifyingKey.keys(of: Array("{}".utf8)) == nil)
        #expect(VerifyingKey.keys(of: Array(repeating: UInt8(ascii: "["), count: 2000)) == nil)
    }
}
