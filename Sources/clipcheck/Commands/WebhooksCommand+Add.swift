import ArgumentParser
import EntryIntake
import EntryStore
import MediaFacts
import WebhookDelivery

extension WebhooksCommand {
    /// `webhooks add`: adds a target and prints its secret once.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "添加接收地址，签名密钥只显示这一次。 Adds a target; its secret is shown this once.")

        @Argument(help: ArgumentHelp("接收方的网址 Address of the receiver, https://….", valueName: "url"))
        var url: String

        @Option(
            help: ArgumentHelp(
                "只通知这个竞赛 The only contest whose events are sent. Default: every contest.", valueName: "id"))
        var contest: String?

        @Option(
            help: ArgumentHelp(
                "只通知这些事件，逗号分隔 The only events that are sent, with commas between. Default: all.", valueName: "a,b"))
        var events: String?

        @Flag(help: "接收方在本机或自有内网，可用 http The receiver is on this machine or in your own network; http is allowed.")
        var allowPrivate = false

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func validate() throws {
            _ = try chosenEvents()
            guard let endpoint = Endpoint(url) else {
                throw ValidationError(
                    "网址应为 https://主机/路径，不带用户名和 # The address is https://host/path without user name and #: "
                        + "\(url.prefix(100))")
            }
            if !endpoint.isEncrypted, !allowPrivate {
                throw ValidationError(
                    "请使用 https；只有自有内网的接收方（--allow-private）可用 http。"
                        + " Use https; http is for receivers in your own network, with --allow-private.")
            }
        }

        func run() async throws {
            let language = languageOption.language
            try await checkAddresses(language)
            let events = try chosenEvents()
            let added = try IntakeError.explained(language) { () throws(IntakeError) in
                try WebhooksCommand.registry(dataOptions).add(
                    url: url, contest: contest, events: events, allowsPrivate: allowPrivate)
            }
            guard let (target, secret) = added else {
                let most = WebhookRegistry.mostTargets
                Output.error.write(
                    LocalizedText(
                        zh: "已有 \(most) 个接收地址，不能再多。请先删除：clipcheck webhooks remove 编号\n",
                        en: "There are \(most) targets, the most possible. First run clipcheck webhooks remove ID.\n")[
                            language])
                throw Exit.usage
            }
            WebhooksCommand.show(secret, target.line(language), language)
        }

        private func chosenEvents() throws -> Set<WebhookEvent> {
            guard let events else { return Set(WebhookEvent.allCases) }
            return try Set(
                events.split(separator: ",").map { name in
                    guard let event = WebhookEvent(rawValue: String(name)) else {
                        let all = WebhookEvent.allCases.map(\.rawValue).joined(separator: ", ")
                        throw ValidationError("没有这个事件 no such event: \(name.prefix(40))（\(all)）")
                    }
                    return event
                })
        }

        /// Refuses a host with an address that the service would refuse. A host that has no address now may have one later.
        private func checkAddresses(_ language: Language) async throws {
            guard let host = Endpoint(url)?.host else { return }
            let addresses = await HostResolver().addresses(of: host)
            let policy = AddressPolicy(allowsPrivate: allowPrivate)
            if let address = addresses.first(where: { !policy.allows($0) }) {
                let (text, kind) = (address.text, AddressPolicy.kind(of: address).rawValue)
                Output.error.write(
                    LocalizedText(
                        zh: "\(host) 指向 \(text)（\(kind)），不会向它发送。"
                            + "若是本机或自有内网的接收方，请加 --allow-private。\n",
                        en:
                            "\(host) is at \(text) (\(kind)), which is not sent to. For a receiver on this machine or in "
                            + "your own network, add --allow-private.\n")[language])
                throw Exit.usage
            }
            if addresses.isEmpty {
                Output.error.write(
                    LocalizedText(
                        zh: "提醒：\(host) 现在无法解析。\n", en: "Note: \(host) has no address at this time.\n")[language])
            }
        }
    }
}
