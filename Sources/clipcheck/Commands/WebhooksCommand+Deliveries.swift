import ArgumentParser
import EntryIntake
import EntryStore
import MediaFacts

extension WebhooksCommand {
    /// `webhooks list`: prints a line for every delivery, the newest first.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "列出事件的送达情况，最新的在前。 Lists deliveries, newest first, with the last error and what to do.")

        @Option(help: "只列出这种状态 Only those in this state: waiting, delivered or dead.")
        var state: WebhookDelivery.State?

        @Option(help: ArgumentHelp("最多列出多少条 Most lines. Default 100.", valueName: "n"))
        var limit = 100

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func validate() throws {
            if !(1...10_000).contains(limit) { throw ValidationError("--limit 应为 1 到 10000 is 1 to 10000: \(limit)") }
        }

        func run() throws {
            let language = languageOption.language
            let deliveries = try IntakeError.explained(language) { () throws(IntakeError) in
                try WebhooksCommand.registry(dataOptions).deliveries(state, most: limit)
            }
            for delivery in deliveries { Output.standard.write(delivery.line(language) + "\n") }
            if deliveries.contains(where: { $0.state == .dead }) {
                Output.error.write(
                    LocalizedText(
                        zh: "排除故障后重新发送：clipcheck webhooks retry 编号，或 --all-dead。\n",
                        en: "Once the cause is gone, send again: clipcheck webhooks retry ID, or --all-dead.\n")[
                            language])
            }
        }
    }

    /// `webhooks retry`: lets a delivery, or every dead one, be sent at once.
    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "立即重新发送；编号 webhook-id 不变。 Sends again at once, under the same webhook-id.")

        @Argument(help: ArgumentHelp("事件的编号 Id of the delivery, msg_….", valueName: "id"))
        var id: String?

        @Flag(help: "所有未送达的 Every dead delivery.")
        var allDead = false

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func validate() throws {
            if (id == nil) != allDead { throw ValidationError("请指明编号或 --all-dead Name an id, or --all-dead.") }
        }

        func run() throws {
            let language = languageOption.language
            guard let id else {
                let count = try IntakeError.explained(language) { () throws(IntakeError) in
                    try WebhooksCommand.registry(dataOptions).retryAllDead()
                }
                Output.standard.write(
                    LocalizedText(
                        zh: "\(count) 个事件将由服务重新发送。\n", en: "The service sends \(count) deliveries again.\n")[language])
                return
            }
            let answer = try IntakeError.explained(language) { () throws(IntakeError) in
                try WebhooksCommand.registry(dataOptions).retry(id)
            }
            let text =
                switch answer {
                case .waiting: LocalizedText(zh: "服务将重新发送 \(id)。", en: "The service sends \(id) again.")
                case .unknown:
                    LocalizedText(
                        zh: "没有编号为“\(id.prefix(40))”的事件，可能已过保留期。全部事件见 clipcheck webhooks list。",
                        en: "There is no delivery \"\(id.prefix(40))\"; it may be too old. See clipcheck webhooks list."
                    )
                case .disabled(let target):
                    LocalizedText(
                        zh: "接收地址已停用（答复过 410）。请先恢复：clipcheck webhooks enable \(target)",
                        en: "The target is disabled: it answered 410. First run clipcheck webhooks enable \(target).")
                }
            guard answer == .waiting else {
                Output.error.write(text[language] + "\n")
                throw Exit.usage
            }
            Output.standard.write(text[language] + "\n")
        }
    }
}

extension WebhookDelivery {
    /// One line about the delivery: its id, state, event, entry, target, attempts, time, and the last error with what to do.
    fileprivate func line(_ language: Language) -> String {
        let tries = LocalizedText(zh: "\(attempts) 次", en: "\(attempts) attempts")[language]
        let failure = lastFailure.map { failure in
            [failure.rawValue + (lastStatus.map { " \($0)" } ?? ""), failure.message[language]].joined(separator: ": ")
        }
        let parts: [String?] = [id, state.rawValue, event.rawValue, entry, target, tries, occurredAt, failure]
        return parts.compactMap(\.self).joined(separator: "  ")
    }
}
