internal import MediaFacts

/// A group of `any-of` with the judgements of its rules.
struct JudgedGroup {
    /// Place among the groups, from 1.
    let number: Int
    /// Names of the rules' kinds for people, one for each judgement.
    let titles: [LocalizedText]
    /// One judgement for each rule; one or more.
    let judgements: [Judgement]

    /// How far the group is from holding: the best group has the least.
    ///
    /// A group that still waits for decoding comes before one that a person may approve, because decoding may let it pass.
    var distance: (rank: Int, fails: Int, open: Int) {
        let outcomes = judgements.map(\.outcome)
        return (rank, outcomes.count { $0 == .fail }, outcomes.count { $0 != .pass })
    }

    private var rank: Int {
        switch outcome {
        case .pass: 0
        case .pending: 1
        case .undetermined where reason == Finding.notDecoded: 1
        case .review, .advisory: 2
        case .undetermined: 3
        case .fail: 4
        }
    }

    /// The limits of the rules in figures; nil when none of them has one.
    var required: String? { Self.joined(judgements.map(\.required)) }

    /// The judgement of the whole group, which is the one of its worst rule.
    var judgement: Judgement {
        let decisive = outcome == .pass ? judgements : judgements.filter { $0.outcome != .pass }
        let (head, texts) = (head, decisive.map(\.message))
        return Judgement(
            outcome, reason: reason, required: required, measured: Self.joined(judgements.map(\.measured)),
            message: LocalizedText(
                zh: "\(head.zh)：\(Self.unique(texts.map(\.zh)).joined())",
                en: "\(head.en): \(Self.unique(texts.map(\.en)).joined(separator: " "))"),
            passages: decisive.flatMap(\.passages))
    }

    private var worst: Judgement? { judgements.max { $0.outcome.severity < $1.outcome.severity } }
    private var outcome: Finding.Outcome { worst?.outcome ?? .undetermined }
    private var reason: String? { worst?.reason }

    /// The sentence before the messages of the rules.
    private var head: LocalizedText {
        let (zh, en) = (
            "第 \(number) 组（\(titles.map(\.zh).joined(separator: "、"))）",
            "group \(number) (\(titles.map { $0.en.lowercased() }.joined(separator: ", ")))"
        )
        switch outcome {
        case .pass: return LocalizedText(zh: "\(zh)全部符合", en: "All of \(en) holds")
        case .review: return LocalizedText(zh: "\(zh)须人工确认", en: "A person must look at \(en)")
        case .fail: return LocalizedText(zh: "没有一组全部符合，最接近的是\(zh)", en: "No group holds whole; \(en) comes closest")
        case .undetermined, .pending, .advisory:
            return LocalizedText(zh: "没有一组可以确认符合，最接近的是\(zh)", en: "No group is known to hold; \(en) comes closest")
        }
    }

    private static func joined(_ figures: [String?]) -> String? {
        let known = figures.compactMap(\.self)
        return known.isEmpty ? nil : known.joined(separator: " + ")
    }

    /// `texts` without those that stand before already.
    private static func unique(_ texts: [String]) -> [String] {
        texts.reduce(into: []) { found, text in if !found.contains(text) { found.append(text) } }
    }
}
