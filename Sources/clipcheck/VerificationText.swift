import EntryIntake
import MediaFacts
import ReportSigning
import Reporting

/// What `verify` says of a document and a file.
struct VerificationText {
    private let verification: Verification
    private let media: Media?

    /// The file beside a report.
    struct Media {
        var name: String
        var bytes: Int64
        var sha256: String
    }

    /// Prepares the words.
    ///
    /// - Parameter media: the file that the report should be on; nil when none was named.
    init(_ verification: Verification, media: Media?) {
        self.verification = verification
        self.media = media
    }

    /// Whether every signature is valid, and the file, when there is one, is that of a report.
    var isValid: Bool { verification.isValid && (media.map(isReported) ?? true) }

    /// The lines, in order: each report, the batch, the file.
    var all: [LocalizedText] {
        verification.reports.map(Self.line)
            + [verification.batch.map(Self.batchLine), media.map(fileLine)].compactMap(\.self)
    }

    /// The line about a text that is no document of clipcheck.
    static func unreadable(_ error: any Error) -> LocalizedText {
        guard let fault = error as? JSONFault else {
            return LocalizedText(
                zh: "这不是 clipcheck 的报告、作品或批量结果，无法核对。",
                en: "This is no report, entry or batch of clipcheck, so nothing was verified.")
        }
        let place = fault.offset.map { ("，第 \($0) 字节", " at byte \($0)") } ?? ("", "")
        return LocalizedText(
            zh: "文件不是有效的 JSON（\(fault.code.rawValue)\(place.0)），可能已损坏或被改动。",
            en: "The file is no valid JSON (\(fault.code.rawValue)\(place.1)); it is damaged or was altered.")
    }

    private static func line(_ report: VerifiedReport) -> LocalizedText {
        let name = [report.id, report.filename].compactMap(\.self).map(TextReport.visible).joined(separator: " ")
        return sentence("报告 \(name)", "Report \(name)", report.signer)
    }

    private static func batchLine(_ signer: Result<VerifyingKey, SignatureFault>) -> LocalizedText {
        if case .failure(.unsigned) = signer {
            return LocalizedText(
                zh: "批量结果：末尾没有签名，无法确认没有增删文件。请用 check --sign-with 生成，并保留最后一条记录。",
                en:
                    "The batch has no signature at its end, so files may be missing. Make it with check --sign-with and "
                    + "keep its last record.")
        }
        return sentence("批量结果整体", "The batch as a whole", signer)
    }

    private static func sentence(
        _ zh: String, _ en: String, _ signer: Result<VerifyingKey, SignatureFault>
    ) -> LocalizedText {
        switch signer {
        case .success(let key):
            let known = key.published.map {
                ("，\($0.state.text.zh)，\($0.createdAt) 建立", ", \($0.state.text.en), made \($0.createdAt)")
            }
            return LocalizedText(
                zh: "\(zh)：未被改动。签名密钥 \(key.id)（可信\(known?.0 ?? "")）。",
                en: "\(en) is unaltered. Key \(key.id) signed it (trusted\(known?.1 ?? "")).")
        case .failure(.altered):
            return LocalizedText(zh: "\(zh)：签名不符，内容已被改动。", en: "\(en) was altered: the signature does not match.")
        case .failure(.unsigned):
            return LocalizedText(
                zh: "\(zh)：没有签名，无法核对。旧版本的报告可重新检查后再核对。",
                en: "\(en) has no signature, so nothing can be said. Check the entry again to get a signed report.")
        case .failure(.malformed):
            return LocalizedText(zh: "\(zh)：签名格式不对，内容已被改动。", en: "\(en) was altered: its signature is malformed.")
        case .failure(.keyUnknown(let id)):
            let id = TextReport.visible(id)
            return LocalizedText(
                zh: "\(zh)：由密钥 \(id) 签名，不在您信任的公钥中，无法确认。请向主办方索取公钥（GET /v1/keys）。",
                en: "\(en) names the key \(id), which is none of those that you trust, so nothing is proven. Ask the "
                    + "organiser for the public keys (GET /v1/keys).")
        }
    }

    private func isReported(_ media: Media) -> Bool {
        verification.reports.contains { $0.sha256 == media.sha256 && $0.bytes == media.bytes }
    }

    private func fileLine(_ media: Media) -> LocalizedText {
        let name = TextReport.visible(media.name)
        if isReported(media) {
            return LocalizedText(
                zh: "文件 \(name)：与报告一致（大小和 SHA-256 相同）。",
                en: "File \(name) is the one of the report: size and SHA-256 are equal.")
        }
        guard verification.reports.contains(where: { $0.sha256 != nil }) else {
            return LocalizedText(
                zh: "文件 \(name)：报告中没有 SHA-256，无法比对。", en: "File \(name) cannot be compared: the report has no SHA-256.")
        }
        return LocalizedText(
            zh: "文件 \(name)：不是报告所指的文件（大小或 SHA-256 不同）。",
            en: "File \(name) is not the one of the report: its size or SHA-256 differs.")
    }
}
