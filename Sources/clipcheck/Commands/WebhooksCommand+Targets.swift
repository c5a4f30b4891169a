import ArgumentParser
import EntryIntake
import EntryStore
import MediaFacts
import WebhookDelivery

extension WebhooksCommand {
    /// `webhooks targets`: prints a line for every target, without its secret.
    struct Targets: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "列出接收地址。 Lists the targets, without secrets.")

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            let targets = try IntakeError.explained(language) { () throws(IntakeError) in
                try WebhooksCommand.registry(dataOptions).targets()
            }
            if targets.isEmpty {
                Output.standard.write(
                    LocalizedText(
                        zh: "还没有接收地址。添加：clipcheck webhooks add https://portal.example.cn/hooks\n",
                        en: "There is no target. Add one: clipcheck webhooks add https://portal.example.cn/hooks\n")[
                            language])
            }
            for target in targets { Output.standard.write(target.line(language) + "\n") }
        }
    }

    /// `webhooks rotate`: gives a target a new secret; the old one signs beside it for a day.
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "更换签名密钥；旧密钥继续签名 24 小时。 Makes a new secret; the old one signs beside it for 24 hours.")

        @Argument(help: ArgumentHelp("接收地址的编号 Id of the target, wh_….", valueName: "target"))
        var target: String

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            let secret = try IntakeError.explained(language) { () throws(IntakeError) in
                try WebhooksCommand.registry(dataOptions).rotate(target)
            }
            guard let secret else { throw WebhooksCommand.unknownTarget(target, language) }
            WebhooksCommand.show(secret, target, language)
        }
    }

    /// `webhooks enable`: sends to a target again that answered 410.
    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "恢复因答复 410 而停用的接收地址。 Sends again to a target that answered 410.")

        @Argument(help: ArgumentHelp("接收地址的编号 Id of the target, wh_….", valueName: "target"))
        var target: String

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            let isKnown = try IntakeError.explained(language) { () throws(IntakeError) in
                try WebhooksCommand.registry(dataOptions).enable(target)
            }
            guard isKnown else { throw WebhooksCommand.unknownTarget(target, language) }
            Output.standard.write(
                LocalizedText(
                    zh: "\(target) 已启用。此前未送达的：clipcheck webhooks retry --all-dead\n",
                    en: "\(target) is enabled. For what was not delivered: clipcheck webhooks retry --all-dead\n")[
                        language])
        }
    }

    /// `webhooks remove`: removes a target with its deliveries.
    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "删除接收地址，连同未送达的事件。 Removes a target, and the deliveries to it that wait.")

        @Argument(help: ArgumentHelp("接收地址的编号 Id of the target, wh_….", valueName: "target"))
        var target: String

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            let isKnown = try IntakeError.explained(language) { () throws(IntakeError) in
                try WebhooksCommand.registry(dataOptions).remove(target)
            }
            guard isKnown else { throw WebhooksCommand.unknownTarget(target, language) }
            Output.standard.write(LocalizedText(zh: "已删除 \(target)。\n", en: "Removed \(target).\n")[language])
        }
    }
}

extension WebhookTarget {
    /// One line about the target: its id, state, address, events, contest and time.
    func line(_ language: Language) -> String {
        let state =
            disabledAt.map { LocalizedText(zh: "已停用 \($0)", en: "disabled \($0)") }
            ?? LocalizedText(zh: "启用", en: "active")
        let parts: [String?] = [
            id, state[language], url,
            events.count == WebhookEvent.allCases.count
                ? LocalizedText(zh: "全部事件", en: "every event")[language]
                : events.map(\.rawValue).sorted().joined(separator: "+"),
            contest ?? LocalizedText(zh: "全部竞赛", en: "every contest")[language],
            allowsPrivate ? LocalizedText(zh: "允许内网", en: "private allowed")[language] : nil, createdAt,
        ]
        return parts.compactMap(\.self).joined(separator: "  ")
    }
}
