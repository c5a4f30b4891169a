public import MediaFacts

/// Why an attempt to deliver failed. The raw value is stored.
public enum WebhookFailure: String, Sendable, Hashable, CaseIterable {
    /// The host name has no address.
    case nameUnknown = "name-unknown"
    /// The host name has an address that the target may not use.
    case addressRefused = "address-refused"
    /// No connection could be made, or it broke.
    case connectionFailed = "connection-failed"
    /// The certificate is not valid for the host, or TLS failed otherwise.
    case tlsFailed = "tls-failed"
    /// There was no answer within the time of an attempt.
    case timedOut = "timed-out"
    /// The answer was a redirect, which is not followed.
    case redirected
    /// The answer was another status than 2xx.
    case refusedByTarget = "status"
    /// The answer was 410: the target wants no more events.
    case gone
    /// The secret of the target cannot be opened with the key file.
    case secretLocked = "secret-locked"
    /// The stored address cannot be sent to.
    case addressInvalid = "address-invalid"

    /// The message: the event and the remedy.
    public var message: LocalizedText {
        switch self {
        case .nameUnknown:
            LocalizedText(zh: "域名无法解析；请核对地址和 DNS", en: "the host name has no address; check it and the DNS")
        case .addressRefused:
            LocalizedText(
                zh: "域名指向本机、内网或保留地址；若属自有网络，请删除后加 --allow-private 重新添加",
                en: "the host is in a private or reserved network; if it is yours, add it anew with --allow-private")
        case .connectionFailed:
            LocalizedText(zh: "无法连接；请检查接收方是否在运行", en: "no connection; check that the receiver runs")
        case .tlsFailed:
            LocalizedText(
                zh: "TLS 证书无效，或签发者不受本机信任；请检查接收方的证书和本机的 CA 列表",
                en: "the TLS certificate is not valid, or this machine does not trust its CA; check both")
        case .timedOut:
            LocalizedText(
                zh: "15 秒内没有答复；接收方应先答复 2xx 再处理", en: "no answer in 15 s; a receiver answers 2xx first, then works")
        case .redirected:
            LocalizedText(zh: "接收方要求跳转，不会跟随；请改用最终地址", en: "a redirect is not followed; use the final address")
        case .refusedByTarget:
            LocalizedText(zh: "接收方没有答复 2xx；请查看接收方的日志", en: "the answer was not 2xx; see the receiver's log")
        case .gone:
            LocalizedText(
                zh: "接收方答复 410，已停用；恢复：clipcheck webhooks enable", en: "410 disabled it; see clipcheck webhooks enable")
        case .secretLocked:
            LocalizedText(
                zh: "密钥文件打不开它的签名密钥；请恢复 clipcheck.keys",
                en: "the key file does not open its secret; restore clipcheck.keys")
        case .addressInvalid:
            LocalizedText(zh: "地址无效；请删除后重新添加", en: "the address is not valid; remove the target and add it anew")
        }
    }
}
