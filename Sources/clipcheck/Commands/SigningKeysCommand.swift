import ArgumentParser
import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import ReportSigning

/// `clipcheck signing-keys`: makes, lists and replaces the keys that reports are signed with.
struct SigningKeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signing-keys", abstract: "报告签名密钥的建立、查看和更换。 Makes, lists and replaces the keys that sign reports.",
        discussion: """
            服务首次启动时在数据目录建立 clipcheck.signing-keys；公钥见 GET /v1/keys。
            The first start of the service makes clipcheck.signing-keys in the data folder; GET /v1/keys has the public keys.
            """,
        subcommands: [Create.self, List.self, Rotate.self])

    /// `signing-keys create`: makes a key file, for `check --sign-with`.
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "建立一个密钥文件，供 check --sign-with 使用。 Makes a key file for check --sign-with.")

        @Argument(help: ArgumentHelp("新文件 The new file.", valueName: "file"), completion: .file())
        var file: String

        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            let ring = try IntakeError.explained(language) { () throws(IntakeError) in
                try SigningKeyRing.create(file: file)
            }
            for key in ring.publicKeys { Output.standard.write(key.line(language) + "\n") }
            Output.error.write(
                LocalizedText(
                    zh: "私钥在 \(file)，请妥善保管并备份。上面一行可以公开，核对时用 clipcheck verify --key。\n",
                    en:
                        "The private key is in \(file): keep it secret and back it up. The line above may be published; "
                        + "clipcheck verify --key takes its last word.\n")[language])
        }
    }

    /// `signing-keys list`: prints the public keys.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "列出公钥。 Lists the public keys.")

        @OptionGroup var fileOption: SigningKeyFileOption
        @Flag(help: "按 GET /v1/keys 的格式输出 Write the JSON of GET /v1/keys, for verify --keys.")
        var json = false
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            let path = fileOption.path
            let ring = try IntakeError.explained(language) { () throws(IntakeError) in
                guard let ring = try SigningKeyRing.read(path) else { throw .signingKeysMissing(path) }
                return ring
            }
            if json {
                Output.standard.write(try WireJSON.data(PublicSigningKeys(ring.publicKeys), isPretty: true))
                Output.standard.write("\n")
            } else {
                for key in ring.publicKeys { Output.standard.write(key.line(language) + "\n") }
            }
        }
    }

    /// `signing-keys rotate`: makes a new key that signs from now on.
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "更换签名密钥；旧公钥保留，旧报告仍可核对。 Makes a new key; the old public key stays and verifies old reports.")

        @OptionGroup var fileOption: SigningKeyFileOption
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            let ring = try IntakeError.explained(language) { () throws(IntakeError) in
                try SigningKeyRing.rotate(file: fileOption.path)
            }
            for key in ring.publicKeys { Output.standard.write(key.line(language) + "\n") }
            Output.error.write(
                LocalizedText(
                    zh: "运行中的服务从下一份报告起用新密钥签名，不必重启；GET /v1/keys 可确认。请备份密钥文件。\n",
                    en:
                        "A running service signs its next report with the new key and needs no restart; GET /v1/keys "
                        + "shows the key. Back the key file up.\n")[language])
        }
    }
}

/// Options that name a file of signing keys.
struct SigningKeyFileOption: ParsableArguments {
    @Option(help: ArgumentHelp("数据目录 The data folder whose keys are meant.", valueName: "dir"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "密钥文件 The key file. Default: clipcheck.signing-keys in the data folder.", valueName: "file"),
        completion: .file())
    var file: String?

    /// Path of the key file.
    var path: String { file ?? Settings.signingKeyFile(inDataFolder: Settings.dataFolder(data)) }
}

extension PublicSigningKey {
    /// One line about the key: its id, state, time of making, and the public key in Base64.
    func line(_ language: Language) -> String { "\(id)  \(state.text[language])  \(createdAt)  \(publicKey)" }
}

extension PublicSigningKey.State {
    /// The state for people.
    var text: LocalizedText {
        switch self {
        case .current: LocalizedText(zh: "当前", en: "current")
        case .retired: LocalizedText(zh: "已更换", en: "retired")
        }
    }
}

extension IntakeError {
    /// There is no file of signing keys.
    static func signingKeysMissing(_ path: String) -> IntakeError {
        IntakeError(
            .fileMissing, zh: "没有签名密钥文件“\(path)”。请核对路径，或用 clipcheck signing-keys create 建立。",
            en: "There is no file of signing keys \"\(path)\". Check the path, or make one with clipcheck signing-keys "
                + "create.")
    }
}
