import Foundation
import TestSupport
import Testing

@Suite("The language of the command line")
struct LanguageTests {
    @Test(
        "The language comes from `--lang`, else `CLIPCHECK_LANG`, else the locale",
        arguments: [
            ([:], nil, "zh"), (["LANG": ""], nil, "zh"), (["LANG": "C"], nil, "zh"), (["LANG": "POSIX"], nil, "zh"),
            (["LANG": "C.UTF-8"], nil, "zh"), (["LANG": "zh_CN.UTF-8"], nil, "zh"), (["LANG": "zh"], nil, "zh"),
            (["LANG": "zh_TW"], nil, "zh"), (["LANG": "en_US.UTF-8"], nil, "en"), (["LANG": "en"], nil, "en"),
            (["LANG": "de_DE@euro"], nil, "en"), (["LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"], nil, "en"),
            (["LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"], nil, "zh"),
            (["LANG": "en_US.UTF-8", "LC_ALL": ""], nil, "en"), (["LANG": "en_US.UTF-8", "LC_ALL": "C"], nil, "zh"),
            (["LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"], nil, "en"),
            (["LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"], nil, "zh"),
            (["LANG": "zh_CN.UTF-8", "CLIPCHECK_LANG": "en"], nil, "en"),
            (["LC_ALL": "en_US.UTF-8", "CLIPCHECK_LANG": "zh"], nil, "zh"),
            (["LANG": "en_US.UTF-8", "CLIPCHECK_LANG": ""], nil, "en"),
            (["LC_ALL": "en_US.UTF-8", "CLIPCHECK_LANG": "en"], "zh", "zh"),
            (["LC_ALL": "zh_CN.UTF-8", "CLIPCHECK_LANG": "zh"], "en", "en"),
        ] as [([String: String], String?, String)])
    func choice(environment: [String: String], flag: String?, language: String) async throws {
        let flags = flag.map { ["--lang", $0] } ?? []
        let outcome = try await clipcheck(
            ["check", Clip.missing, "--contest", "xian-2024"] + flags, environment: environment)
        #expect(outcome.lines.first?.hasPrefix(language == "zh" ? "出错 " : "error ") ?? false, "\(outcome.text)")
    }

    @Test("Every word that `check` writes is in the chosen language, except for quotations", arguments: ["zh", "en"])
    func everyWord(language: String) async throws {
        let folder = try TemporaryFolder()
        for name in ["a.mp4", "b.mp4"] { try folder.copy("short.mp4", as: name) }
        try folder.write(Data("text".utf8), to: "notes.txt")
        let outcome = try await clipcheck(
            ["check", ".", "/dev/null", "gone.mp4", "--contest", "xian-2024", "--lang", language], in: folder.url)
        let quotes = /“.*?”|".*?"/  // quotations from the notice stay Chinese
        let text = (outcome.text + outcome.errorText).replacing(quotes, with: "")
        let isChinese = text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        #expect(isChinese == (language == "zh"))
        let english = ["Passed over", "files,", "non-compliant", "required", "There is no"]
        for word in english { #expect(text.contains(word) == (language == "en"), "\(word)") }
    }

    @Test("The language changes no byte of the JSON formats")
    func json() async throws {
        for format in ["json", "ndjson"] {
            let arguments = ["check", Clip.missing, "--contest", "xian-2024", "--format", format]
            let chinese = try await clipcheck(arguments + ["--lang", "zh"])
            let english = try await clipcheck(arguments + ["--lang", "en"])
            #expect(chinese.output == english.output)
        }
    }
}
