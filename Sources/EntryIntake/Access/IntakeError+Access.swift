extension IntakeError {
    /// The request has no key, but needs one.
    public static let keyMissing = IntakeError(
        .keyMissing, zh: "需要密钥：请加上请求头 Authorization: Bearer <密钥>。密钥由管理员用 clipcheck keys create 发放。",
        en: "A key is needed: send \"Authorization: Bearer <key>\". The operator makes keys with clipcheck keys create."
    )

    /// The token in the request belongs to no key of this service.
    public static let keyUnknown = IntakeError(
        .keyUnknown, zh: "密钥无效。请检查 Authorization: Bearer 后的密钥是否完整。",
        en: "The key is not known. Check that what follows \"Authorization: Bearer\" is the whole key.")

    /// The key has expired.
    public static let keyExpired = IntakeError(
        .keyExpired, zh: "密钥已过期。请向管理员索取新的密钥。", en: "The key has expired. Ask the operator for a new one.")

    /// The operator revoked the key.
    public static let keyRevoked = IntakeError(
        .keyRevoked, zh: "密钥已被吊销。请向管理员索取新的密钥。", en: "The key was revoked. Ask the operator for a new one.")

    /// The key has none of the scopes that the request needs.
    public static func scopeMissing(_ needed: [Scope]) -> IntakeError {
        let names = needed.map(\.rawValue)
        return IntakeError(
            .scopeMissing, zh: "这个密钥没有权限：需要 \(names.joined(separator: " 或 "))。",
            en: "This key does not allow that: it needs the scope \(names.joined(separator: " or ")).")
    }

    /// The key is for another contest.
    public static func contestForbidden(_ contest: String) -> IntakeError {
        IntakeError(
            .contestForbidden, zh: "这个密钥只能用于竞赛“\(contest)”。", en: "This key is for the contest \"\(contest)\" only.")
    }

    /// The key may read the entry, but only its submitter or an administrator may change it.
    public static let ownerRequired = IntakeError(
        .ownerRequired, zh: "这个密钥可以查看该作品，但不能修改：只有提交它的密钥或 admin 密钥可以。",
        en: "This key may read the entry, not change it: only the key that submitted it or an admin key may.")
}
