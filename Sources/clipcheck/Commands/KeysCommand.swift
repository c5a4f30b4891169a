public import ArgumentParser
import ContestRules
import EntryIntake
import EntryStore
import Foundation
import MediaFacts

/// `clipcheck keys`: makes, lists, replaces and revokes the keys of the HTTP service.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "发放、查看和吊销密钥；服务运行时也可用。 Makes, lists and revokes API keys.",
        discussion: """
            submit 提交并管理自己的作品；read 查看本竞赛的作品，联系方式隐藏；review 查看联系方式、复查、确认；admin 全部权限。
            submit: submit and manage its own entries; read: read the contest's entries, contacts masked;
            review: read contacts, check again, sign off; admin: everything.
            """,
        subcommands: [Create.self, List.self, Rotate.self, Revoke.self])

    /// `keys create`: makes a key and prints it once.
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "发放一个密钥，只显示这一次。 Makes a key, which is shown this once.")

        @Argument(help: ArgumentHelp("发给谁 Whom it is for, in your own words.", valueName: "label"))
        var label: String

        @Option(help: "权限，可重复 A scope: submit, read, review or admin; repeatable.")
        var scope: [Scope]

        @Option(help: ArgumentHelp("只用于这个竞赛 The only contest that it is for. Default: every contest.", valueName: "id"))
        var contest: String?

        @OptionGroup var lifetime: LifetimeOption
        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func validate() throws {
            if label.allSatisfy(\.isWhitespace) || label.count > 100 {
                throw ValidationError("请用 1 到 100 个字写明发给谁。 Say in 1 to 100 characters whom the key is for.")
            }
        }

        func run() throws {
            try IntakeError.explained(languageOption.language) { () throws(IntakeError) in
                let ring = try dataOptions.keyRing()
                let now = WallClock.system.now()
                let (key, token) = try ring.create(
                    label: label, scopes: Set(scope), contest: contest, expires: lifetime.end(from: now),
                    at: now)
                KeysCommand.show(key, token, languageOption.language)
            }
        }
    }

    /// `keys list`: prints a line for every key, without its secret.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "列出所有密钥（不含密钥本身）。 Lists every key, without its secret.")

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            let keys = try IntakeError.explained(language) { () throws(IntakeError) in
                try dataOptions.keyRing().keys()
            }
            if keys.isEmpty {
                Output.standard.write(
                    LocalizedText(
                        zh: "还没有密钥。发放：clipcheck keys create 名称 --scope admin\n",
                        en: "There is no key. Make one: clipcheck keys create NAME --scope admin\n")[language])
            }
            let now = WallClock.system.now()
            for key in keys { Output.standard.write(key.line(at: now, language) + "\n") }
        }
    }

    /// `keys rotate`: makes a new key with the rights and entries of another, which stays valid.
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "发放权限和作品相同的新密钥；旧密钥仍有效，直到吊销。 Makes a key with the same rights and entries; the old one stays valid.")

        @Argument(help: ArgumentHelp("密钥的编号 Eight digits that name the key.", valueName: "prefix"))
        var prefix: String

        @OptionGroup var lifetime: LifetimeOption
        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            try IntakeError.explained(languageOption.language) { () throws(IntakeError) in
                let ring = try dataOptions.keyRing()
                let now = WallClock.system.now()
                let (key, token) = try ring.rotate(prefix, expires: lifetime.end(from: now), at: now)
                KeysCommand.show(key, token, languageOption.language)
            }
        }
    }

    /// `keys revoke`: makes a key invalid for good.
    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "吊销密钥，从下一个请求起无效。 Ends a key for good, from the next request on.")

        @Argument(help: ArgumentHelp("密钥的编号 Eight digits that name the key.", valueName: "prefix"))
        var prefix: String

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            let isRevoked = try IntakeError.explained(language) { () throws(IntakeError) in
                try dataOptions.keyRing().revoke(prefix)
            }
            let text =
                isRevoked
                ? LocalizedText(zh: "已吊销 \(prefix)。", en: "Revoked \(prefix).")
                : LocalizedText(zh: "\(prefix) 此前已吊销。", en: "\(prefix) had been revoked before.")
            Output.standard.write(text[language] + "\n")
        }
    }

    /// The option `--days` of the commands that make a key.
    struct LifetimeOption: ParsableArguments {
        @Option(help: ArgumentHelp("有效天数 Days until the new key ends. Default: it does not end.", valueName: "days"))
        var days: Int?

        func validate() throws {
            if let days, !(1...3660).contains(days) {
                throw ValidationError("--days 应为 1 到 3660 is 1 to 3660: \(days)")
            }
        }

        /// The end of a key that is made at `now`; nil when it does not end.
        func end(from now: Moment) -> Moment? { days.map { now.advanced(by: .seconds($0 * 86_400)) } }
    }

    /// Prints a new key. The token stands alone on standard output, so that a script can read it; the line about the
    /// key and the advice go to standard error.
    private static func show(_ key: APIKey, _ token: String, _ language: Language) {
        Output.standard.write(token + "\n")
        Output.error.write(key.line(at: WallClock.system.now(), language) + "\n")
        Output.error.write(
            LocalizedText(
                zh: "请立即保存：密钥不会再显示。使用时加上请求头 Authorization: Bearer <密钥>。\n",
                en: "Keep it now: it is not shown again. Clients send \"Authorization: Bearer <key>\".\n")[language])
    }
}

extension Scope: ExpressibleByArgument {}

extension APIKey {
    /// One line about the key: its prefix, state, scopes, contest, times and label.
    fileprivate func line(at moment: Moment, _ language: Language) -> String {
        let state =
            switch state(at: moment) {
            case .valid: LocalizedText(zh: "有效", en: "valid")
            case .expired: LocalizedText(zh: "已过期", en: "expired")
            case .revoked: LocalizedText(zh: "已吊销", en: "revoked")
            }
        let parts: [String?] = [
            prefix, state[language], scopes.map(\.rawValue).sorted().joined(separator: "+"),
            contest ?? LocalizedText(zh: "全部竞赛", en: "every contest")[language], createdAt,
            (expires?.text).map { language == .chinese ? "至 \($0)" : "until \($0)" }, label,
        ]
        return parts.compactMap(\.self).joined(separator: "  ")
    }
}
