import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

@Suite("`ContactSeal`")
struct ContactSealTests {
    private static let contacts = Contacts(
        fields: ["phone": "13800138000", "contact": "王小芳"], filename: "王+13800138000.mp4")
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("`ContactSeal` opens the contacts that it sealed, for the same owner")
    func roundTrip() throws {
        let seal = ContactSeal()
        for contacts in [Self.contacts, Contacts(), Contacts(fields: ["": "\u{0}"])] {
            let sealed = try seal.seal(contacts, for: "entry-1")
            #expect(seal.open(Contacts.self, sealed, for: "entry-1") == contacts)
        }
        let sealed = try seal.seal(Self.contacts, for: "entry-1")
        #expect(sealed.bytes.range(of: Data("13800138000".utf8)) == nil)
        #expect(try seal.seal(Self.contacts, for: "entry-1").bytes != sealed.bytes, "a seal has a random nonce")
    }

    @Test("`ContactSeal` opens nothing for another owner, after a change of any byte, or with another key")
    func notOpened() throws {
        let seal = ContactSeal()
        let sealed = try seal.seal(Self.contacts, for: "entry-1")
        for owner in ["entry-2", "", "entry-1 "] { #expect(seal.open(Contacts.self, sealed, for: owner) == nil) }
        for index in sealed.bytes.indices {
            var changed = sealed
            changed.bytes[index] ^= 1
            #expect(seal.open(Contacts.self, changed, for: "entry-1") == nil, "byte \(index)")
        }
        for count in [0, 1, 12, sealed.bytes.count - 1] {
            let short = ContactSeal.Sealed(bytes: sealed.bytes.prefix(count), key: sealed.key)
            #expect(seal.open(Contacts.self, short, for: "entry-1") == nil, "\(count) bytes")
        }
        #expect(ContactSeal().open(Contacts.self, sealed, for: "entry-1") == nil, "a key of the same name")
        #expect(
            seal.open(Contacts.self, ContactSeal.Sealed(bytes: sealed.bytes, key: "other"), for: "entry-1") == nil)
    }

    @Test("`ContactSeal` makes a key file that only its user may read, and reads that file the next time")
    func newKeyFile() throws {
        let path = folder.path("keys")
        let sealed = try ContactSeal(file: path).seal(Self.contacts, for: "1")
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.wholeMatch(of: /[0-9a-f]{8} [A-Za-z0-9+\/]{43}=\n/) != nil, "\(text)")
        #expect(sealed.key == String(text.prefix(8)))
        #expect(try ContactSeal(file: path).open(Contacts.self, sealed, for: "1") == Self.contacts)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        let other = folder.path("other")
        #expect(try ContactSeal(file: other).open(Contacts.self, sealed, for: "1") == nil)
    }

    @Test("`ContactSeal` with a new key before the old one seals with the new one, and opens what the old one sealed")
    func rotation() throws {
        let (old, new) = (Self.line("old", 1), Self.line("new", 2))
        let before = try seal(old + "\n")
        let sealed = try before.seal(Self.contacts, for: "1")
        #expect(sealed.key == "old")
        let after = try seal("# turned over in May\n\n\(new)\r\n  \n\(old)\n")
        #expect(after.open(Contacts.self, sealed, for: "1") == Self.contacts)
        let newer = try after.seal(Self.contacts, for: "1")
        #expect(newer.key == "new")
        #expect(before.open(Contacts.self, newer, for: "1") == nil)
        #expect(try seal(new).open(Contacts.self, sealed, for: "1") == nil, "the old key is missing")
    }

    @Test(
        "`ContactSeal` refuses a malformed key file, and the error describes the format of a line",
        arguments: [
            ("", "no key"), ("# only words\n", "no key"), ("nonsense\n", "line 1"), ("a \(key(1)) more\n", "line 1"),
            ("a not-base64!\n", "line 1"), ("a \(key(1, count: 31))\n", "line 1"),
            ("a \(key(1, count: 33))\n", "line 1"),
            ("a \(key(1))\nb \(key(2).dropLast(4))\n", "line 2"), ("a \(key(1))\na \(key(2))\n", "line 2"),
        ])
    func malformed(text: String, cause: String) throws {
        let path = try folder.write(Data(text.utf8), to: "keys")
        let error = #expect(throws: IntakeError.self) { try ContactSeal(file: path) }
        #expect(error?.message.en.contains("(\(cause))") == true, "\(error?.message.en ?? "")")
        #expect(error?.message.zh.contains("（\(cause)）") == true)
        #expect(error?.message.en.contains("Base64") == true)
        #expect(!"\(error as Any)".contains(Self.key(1).prefix(20)), "the error contains no key")
        #expect(throws: IntakeError.self) { try EntryStore(folder: folder.path("data"), keyFile: path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text, "the key file is unchanged")
    }

    @Test(
        "`ContactSeal` throws for an unreadable key file and does not replace it",
        .enabled(if: geteuid() != 0, "root may read"))
    func unreadable() throws {
        let path = try folder.write(Data(Self.line("a", 1).utf8), to: "keys")
        chmod(path, 0)
        #expect(throws: IntakeError.self) { try ContactSeal(file: path) }
    }

    @Test("An entry whose seal key is lost has nil contacts, and its other values can be read and its media replaced")
    func lostKey() async throws {
        let data = folder.path("data")
        var entry = Entry(
            id: "1", createdAt: "", contest: "sample", fields: ["title": "守信"], contacts: Self.contacts)
        do {
            let store = try EntryStore(folder: data, keyFile: try folder.write(Data(Self.line("a", 1).utf8), to: "a"))
            try await store.add(entry, taking: nil)
            #expect(try await store.entry("1") == entry)
        }
        do {
            let store = try EntryStore(folder: data, keyFile: try folder.write(Data(Self.line("b", 2).utf8), to: "b"))
            let media = try await store.received([1])
            #expect(try await store.replaceMedia(of: "1", with: media, .sample(of: media.media)))
            let found = try #require(try await store.entry("1"))
            #expect(found.contacts == nil)
            #expect(found.fields == entry.fields)
            #expect(found.media == media.media)
            #expect(try await store.list().count == 1)
            #expect(DataFolder(data, keyFile: folder.path("b")).lockedEntries == ["1"])
        }
        let store = try EntryStore(folder: data, keyFile: folder.path("a"))
        entry.contacts?.filename = Self.contacts.filename
        #expect(try await store.entry("1")?.contacts == entry.contacts, "the sealed contacts are kept")
    }

    @Test(
        "The data folder holds contacts only under seal, and no part of a deleted entry's contacts",
        arguments: [1, 40])
    func onDisk(count: Int) async throws {
        let store = try EntryStore(folder: folder.url.path)
        for number in 0..<count {
            let entry = Entry(id: "\(number)", createdAt: "", contest: "sample", fields: [:], contacts: Self.contacts)
            try await store.add(entry, taking: nil)
        }
        for secret in ["13800138000", "王小芳"] { #expect(try holding(Data(secret.utf8)) == []) }
        let blobs = try SecondPath.run("SELECT id || ' ' || hex(contacts) FROM entry", inFolder: folder.url.path)
        #expect(blobs.count == count)
        let victims = count == 1 ? ["0"] : ["0", "7", "20", "39"]
        let sealed = try blobs.map { $0.split(separator: " ") }.filter { victims.contains(String($0[0])) }
            .map { try #require(Data(hexadecimal: String($0[1]))) }
        for blob in sealed { #expect(try holding(blob) != []) }
        for id in victims { #expect(try await store.delete(id)) }
        for blob in sealed {
            #expect(try holding(blob) == [])
            #expect(try holding(blob.dropFirst(20).prefix(24)) == [], "no part of the sealed contacts is left")
        }
        #expect(try await store.list().count == count - victims.count)
        for id in victims { #expect(try await store.isDeleted(id)) }
    }

    private func holding(_ bytes: Data) throws -> [String] {
        folder.files.filter { (try? Data(contentsOf: folder.url.appending(path: $0)))?.range(of: bytes) != nil }
    }

    private func seal(_ text: String) throws -> ContactSeal {
        try ContactSeal(file: try folder.write(Data(text.utf8), to: UUID().uuidString))
    }

    private static func line(_ name: String, _ byte: UInt8) -> String { "\(name) \(key(byte))" }

    private static func key(_ byte: UInt8, count: Int = 32) -> String {
        Data(repeating: byte, count: count).base64EncodedString()
    }
}

extension DataFolder {
    /// Ids of entries whose contacts cannot be opened.
    fileprivate var lockedEntries: [String]? {
        try? faults { _ in }.compactMap { if case .contactsLocked(let entry) = $0 { entry } else { nil } }
    }
}
