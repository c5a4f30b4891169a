internal import MediaFacts

/// The media arrives while the contest accepts entries, both ends of its window included.
struct WindowRule: AdmissionRule {
    static let kind = "window"
    static let title = LocalizedText(zh: "征集时间", en: "Submission period")

    init() {}
    init(_ parameters: ParameterReader) {}

    func judge(_ submission: Submission, in contest: Contest) -> [Judgement] {
        guard let window = contest.window else {
            let message = LocalizedText(zh: "通知未说明征集时间，无法检查此项。", en: "The notice names no window to check this by.")
            return [Judgement(.undetermined, reason: "no-window", message: message)]
        }
        guard let received = submission.receivedMilliseconds else {
            return [.noMedia("按收到时间判断是否在征集期内", "when it arrives decides whether it is in time")]
        }
        let arrival = Arrival(milliseconds: received, window: window)
        switch window.state(at: received) {
        case .notYetOpen: return [arrival.early]
        case .open: return [arrival.inTime]
        case .closed: return [arrival.late]
        }
    }

    /// When the media arrived, in the words and the zone of the notice.
    private struct Arrival {
        var milliseconds: Int64
        var window: Contest.Window

        var early: Judgement {
            let (at, limit) = (words(window.opens), window.opens)
            return judgement(
                .fail, "too-early", zh: "收到时间为 \(at)，早于开始时间 \(limit.words)（\(limit.zone.zh)）。请在征集开始后重新提交。",
                en: "It arrived at \(at), before the opening time \(limit.words) (\(limit.zone.en)). "
                    + "Send it again once entries are accepted.")
        }

        var late: Judgement {
            let (at, limit) = (words(window.closes), window.closes)
            return judgement(
                .fail, "too-late",
                zh: "收到时间为 \(at)，晚于截止时间 \(limit.words)（\(limit.zone.zh)）。已超过征集期，如有疑问请联系主办方。",
                en: "It arrived at \(at), after the closing time \(limit.words) (\(limit.zone.en)). "
                    + "Ask the organiser whether it can still be accepted.")
        }

        var inTime: Judgement {
            let (at, zone) = (words(window.closes), window.closes.zone)
            return judgement(
                .pass, nil, zh: "收到时间为 \(at)（\(zone.zh)），在征集期内。",
                en: "It arrived at \(at) (\(zone.en)), while entries are accepted.")
        }

        private func judgement(_ outcome: Finding.Outcome, _ reason: String?, zh: String, en: String) -> Judgement {
            let offset = (outcome == .pass || reason == "too-late" ? window.closes : window.opens).offset
            return Judgement(
                outcome, reason: reason, required: "\(window.opens.text)–\(window.closes.text)",
                measured: RFC3339.text(milliseconds: milliseconds, offset: offset),
                message: LocalizedText(zh: zh, en: en))
        }

        /// `2024-04-24 00:00:00.001` in the zone of `limit`.
        private func words(_ limit: ContestTime) -> String {
            let text = RFC3339.text(milliseconds: milliseconds, offset: limit.offset)
            return String(text.dropLast(6)).replacing("T", with: " ")
        }
    }
}
