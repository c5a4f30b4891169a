public import ContestRules
public import MediaFacts

/// Compares the statements of a finding with the facts from which it was made.
///
/// The check uses the meaning of the facts and no code of a rule, so it applies to every rule of every contest.
public struct MessageCheck {
    /// The facts with which judgements are compared.
    private let facts: MediaFacts

    /// Makes a check against `facts`.
    public init(_ facts: MediaFacts) { self.facts = facts }

    /// Descriptions of everything in the findings of `report` that contradicts its facts; empty for a report without
    /// facts.
    public static func contradictions(in report: Report, of contest: Contest) -> [String] {
        report.facts.map { MessageCheck($0).contradictions(report.findings, of: contest) } ?? []
    }

    /// Descriptions of everything in `findings`, made by the rules of `contest`, that contradicts the facts.
    public func contradictions(_ findings: [Finding], of contest: Contest) -> [String] {
        let kinds = Dictionary(contest.rules.map { ($0.id, $0.kindName) }) { first, _ in first }
        return findings.flatMap { finding in
            contradictions(
                kind: kinds[finding.rule] ?? finding.rule,
                Judgement(
                    finding.outcome, reason: finding.reason, measured: finding.measured, message: finding.message))
        }
    }

    /// Descriptions of everything in `judgement`, made by a rule of `kind`, that contradicts the facts.
    public func contradictions(kind: String, _ judgement: Judgement) -> [String] {
        let found = wrongPass(kind, judgement) + loss(judgement) + lengths(judgement) + counts(kind, judgement)
        return (found + words(judgement)).map {
            "\(kind): \($0) [\(judgement.measured ?? "–") | \(judgement.message.en)]"
        }
    }

    // MARK: Passes

    /// Describes a pass of `complete-file` or `decodable` although the facts contain a loss.
    private func wrongPass(_ kind: String, _ judgement: Judgement) -> [String] {
        guard judgement.outcome == .pass else { return [] }
        switch kind {
        case "complete-file":
            let isOpen = facts.integrity.end != nil && facts.integrity.end != .reached
            return isOpen || hasProblem(Self.lostInFile) ? ["passes an incomplete file"] : []
        case "decodable": return isDecoded ? [] : ["passes what did not decode"]
        default: return []
        }
    }

    /// Whether every picture and all sound that the depth promises was decoded.
    private var isDecoded: Bool {
        guard let content = facts.content, let picture = content.picture else { return false }
        let isWhole = content.depth < .full || picture.framesExamined >= picture.frames
        let isLossless = picture.missingFrames == 0 && picture.missing.isEmpty && picture.damagedFrames == 0
        let hasSound = facts.audio == nil || content.sound.map { $0.shortfall == nil } ?? false
        return isWhole && isLossless && hasSound && picture.shortfall == nil
            && !hasProblem([
                .picturesMissing, .encrypted, .externalData, .hevcInFLV, .noVideoDecoder, .noAudioDecoder,
            ])
    }

    private func hasProblem(_ codes: [IntegrityProblem.Code]) -> Bool {
        facts.integrity.problems.contains { codes.contains($0.code) }
    }

    // MARK: Words of loss

    private static let lostInFile: [IntegrityProblem.Code] = [
        .truncated, .noVideoPackets, .externalData, .corruptPackets, .unreadableTail, .missingPackets,
    ]

    /// Whether the facts contain anything that is missing or did not decode.
    private var namesLoss: Bool {
        let picture = facts.content?.picture
        return facts.integrity.end == .missing || hasProblem(Self.lostInFile + [.picturesMissing])
            || (picture?.missingFrames ?? 0) > 0 || picture?.missing.isEmpty == false
            || picture?.shortfall == .picturesMissing
    }

    /// Describes words of loss in a message about a file that lacks nothing.
    private func loss(_ judgement: Judgement) -> [String] {
        guard !namesLoss else { return [] }
        let english = ["cut off", "not complete", "incomplete", "missing", "lost"]
            .filter { judgement.message.en.contains($0) }
        let chinese = ["截断", "不完整", "缺", "丢失"].filter { judgement.message.zh.contains($0) }
        return (english + chinese).map { "says \"\($0)\" of a file that lacks nothing" }
    }

    // MARK: Figures

    /// Describes two equal figures in "x of y" or "x / y", which should differ.
    private func lengths(_ judgement: Judgement) -> [String] {
        let en = judgement.message.en.contains(" of ") ? judgement.message.en : ""
        let pairs = en.matches(of: /([0-9][0-9.]* (?:min [0-9.]+ s|min|s)) of ([0-9][0-9.]* (?:min [0-9.]+ s|min|s))/)
        let equal = pairs.filter { $0.1 == $0.2 }.map { "says \($0.0)" }
        let measured = judgement.measured?.components(of: " / ") ?? []
        return equal + (measured.count > Set(measured).count ? ["measures the same twice"] : [])
    }

    /// Describes counts of pictures that exceed the number of pictures in the facts.
    private func counts(_ kind: String, _ judgement: Judgement) -> [String] {
        let known = [facts.content?.picture?.frames, facts.integrity.videoPackets].compactMap(\.self).max()
        let listed = facts.integrity.problem(.missingPackets).map { $0.count ?? 1 } ?? 0
        let most = max(known ?? .max, listed)
        let en = judgement.message.en
        let text = en.contains(" frames") || en.contains(" pictures") ? en : ""
        let named = text.matches(of: /([0-9]+) (?:frames|pictures)\b(?! a second)/).compactMap { Int($0.1) }
        let tooMany = named.filter { $0 > most }.map { "counts \($0) pictures of \(most)" }
        guard kind == "decodable", let pair = judgement.measured?.wholeMatch(of: /([0-9]+)\/([0-9]+)/),
            let seen = Int(pair.1), let all = Int(pair.2)
        else { return tooMany }
        let isPartial = judgement.outcome != .pass && seen >= all
        return tooMany + (seen > all || isPartial ? ["measures \(pair.0)"] : [])
    }

    // MARK: Words

    /// Describes a missing message in either language, and names of Swift values such as `nil` in a message.
    private func words(_ judgement: Judgement) -> [String] {
        let (zh, en) = (judgement.message.zh, judgement.message.en)
        let isChinese = { (text: String) in text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
        var found: [String] = []
        if !isChinese(zh) { found.append("has no Chinese message") }
        if en.isEmpty || isChinese(en) { found.append("has no English message") }
        for text in [zh, en, judgement.measured ?? "", judgement.required ?? ""] {
            found += text.matches(of: /\b(?:nil|Optional|nan|inf)\b/).map { "says \($0.0)" }
        }
        return found
    }
}

extension String {
    /// The parts between the occurrences of `separator`.
    fileprivate func components(of separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
