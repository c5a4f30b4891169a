import ArgumentParser

/// The root command, `clipcheck`. The subcommands read flags and environment, print, and choose an exit code.
struct Clipcheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clipcheck",
        abstract: "检查短视频是否符合征集通知的要求。 Checks whether a video meets a contest's published rules.",
        discussion: """
            clipcheck check 作品.mp4 --contest xian-2024
            退出码 exit codes of check: 0 合格 compliant, 1 不合格 non-compliant, 2 需人工确认 needs review,
            3 仅用 only with --fail-on advisory: 鼓励项未达到 an encouraged rule is not met,
            64 用法错误 usage, 66 文件不存在或无法打开 no such input, 70 程序或系统故障 our own failure.
            """,
        version: VersionText.all,
        subcommands: [
            CheckCommand.self, ProbeCommand.self, ServeCommand.self, ContestsCommand.self, DatabaseCommand.self,
            KeysCommand.self, WebhooksCommand.self, VerifyCommand.self, SigningKeysCommand.self,
            HealthcheckCommand.self,
        ])
}
