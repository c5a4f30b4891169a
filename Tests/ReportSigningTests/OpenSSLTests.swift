import ContestRules
import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import ReportSigning

@Suite("Signatures and OpenSSL")
struct OpenSSLTests {
    /// The PEM of an Ed25519 public key. Source: RFC 8410 §4.
    private static func pem(_ key: PublicSigningKey) throws -> String {
        let head: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
        let der = Data(head) + (try #require(Data(base64Encoded: key.publicKey)))
        return "-----BEGIN PUBLIC KEY-----\n\(der.base64EncodedString())\n-----END PUBLIC KEY-----\n"
    }

    private static func verify(_ folder: TemporaryFolder) async throws -> ChildProcess.End {
        let null = try #require(FileHandle(forWritingAtPath: "/dev/null"))
        let sink = null.fileDescriptor
        let process = try ChildProcess(
            try #require(Binary.tool("openssl")),
            [
                "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", folder.path("key.pem"), "-in",
                folder.path("message"), "-sigfile", folder.path("signature"),
            ], environment: [:], output: sink, errors: sink)
        return await process.hasEnded()
    }

    @Test(
        "OpenSSL accepts a report's signature over its canonical form, and not over one with a changed digit",
        .enabled(if: Binary.tool("openssl") != nil))
    func peer() async throws {
        let sample = try SigningSamples()
        let folder = try TemporaryFolder()
        let signature = try #require(sample.report.signature)
        let message = try CanonicalJSON.bytes(try sample.value.without("signature"))
        try Self.pem(sample.ring.publicKeys[0]).write(
            toFile: folder.path("key.pem"), atomically: false, encoding: .utf8)
        try #require(Data(base64Encoded: signature.value)).write(to: URL(filePath: folder.path("signature")))
        try Data(message).write(to: URL(filePath: folder.path("message")))
        #expect(try await Self.verify(folder) == .exited(0))
        let text = String(decoding: message, as: UTF8.self).replacing("12000000", with: "12000001")
        try Data(text.utf8).write(to: URL(filePath: folder.path("message")))
        #expect(try await Self.verify(folder) == .exited(1))
    }
}
