import ContestRules
import EntryIntake
import Foundation
import InMemoryLogging
import Logging
import TestSupport
import Testing

@testable import ReportSigning

@Suite("`WatchedKeyRing`")
struct WatchedKeyRingTests {
    private let folder: TemporaryFolder
    private let path: String
    private let log = InMemoryLogHandler()
    private let report: Report

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("keys")
        report = try SigningSamples().report
    }

    private func watchedRing() throws -> WatchedKeyRing {
        try WatchedKeyRing(file: path, logger: Logger(label: "test") { _ in log })
    }

    /// Whether the signature of `report` verifies by the keys of `ring`.
    private static func isValid(_ report: Report, by ring: SigningKeyRing) throws -> Bool {
        try Verification(of: Array(try WireJSON.data(report)), keys: ring.verifyingKeys).isValid
    }

    @Test("`WatchedKeyRing` makes a missing key file and signs with its key")
    func made() throws {
        let ring = try watchedRing()
        let signed = try ring.signed(report)
        let read = try #require(try SigningKeyRing.read(path))
        #expect(ring.publicKeys == read.publicKeys && folder.files == ["keys"])
        #expect(try Self.isValid(signed, by: read))
    }

    @Test("`WatchedKeyRing` signs the first report after a rotation with the new key; the report before still verifies")
    func rotated() throws {
        let ring = try watchedRing()
        let before = try ring.signed(report)
        let rotated = try SigningKeyRing.rotate(file: path)
        let after = try ring.signed(report)
        #expect(before.signature?.key == rotated.publicKeys[1].id)
        #expect(after.signature?.key == rotated.publicKeys[0].id)
        #expect(ring.publicKeys == rotated.publicKeys)
        for signed in [before, after] { #expect(try Self.isValid(signed, by: rotated)) }
        #expect(log.entries.isEmpty)
    }

    @Test(
        "`WatchedKeyRing` signs with the newest key after two rotations, whether or not it signed between them",
        arguments: [true, false])
    func rotatedTwice(signsBetween: Bool) throws {
        let ring = try watchedRing()
        let first = try ring.signed(report)
        let middle = try SigningKeyRing.rotate(file: path)
        if signsBetween { #expect(try ring.signed(report).signature?.key == middle.publicKeys[0].id) }
        let newest = try SigningKeyRing.rotate(file: path)
        let last = try ring.signed(report)
        #expect(last.signature?.key == newest.publicKeys[0].id)
        #expect(ring.publicKeys.map(\.state) == [.current, .retired, .retired])
        for signed in [first, last] { #expect(try Self.isValid(signed, by: newest)) }
    }

    /// A change that makes the key file unusable. The raw value is a part of the line in the log.
    enum Damage: String, CaseIterable {
        case moved = "cannot be used (no such file)"
        case openToOthers = "chmod 600"
        case foreignLine = "cannot be used (key 3)"

        /// Damages the file at `path`, which has two keys.
        func apply(to path: String) throws {
            switch self {
            case .moved: try FileManager.default.moveItem(atPath: path, toPath: path + ".moved")
            case .openToOthers: try Self.setMode(0o644, path)
            case .foreignLine: try Self.edit(path) { $0 + "x\n" }
            }
        }

        /// Repairs the file at `path`.
        func undo(at path: String) throws {
            switch self {
            case .moved: try FileManager.default.moveItem(atPath: path + ".moved", toPath: path)
            case .openToOthers: try Self.setMode(0o600, path)
            case .foreignLine: try Self.edit(path) { String($0.dropLast(2)) }
            }
        }

        private static func setMode(_ mode: Int, _ path: String) throws {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }

        /// Writes into the file itself, which keeps its inode and its mode.
        private static func edit(_ path: String, _ change: (String) -> String) throws {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try Data(change(text).utf8).write(to: URL(filePath: path))
        }
    }

    @Test(
        "`WatchedKeyRing` signs with the old key and logs one error while the changed file is unusable, until its repair",
        arguments: Damage.allCases)
    func unusable(damage: Damage) throws {
        let ring = try watchedRing()
        let old = ring.publicKeys
        let rotated = try SigningKeyRing.rotate(file: path)
        try damage.apply(to: path)
        for _ in 1...3 {
            #expect(try ring.signed(report).signature?.key == old[0].id)
            #expect(ring.publicKeys == old)
        }
        #expect(log.entries.map(\.level) == [.error])
        #expect(log.entries.first?.metadata["cause"]?.description.contains(damage.rawValue) == true)
        try damage.undo(at: path)
        #expect(try ring.signed(report).signature?.key == rotated.publicKeys[0].id)
        #expect(ring.publicKeys == rotated.publicKeys)
        #expect(log.entries.count == 1)
    }

    @Test("`WatchedKeyRing` logs one error for each of two changes that leave the file unusable")
    func unusableTwice() throws {
        let ring = try watchedRing()
        let old = ring.publicKeys
        for count in 1...2 {
            try folder.write(Data(String(repeating: "x\n", count: count).utf8), to: "keys")
            for _ in 1...3 { #expect(ring.publicKeys == old) }
            #expect(log.entries.count == count)
        }
    }
}
