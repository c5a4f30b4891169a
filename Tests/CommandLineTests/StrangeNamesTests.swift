import Foundation
import TestSupport
import Testing

@testable import clipcheck

@Suite("File names that are not UTF-8")
struct StrangeNamesTests {
    /// A folder that holds `v` with a file `作品.mp4`, whose name is in GBK; nil when the file system refuses such a
    /// name.
    private static func folder() throws -> TemporaryFolder? {
        let folder = try TemporaryFolder()
        let old = try folder.copy(Clip.good, as: "v/old.mp4")
        let name: [UInt8] = [0xD7, 0xF7, 0xC6, 0xB7] + Array(".mp4".utf8)
        let path = Array((folder.path("v") + "/").utf8CString.dropLast()) + name.map { CChar(bitPattern: $0) } + [0]
        return rename(old, path) == 0 ? folder : nil
    }

    /// Runs a shell command, in which `$c` is the path of clipcheck and `$n` the file name in GBK.
    private static func shell(_ line: String, in folder: URL) async throws -> Outcome {
        let names = "c='\(Binary.path)'; n=$(printf '\\327\\367\\306\\267.mp4'); "
        return try await Command("/bin/sh", ["-c", names + line], in: folder).run()
    }

    @Test(
        "`check` finds a file in GBK by its name, by the shell's pattern and in a folder, and shows the name as text",
        arguments: ["\"v/$n\"", "v/*", "v", "\"./v/$n\" \"./v/$n\""])
    func check(paths: String) async throws {
        guard let folder = try Self.folder() else { return }
        let line = "\"$c\" check \(paths) --contest xian-2024 --depth quick --format json --lang en"
        let outcome = try await Self.shell(line, in: folder.url)
        let results = try JSONDecoder().decode([NamedResult].self, from: outcome.output)
        #expect(results.allSatisfy { $0.path.hasSuffix("v/作品.mp4") })
        #expect(results.allSatisfy { $0.rawPath?.hasSuffix("v/%D7%F7%C6%B7.mp4") == true })
        #expect(results.allSatisfy { $0.report?.media.filename == "作品.mp4" && $0.report?.media.bytes ?? 0 > 0 })
        #expect(results.count == (paths.contains(" ") ? 2 : 1))
        #expect(outcome.errorText.contains("read as GB18030"))
        #expect(outcome.code != 66)
    }

    @Test("`probe` reads a file in GBK, and `rawPath` has the bytes of its name")
    func probe() async throws {
        guard let folder = try Self.folder() else { return }
        let outcome = try await Self.shell("\"$c\" probe \"v/$n\"", in: folder.url)
        #expect(outcome.code == 0)
        #expect(outcome.text.contains(#""path":"v/作品.mp4""#) || outcome.text.contains(#""path":"v\/作品.mp4""#))
        #expect(outcome.text.contains("%D7%F7%C6%B7.mp4"))
    }

    @Test("A manifest names a file in GBK by its text, and its own name may be in GBK")
    func manifest() async throws {
        guard let folder = try Self.folder() else { return }
        try folder.write(Data("文件名,地区\n作品.mp4,雁塔区\n".utf8), to: "t.csv")
        let line = "mv t.csv \"$n.csv\"; \"$c\" check v --contest xian-2024 --depth quick --lang en --manifest"
        for option in [" \"$n.csv\"", "=\"$n.csv\""] {
            let outcome = try await Self.shell(line + option + "; mv \"$n.csv\" t.csv", in: folder.url)
            #expect(outcome.text.contains("雁塔区"), "\(outcome.text) \(outcome.errorText)")
        }
    }

    @Test("`rawPath` is left out where the name's telephone number is masked")
    func masked() async throws {
        guard let folder = try Self.folder() else { return }
        let line = "mv \"v/$n\" \"v/13800138000$n\"; \"$c\" check v --contest xian-2024 --depth quick --format json"
        let outcome = try await Self.shell(line, in: folder.url)
        #expect(outcome.text.contains("138****8000作品.mp4"))
        #expect(!outcome.text.contains("rawPath"))
        #expect(!outcome.text.contains("13800138000"))
    }

    private struct NamedResult: Decodable {
        var path: String
        var rawPath: String?
        var report: CheckResult.Media?
    }
}

extension CheckResult {
    /// The values of a report that the test reads.
    struct Media: Decodable {
        var media: Reference

        struct Reference: Decodable {
            var filename: String
            var bytes: Int
        }
    }
}

@Suite("`RawArguments`")
struct RawArgumentsTests {
    private static let work: [UInt8] = [0xD7, 0xF7]

    @Test("`RawArguments` gives each argument a text of its own, and the bytes for each text")
    func arguments() {
        let sent = [
            Array("check".utf8), Self.work, Array("作".utf8), Array("--manifest=".utf8) + [0xB4, 0xF3], Self.work,
        ]
        let arguments = RawArguments(sent)
        #expect(arguments.texts == ["check", "作\u{10FFFD}", "作", "--manifest=大", "作\u{10FFFD}"])
        #expect(arguments.bytes(of: "作\u{10FFFD}") == Self.work)
        #expect(arguments.bytes(of: "作") == Array("作".utf8))
        #expect(arguments.bytes(of: "大") == [0xB4, 0xF3])
        #expect(arguments.bytes(of: "check") == Array("check".utf8))
    }
}
