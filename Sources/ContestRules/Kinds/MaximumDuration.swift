internal import MediaFacts

/// The greatest length of one time range in which a condition holds (black, frozen, silent) without interruption.
struct MaximumDuration {
    /// The longest range that passes, included.
    let longest: Duration

    init(longest: Duration) { self.longest = longest }

    init(_ parameters: ParameterReader) {
        longest = parameters.value("longest", isRequired: true, .duration) ?? .seconds(10)
        if longest < .seconds(1) {
            parameters.report(
                "longest", "不能少于 1 秒：更短的片段不能可靠测得", "at least 1s: shorter pieces are not measured reliably")
        }
    }

    /// The limit in figures: `≤ 10.000 s`.
    var required: String { "≤ \(Wording.seconds(longest)) s" }

    /// Judges the ranges in which the condition holds.
    ///
    /// - Parameters:
    ///   - found: the ranges, in order of time.
    ///   - shortfall: the reason why ranges may be unknown; a range that was found fails all the same, and a pass becomes
    ///     undetermined.
    ///   - name: the condition in messages.
    ///   - remedy: the advice for a range that is too long.
    func judge(
        _ found: [TimeRange], shortfall: Judgement?, name: LocalizedText, remedy: LocalizedText
    ) -> Judgement {
        let long = found.filter { $0.length > longest }
        guard let worst = long.max(by: { $0.length < $1.length }) else {
            return shortfall ?? passed(found.map(\.length).max(), name)
        }
        let places = Wording.places(long)
        let (measured, limit) = (Wording.duration(worst.length), Wording.duration(longest))
        return Judgement(
            .fail, reason: "too-long", required: required, measured: "\(Wording.seconds(worst.length)) s",
            message: LocalizedText(
                zh: "\(name.zh)一次长达 \(measured.zh)，要求不超过 \(limit.zh)（\(places)）。\(remedy.zh)",
                en: "One \(name.en) lasts \(measured.en); at most \(limit.en) is required (\(places)). \(remedy.en)"),
            passages: long.map { Passage($0) })
    }

    /// A pass; `most` is the length of the longest range, nil when none was found.
    private func passed(_ most: Duration?, _ name: LocalizedText) -> Judgement {
        let limit = Wording.duration(longest)
        let message =
            most.map(Wording.duration).map { length in
                LocalizedText(
                    zh: "\(name.zh)最长 \(length.zh)，符合要求（不超过 \(limit.zh)）。",
                    en: "The longest \(name.en) lasts \(length.en), within \(limit.en).")
            } ?? LocalizedText(zh: "没有\(name.zh)。", en: "There is no \(name.en).")
        return Judgement(
            .pass, required: required, measured: "\(Wording.seconds(most ?? .zero)) s", message: message)
    }
}

extension MaximumDuration: Encodable {
    private enum CodingKeys: String, CodingKey { case longestMilliseconds }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(longest.wholeMilliseconds, forKey: .longestMilliseconds)
    }
}
