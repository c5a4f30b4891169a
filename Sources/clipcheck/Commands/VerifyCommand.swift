import ArgumentParser
import EntryIntake
import Foundation
import MediaFacts
import ReportSigning

/// `clipcheck verify`: says offline whether a report is as it was signed, by which key, and whether a file is the one
/// that it is on.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "核对报告的签名和文件，不需要网络。 Verifies a report's signature and its file, offline.",
        discussion: """
            clipcheck verify 报告.json 作品.mp4 --keys keys.json
            keys.json 是 GET /v1/keys 的回答，须从可信的途径取得。 keys.json is the answer of GET /v1/keys; get it from a source \
            that you trust.
            退出码 exit codes: 0 未被改动 unaltered, 1 被改动、未签名、密钥不可信或文件不符 altered, unsigned, unknown key or another file, \
            64 用法错误 usage, 66 文件不存在 no such file.
            """)

    @Argument(
        help: ArgumentHelp(
            "报告、作品或批量结果的 JSON A report, an entry or the JSON of check.", valueName: "report.json"),
        completion: .file())
    var report: PathArgument

    @Argument(help: ArgumentHelp("报告所指的视频 The video that the report is on.", valueName: "file"), completion: .file())
    var file: PathArgument?

    @Option(help: ArgumentHelp("可信的公钥，可重复 A public key that you trust, in Base64; repeatable.", valueName: "public"))
    var key: [String] = []

    @Option(
        help: ArgumentHelp("可信的公钥清单 The answer of GET /v1/keys, from a source that you trust.", valueName: "keys.json"),
        completion: .file())
    var keys: PathArgument?

    @Option(
        help: ArgumentHelp(
            "使用这个数据目录的密钥；默认的数据目录在没有指定密钥时使用 Trust the keys of this data folder. Default without --key and --keys.",
            valueName: "dir"))
    var data: String?

    @OptionGroup var languageOption: LanguageOption

    func run() throws {
        let language = languageOption.language
        let trusted = try trustedKeys(language)
        let text = try Self.content(of: report, most: Self.mostDocumentBytes, language)
        let verification: Verification
        do {
            verification = try Verification(of: text, keys: trusted)
        } catch {
            Output.standard.write(VerificationText.unreadable(error)[language] + "\n")
            throw Exit.nonCompliant
        }
        let media = try file.map { path in
            try IntakeError.explained(language) { () throws(IntakeError) in try Self.media(of: path) }
        }
        let lines = VerificationText(verification, media: media)
        for line in lines.all { Output.standard.write(line[language] + "\n") }
        if !lines.isValid { throw Exit.nonCompliant }
    }

    /// The keys that the options name.
    ///
    /// - Throws: an exit with 64 when there are none, or one of them is no key.
    private func trustedKeys(_ language: Language) throws -> [VerifyingKey] {
        var trusted = try key.map { text in
            guard let key = VerifyingKey(base64: text) else {
                throw ValidationError("--key 应为 Base64 编码的 32 字节公钥 is 32 bytes in Base64: \(text)")
            }
            return key
        }
        if let keys {
            let text = try Self.content(of: keys, most: 1 << 20, language)
            guard let read = VerifyingKey.keys(of: text) else {
                throw ValidationError("--keys 应为 GET /v1/keys 的回答 is the answer of GET /v1/keys: \(keys.text)")
            }
            trusted += read
        }
        if data != nil || (key.isEmpty && keys == nil) {
            let path = Settings.signingKeyFile(inDataFolder: Settings.dataFolder(data))
            let ring = try IntakeError.explained(language) { () throws(IntakeError) in try SigningKeyRing.read(path) }
            guard let ring else {
                throw ValidationError(
                    "请用 --key、--keys 或 --data 指明可信的公钥 Name the keys that you trust with --key, --keys or --data.")
            }
            trusted += ring.verifyingKeys
        }
        return trusted
    }

    /// Largest document that is read, in bytes: the results of some 50,000 files.
    private static let mostDocumentBytes: Int64 = 1 << 30

    private static func content(of path: PathArgument, most: Int64, _ language: Language) throws -> [UInt8] {
        try IntakeError.explained(language) { () throws(IntakeError) in
            let file = try OpenMediaFile(path: path.cString)
            guard file.media.bytes <= most else {
                throw IntakeError(
                    .fileNotRegular, zh: "“\(path.text)”太大，不是报告。", en: "\"\(path.text)\" is too large for a report.")
            }
            var bytes: [UInt8] = []
            while Int64(bytes.count) < file.media.bytes {
                let next = try file.read(at: Int64(bytes.count), count: 1 << 20)
                guard !next.isEmpty else { break }
                bytes += next
            }
            return bytes
        }
    }

    private static func media(of path: PathArgument) throws(IntakeError) -> VerificationText.Media {
        let file = try OpenMediaFile(path: path.cString)
        return VerificationText.Media(name: path.text, bytes: file.media.bytes, sha256: try MediaDigest.of(file))
    }
}
