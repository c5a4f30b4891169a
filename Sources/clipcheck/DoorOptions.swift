import ArgumentParser
import EntryServer
import MediaFacts

/// Options of `serve` about access: service without keys, the service's public addresses, and the portals whose pages
/// may use the service.
struct DoorOptions: ParsableArguments {
    @Flag(help: "不设密钥也对外服务：任何人都可以做任何事 Serve other machines without keys: anybody may do everything.")
    var open = false

    @Option(
        help: ArgumentHelp(
            "对外的网址，可重复 An address under which clients reach the service, like https://clips.example.cn; repeatable.",
            valueName: "url"))
    var publicUrl: [String] = []

    @Option(
        help: ArgumentHelp(
            "允许其网页使用本服务的平台，可重复 A portal whose pages may use the service from a browser, or *; repeatable.",
            valueName: "origin"))
    var allowOrigin: [String] = []

    func validate() throws {
        _ = try (publicURLs, allowedOrigins, Settings.isOn("OPEN"))
        if Settings.environment("ORGANISER_KEYS") != nil {
            throw ValidationError(
                "CLIPCHECK_ORGANISER_KEYS 已由 clipcheck keys create --scope review 取代，请取消设置。"
                    + " CLIPCHECK_ORGANISER_KEYS is replaced by clipcheck keys create --scope review; unset it.")
        }
    }

    /// Origins of `--public-url`, or else of `CLIPCHECK_PUBLIC_URL`, under which clients reach the service.
    ///
    /// - Throws: a usage error when a text is not a scheme and a host without a path.
    var publicURLs: [WebOrigin] { get throws { try origins(publicUrl, "PUBLIC_URL", "--public-url") } }

    /// Origins of `--allow-origin`, or else of `CLIPCHECK_ALLOW_ORIGIN`, whose pages may use the service; `*` allows
    /// every origin.
    ///
    /// - Throws: a usage error when a text is not a scheme and a host without a path.
    var allowedOrigins: AllowedOrigins {
        get throws {
            let texts = Self.texts(allowOrigin, "ALLOW_ORIGIN")
            return texts.contains("*") ? .any : .some(Set(try origins(allowOrigin, "ALLOW_ORIGIN", "--allow-origin")))
        }
    }

    /// The values of a repeatable flag, or else of its environment variable, where spaces or commas separate them.
    private static func texts(_ flags: [String], _ variable: String) -> [String] {
        flags.isEmpty
            ? (Settings.environment(variable) ?? "").split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
            : flags
    }

    private func origins(_ flags: [String], _ variable: String, _ flag: String) throws -> [WebOrigin] {
        try Self.texts(flags, variable).map { text in
            guard let origin = WebOrigin(text) else {
                throw ValidationError(
                    "\(flag) 应为 https://主机 或 https://主机:端口，不带路径 is a scheme and a host without a path: \(text)")
            }
            return origin
        }
    }

    /// Refuses to serve other machines while there is no key, unless `--open` is given.
    ///
    /// - Throws: an exit with code 64 after printing how to make a key; a usage error when `CLIPCHECK_OPEN` is neither 0 nor 1.
    func refuseOpenDoor(host: String, hasKeys: Bool, _ language: Language) throws {
        guard !hasKeys, try !(open || Settings.isOn("OPEN")), !Self.isLoopback(host) else { return }
        Output.error.write(
            LocalizedText(
                zh: "在 \(host) 上，其他机器也能访问服务，但还没有密钥，服务未启动。请先发放：clipcheck keys create 管理员 --scope admin；"
                    + "若确实要让任何人做任何事，加 --open。\n",
                en:
                    "Other machines reach the service on \(host), and there is no key, so nothing was started. Make one "
                    + "first: clipcheck keys create NAME --scope admin. To let anybody do everything, add --open.\n")[
                    language])
        throw Exit.usage
    }

    /// The warning that a service without keys prints when it starts.
    func openDoorNote(host: String) -> String {
        let (zh, en) =
            Self.isLoopback(host)
            ? ("本机上的任何程序都可以做任何事", "any program on this machine may do everything")
            : ("任何人都可以做任何事", "anybody may do everything")
        return """
            没有密钥，\(zh)（联系方式除外）。发放：clipcheck keys create 名称 --scope admin
            No keys: \(en), except see contacts. Make one: clipcheck keys create NAME --scope admin

            """
    }

    /// Whether `host` is an address that only this machine can reach.
    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host.hasPrefix("127.")
    }
}
