public import ArgumentParser
public import EntryIntake
import EntryStore
import MediaFacts

/// `clipcheck webhooks`: the addresses that a service sends events to, and the deliveries to them.
struct WebhooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks",
        abstract: "把事件通知其他系统；服务运行时也可用。 Tells other systems what happened (Standard Webhooks 1.0).",
        discussion: """
            事件 events: entry.created, report.completed, entry.signed-off, entry.deleted
            接收方用 whsec_… 校验签名，15 秒内答复 2xx；重复的 webhook-id 可以忽略。
            A receiver verifies the signature with whsec_…, answers 2xx within 15 s and passes over a webhook-id that it knows.
            """,
        subcommands: [
            Add.self, Targets.self, List.self, Retry.self, Rotate.self, Enable.self, Remove.self,
        ])

    /// Opens the webhooks of the data folder.
    static func registry(_ options: DataOptions) throws(IntakeError) -> WebhookRegistry {
        try WebhookRegistry(folder: options.folder, keyFile: options.keyFile)
    }

    /// Prints a secret once. The secret stands alone on standard output, so that a script can read it; `note` and the
    /// advice go to standard error.
    static func show(_ secret: WebhookSecret, _ note: String, _ language: Language) {
        Output.standard.write(secret.text + "\n")
        Output.error.write(note + "\n")
        Output.error.write(
            LocalizedText(
                zh: "请立即保存：签名密钥不会再显示。接收方用它校验请求头 webhook-signature。\n",
                en: "Keep it now: it is not shown again. The receiver verifies webhook-signature with it.\n")[language])
    }

    /// Prints that no target has this id, and gives the exit back.
    static func unknownTarget(_ id: String, _ language: Language) -> ExitCode {
        Output.error.write(
            LocalizedText(
                zh: "没有编号为“\(id.prefix(40))”的接收地址。全部地址见 clipcheck webhooks targets。\n",
                en: "There is no target \"\(id.prefix(40))\". See clipcheck webhooks targets.\n")[language])
        return Exit.usage
    }
}

extension WebhookEvent: ExpressibleByArgument {}
extension WebhookDelivery.State: ExpressibleByArgument {}
