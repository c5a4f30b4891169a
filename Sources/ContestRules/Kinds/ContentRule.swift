internal import MediaFacts

/// A rule about what a viewer would see or hear: it needs the file decoded.
protocol ContentRule: MeasuredRule {
    /// Judges a file that was looked at as closely as the rule asks.
    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement

    /// The limit in figures.
    var required: String? { get }
}

extension ContentRule {
    var depth: Depth { .standard }

    func judge(_ facts: MediaFacts) -> Judgement {
        guard let content = facts.content, content.depth >= depth else {
            return Judgement(
                .undetermined, reason: Finding.notDecoded, required: required,
                message: depth == .full && facts.content != nil
                    ? LocalizedText(
                        zh: "此项须逐帧解码才能检查，本次未逐帧解码。", en: "This needs every frame decoded, which this check did not do.")
                    : LocalizedText(
                        zh: "此项须解码画面和声音才能检查，本次未解码。",
                        en: "This needs picture and sound decoded, which this check did not do."))
        }
        guard thresholds.allSatisfy({ content.thresholds[$0.key] == $0.value }) else {
            return Judgement(
                .undetermined, reason: "other-thresholds", required: required,
                message: LocalizedText(
                    zh: "此文件是按别的阈值测量的，须重新检查。", en: "This was measured by other thresholds. Check the file again."))
        }
        return judge(content, of: facts)
    }

    /// What was found could not be found out in full.
    func undetermined(_ shortfall: ContentShortfall) -> Judgement {
        let why: LocalizedText =
            switch shortfall {
            case .noDecoder: LocalizedText(zh: "没有可用的解码器", en: "there is no decoder for it")
            case .nothingDecoded: LocalizedText(zh: "没有解出任何内容", en: "nothing could be decoded")
            case .stopsDecoding: LocalizedText(zh: "解码中途停止", en: "decoding stops half-way")
            case .timedOut: LocalizedText(zh: "检查超时", en: "the check ran out of time")
            case .outOfMemory: LocalizedText(zh: "检查所需内存超出限制", en: "the check ran out of memory")
            case .crashed, .garbled: LocalizedText(zh: "解码程序异常终止", en: "the decoder broke down")
            case .formatChanges: LocalizedText(zh: "格式中途改变", en: "the format changes half-way")
            default: LocalizedText(zh: "数据格式无法识别", en: "its format is not understood")
            }
        return Judgement(
            .undetermined, reason: shortfall.rawValue, required: required,
            message: LocalizedText(
                zh: "未能检查完整（\(why.zh)）。请用常见软件重新导出后再提交。",
                en: "This could not be checked in full: \(why.en). Export the video again."))
    }

    /// Judges pieces of time in which something holds; what was found is so, however little was seen, but what was not
    /// found may yet be there.
    func judge(
        _ found: [TimeRange], upTo stretch: LongestStretch, _ shortfall: ContentShortfall?, _ name: LocalizedText,
        _ remedy: LocalizedText
    ) -> Judgement {
        let judgement = stretch.judge(found, name, remedy)
        if judgement.outcome == .pass, let shortfall { return undetermined(shortfall) }
        return judgement
    }

    /// There is no sound to judge.
    func noSound() -> Judgement {
        Judgement(
            .undetermined, reason: "no-audio", required: required,
            message: LocalizedText(zh: "文件中没有声音，无法检查此项。", en: "The file has no sound to check this on."))
    }
}

/// Pieces of time in which something holds may each last so long and no longer.
struct LongestStretch {
    /// Longest piece that passes.
    let longest: Duration

    init(longest: Duration) { self.longest = longest }

    init(_ parameters: ParameterReader) {
        longest =
            parameters.value("longest", isRequired: true, shape: Units.durationShape, Units.duration) ?? .seconds(10)
        if longest < .seconds(1) {
            parameters.report(
                "longest", "不能少于 1 秒：更短的片段不能可靠测得", "at least 1s: shorter pieces are not measured reliably")
        }
    }

    var required: String { "≤ \(Wording.seconds(longest)) s" }

    /// Judges the pieces that were found; `name` is what they are.
    func judge(_ found: [TimeRange], _ name: LocalizedText, _ remedy: LocalizedText) -> Judgement {
        let long = found.filter { $0.length > longest }
        guard let worst = long.max(by: { $0.length < $1.length }) else {
            let most = found.map(\.length).max() ?? .zero
            return Judgement(
                .pass, required: required, measured: "\(Wording.seconds(most)) s",
                message: found.isEmpty
                    ? LocalizedText(zh: "没有\(name.zh)。", en: "There is no \(name.en).")
                    : LocalizedText(
                        zh: "\(name.zh)最长 \(Wording.duration(most).zh)，符合要求（不超过 \(Wording.duration(longest).zh)）。",
                        en: "The longest \(name.en) lasts \(Wording.duration(most).en), "
                            + "within \(Wording.duration(longest).en)."))
        }
        let places = Self.places(long)
        return Judgement(
            .fail, reason: "too-long", required: required, measured: "\(Wording.seconds(worst.length)) s",
            message: LocalizedText(
                zh: "\(name.zh)一次长达 \(Wording.duration(worst.length).zh)，要求不超过 \(Wording.duration(longest).zh)"
                    + "（\(places)）。\(remedy.zh)",
                en: "One \(name.en) lasts \(Wording.duration(worst.length).en); at most "
                    + "\(Wording.duration(longest).en) is required (\(places)). \(remedy.en)"),
            passages: long.map { Passage($0) })
    }

    /// `0:30–0:41, 1:05–1:20`, at most three.
    static func places(_ stretches: [TimeRange]) -> String {
        let shown = stretches.prefix(3).map {
            "\(Wording.clock($0.fromMilliseconds))–\(Wording.clock($0.toMilliseconds))"
        }
        return shown.joined(separator: ", ") + (stretches.count > 3 ? ", …" : "")
    }
}

extension Wording {
    /// `1:05` or `1:02:05`: minutes and seconds as a player shows them.
    public static func clock(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds) / 1000
        let pad = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        return hours > 0 ? "\(hours):\(pad(minutes)):\(pad(seconds % 60))" : "\(minutes):\(pad(seconds % 60))"
    }
}

extension LongestStretch: Encodable {
    private enum CodingKeys: String, CodingKey { case longestMilliseconds }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(longest.wholeMilliseconds, forKey: .longestMilliseconds)
    }
}
