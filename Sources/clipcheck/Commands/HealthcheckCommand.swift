import ArgumentParser
import Foundation
import MediaFacts

/// `clipcheck healthcheck`: asks a running service whether it is ready. A container and a load balancer's agent need no
/// other HTTP client.
struct HealthcheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck",
        abstract: "询问运行中的服务是否就绪。 Asks a running service whether it is ready.",
        discussion: "退出码 exit codes: 0 就绪 ready, 1 未就绪或没有答复 not ready or no answer, 64 用法错误 usage.")

    @Option(help: "服务的监听地址 The address that the service listens on. Default 127.0.0.1.")
    var host: String?

    @Option(help: "服务的监听端口 The port that the service listens on. Default 8080.")
    var port: Int?

    @OptionGroup var languageOption: LanguageOption

    private static let ports = 1...65_535

    func validate() throws {
        guard let port, !Self.ports.contains(port) else { return }
        throw ValidationError("--port 超出范围 is out of range: \(port)")
    }

    func run() throws {
        let host = Self.reachable(host ?? Settings.environment("HOST") ?? "127.0.0.1")
        let port = try port ?? Settings.number("PORT", in: Self.ports) ?? 8080
        let answer = ReadinessRequest(host: host, port: port).send()
        guard answer != .status(200) else { return }
        let address = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/readyz"
        Output.error.write(Self.advice(answer, address)[languageOption.language])
        throw Exit.notReady
    }

    /// The address to connect to for an address that the service listens on. The addresses that stand for every
    /// interface give the loopback address of their family.
    private static func reachable(_ host: String) -> String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "::1"
        default: host
        }
    }

    /// One line that says what to do about an answer other than 200.
    private static func advice(_ answer: ReadinessAnswer, _ address: String) -> LocalizedText {
        switch answer {
        case .status(let status):
            LocalizedText(
                zh: "服务未就绪：\(address) 回复 \(status)。请查看服务的日志。\n",
                en: "The service is not ready: \(address) answers \(status). Read the service's log.\n")
        case .failed(let code):
            LocalizedText(
                zh: "\(address) 没有答复（\(String(cString: strerror(code)))）。"
                    + "请确认 clipcheck serve 正在运行，且 --host、--port 与它相同。\n",
                en: "\(address) does not answer (\(String(cString: strerror(code)))). Make sure that clipcheck serve "
                    + "runs with the same --host and --port.\n")
        }
    }
}
