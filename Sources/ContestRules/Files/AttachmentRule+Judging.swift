public import MediaFacts

extension AttachmentRule {
    /// The tolerance of shapes: the one that `aspect-ratio` has by default.
    private static let shapeTolerance = 0.005
    /// A subtitle may end this much later than the video: players hide it with the last picture.
    private static let cueTolerance = Duration.seconds(1)

    /// Judges the file that was sent as this attachment. Pure: the same facts always give the same judgement.
    ///
    /// - Parameters:
    ///   - facts: the facts of the file; nil when none was sent.
    ///   - video: true length of the entry's main video; nil when it is not known.
    /// - Returns: the judgement, with the attachment's name as its field; nil for an optional file that was not sent.
    public func judge(_ facts: AttachmentFacts?, video: Duration?) -> Judgement? {
        guard let facts else { return isRequired ? missing : nil }
        let issues = issues(facts, video: video)
        let worst = issues.max { $0.outcome.severity < $1.outcome.severity }
        let outcome = worst?.outcome ?? .pass
        let shown = Self.shown(facts)
        var (zh, en) = ("附件“\(label.zh)”：\(shown.zh)", "Attachment \"\(label.en)\": \(shown.en)")
        (zh, en) = outcome == .pass ? (zh + "，符合要求。", en + ", as required.") : (zh + "。", en + ".")
        return Judgement(
            outcome, reason: outcome == .pass ? nil : worst?.reason, field: name, required: requiredText,
            measured: measured(facts),
            message: LocalizedText(
                zh: zh + issues.map(\.message.zh).joined(), en: ([en] + issues.map(\.message.en)).joined(separator: " ")
            ))
    }

    /// The judgement of a file that was sent and that the machine could not read.
    var unread: Judgement {
        Judgement(
            .undetermined, reason: "unread", field: name, required: requiredText,
            message: LocalizedText(
                zh: "附件“\(label.zh)”无法读取，请检查文件权限和磁盘后重试。",
                en: "The attachment \"\(label.en)\" could not be read: check its permissions and the disk."))
    }

    private var missing: Judgement {
        Judgement(
            .fail, reason: "missing", field: name, required: requiredText,
            message: LocalizedText(
                zh: "缺少附件“\(label.zh)”，请补交\(kindWords.zh)。",
                en: "The attachment \"\(label.en)\" is missing: send \(kindWords.en)."))
    }

    private func issues(_ facts: AttachmentFacts, video: Duration?) -> [AttachmentIssue] {
        guard facts.format != .empty, facts.bytes > 0 else {
            return [AttachmentIssue(.fail, "empty", zh: "文件没有内容，请重新提交。", en: "It has no content: send it again.")]
        }
        guard kinds.contains(where: { $0.includes(facts.format) }) else {
            return [wrongKind] + facts.problems.compactMap(AttachmentIssue.init)
        }
        return tooLarge(facts) + pictureIssues(facts) + cueIssues(facts, video: video)
            + facts.problems.compactMap(AttachmentIssue.init)
    }

    private var wrongKind: AttachmentIssue {
        AttachmentIssue(
            .fail, "wrong-kind", zh: "要求\(Wording.spaced(kindWords.zh))，请按要求的格式另存后提交。",
            en: "What is required is \(kindWords.en): save it in that format.")
    }

    private func tooLarge(_ facts: AttachmentFacts) -> [AttachmentIssue] {
        guard let largest, facts.bytes > largest else { return [] }
        let limit = Wording.bytes(largest)
        return [
            AttachmentIssue(
                .fail, "too-large", zh: "共 \(facts.bytes) 字节，要求不超过 \(limit)，请压缩后提交。",
                en: "It has \(facts.bytes) bytes; at most \(limit) is required. Make it smaller.")
        ]
    }

    private func pictureIssues(_ facts: AttachmentFacts) -> [AttachmentIssue] {
        guard facts.format.isImage else { return [] }
        guard let width = facts.width, let height = facts.height, let ratio = Ratio(Int64(width), Int64(height)) else {
            let isLimited = smallestPicture != nil || !shapes.isEmpty
            return [
                AttachmentIssue(
                    isLimited ? .undetermined : .review, "size-unknown", zh: "无法读出图片尺寸，请重新导出。",
                    en: "Its size in pixels cannot be read: export it again.")
            ]
        }
        var issues: [AttachmentIssue] = []
        if let least = smallestPicture,
            min(width, height) < min(least.width, least.height) || max(width, height) < max(least.width, least.height)
        {
            issues.append(
                AttachmentIssue(
                    .fail, "too-small", zh: "要求不小于 \(least.text)（横竖不限），请用更大的原图导出，不要放大凑尺寸。",
                    en:
                        "At least \(least.text) is required, in either orientation. Export a larger original; do not scale it up."
                ))
        }
        if !shapes.isEmpty, !admits(ratio) { issues.append(wrongShape(ratio)) }
        return issues
    }

    private func admits(_ ratio: Ratio) -> Bool {
        shapes.contains { ratio.isWithin(Self.shapeTolerance, of: $0.ratio) }
    }

    private func wrongShape(_ ratio: Ratio) -> AttachmentIssue {
        let required = shapes.map(\.text).joined(separator: ", ")
        return admits(ratio.inverted)
            ? AttachmentIssue(
                .fail, "turned", zh: "横竖方向相反，要求 \(required)，请按要求的方向重新制作。",
                en: "It is turned on its side; \(required) is required. Make it the other way round.")
            : AttachmentIssue(
                .fail, "wrong-ratio", zh: "比例不是要求的 \(required)，请裁切后导出，不要拉伸。",
                en: "Its shape is not \(required), as required. Crop it; do not stretch it.")
    }

    private func cueIssues(_ facts: AttachmentFacts, video: Duration?) -> [AttachmentIssue] {
        guard facts.format == .srt, kinds.contains(.srt) else { return [] }
        guard let last = facts.subtitles?.lastMilliseconds else {
            return [AttachmentIssue(.fail, "no-cues", zh: "没有一条字幕，请检查文件。", en: "It has no cue: check the file.")]
        }
        guard let video else {
            return [
                AttachmentIssue(
                    .undetermined, "video-length-unknown", zh: "视频时长未知，无法判断字幕是否在视频之内。",
                    en: "The video's length is not known, so whether the cues lie within it is open.")
            ]
        }
        guard Duration.milliseconds(last) > video + Self.cueTolerance else { return [] }
        return [
            AttachmentIssue(
                .fail, "beyond-video",
                zh: "最后一条字幕在 \(Wording.clock(last))，视频只有 \(Wording.duration(video).zh)，请换成与视频对应的字幕。",
                en:
                    "The last cue ends at \(Wording.clock(last)) and the video lasts \(Wording.duration(video).en): send "
                    + "the subtitles of this video.")
        ]
    }

    private var kindWords: LocalizedText { Wording.alternatives(kinds.map(\.words)) }

    /// `pdf, image, ≤ 10 MB, ≥ 800×600, 3:4`.
    private var requiredText: String {
        let limits = [largest.map { "≤ \(Wording.bytes($0))" }, smallestPicture.map { "≥ \($0.text)" }].compactMap(
            \.self)
        return (kinds.map(\.rawValue) + limits + shapes.map(\.text)).joined(separator: ", ")
    }

    private func measured(_ facts: AttachmentFacts) -> String {
        ([facts.format.rawValue, "\(facts.bytes) B"] + Self.details(facts).map(\.en)).joined(separator: ", ")
    }

    private static func shown(_ facts: AttachmentFacts) -> LocalizedText {
        let parts =
            [facts.format.words] + details(facts) + [
                LocalizedText(zh: Wording.bytes(facts.bytes), en: Wording.bytes(facts.bytes))
            ]
        return LocalizedText(
            zh: parts.map(\.zh).joined(separator: "，"), en: parts.map(\.en).joined(separator: ", "))
    }

    private static func details(_ facts: AttachmentFacts) -> [LocalizedText] {
        var details: [LocalizedText] = []
        if let width = facts.width, let height = facts.height {
            details.append(LocalizedText(zh: "\(width)×\(height)", en: "\(width)×\(height)"))
        }
        if let cues = facts.subtitles {
            details.append(LocalizedText(zh: "\(cues.count) 条字幕", en: "\(cues.count) cues"))
        }
        return details
    }
}
