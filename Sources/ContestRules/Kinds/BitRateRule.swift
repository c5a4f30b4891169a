internal import MediaFacts

/// The bit rate of the video, the sound or the file lies between two limits, both included, and is constant or variable as
/// the notice asks.
struct BitRateRule: MeasuredRule {
    static let kind = "bit-rate"
    static let title = LocalizedText(zh: "码率", en: "Bit rate")
    /// Lowest rate in bits a second; nil for no lower limit.
    var lowest: Int64?
    /// Highest rate in bits a second; nil for no upper limit.
    var highest: Int64?
    /// What the rate is of; nil for the video, as in files that do not say it.
    var subject: Subject?
    /// Whether the rate must be constant or variable; nil for either.
    var mode: Mode?

    /// Parts of a file that have a bit rate.
    enum Subject: String, Encodable, CaseIterable {
        /// The main video stream.
        case video
        /// The main sound track.
        case audio
        /// The whole file.
        case file
    }

    /// Ways in which an encoder spends bits.
    enum Mode: String, Encodable, CaseIterable {
        /// The same rate at all times (CBR).
        case constant
        /// More bits where the picture needs them (VBR).
        case variable
    }

    /// Fluctuations up to this are a constant rate: buffers of encoders with a constant rate hold less than a second and a
    /// half.
    private static let mostOfConstant = Duration.milliseconds(1500)
    /// Fluctuations from this on are a variable rate. Between the two a person decides.
    private static let leastOfVariable = Duration.milliseconds(2500)

    init(lowest: Int64?, highest: Int64?, subject: Subject? = nil, mode: Mode? = nil) {
        self.lowest = lowest
        self.highest = highest
        self.subject = subject
        self.mode = mode
    }

    init(_ parameters: ParameterReader) {
        lowest = parameters.value("min", .bitRate)
        highest = parameters.value("max", .bitRate)
        subject = parameters.value("of", .name(Subject.allCases.map { ($0.rawValue, $0) }))
        mode = parameters.value("mode", .name(Mode.allCases.map { ($0.rawValue, $0) }))
        if !parameters.has("mode") || parameters.has("min") || parameters.has("max") {
            parameters.requireLimits(lowest, highest, zero: 0)
        }
        if mode != nil, subject == .file {
            parameters.report(
                "mode", "码率方式只对视频或声音有意义：请写 of: video 或 of: audio",
                "only video or sound has a mode: write of: video or of: audio")
        }
    }

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        let subject = subject ?? .video
        if subject == .video, facts.video == nil { return .noPicture(required: required) }
        if subject == .audio, facts.audio == nil { return .noSound(required: required) }
        let limits = lowest == nil && highest == nil ? nil : judgeLimits(subject.bitsPerSecond(facts), subject)
        guard let mode, limits?.outcome ?? .pass == .pass else {
            return limits ?? .unknown(subject.words.zh, subject.words.en, required: required)
        }
        let evenness = judge(mode, subject.fluctuation(facts), subject)
        return limits.map { evenness.joined(to: $0) } ?? evenness
    }

    private var required: String {
        let limits = Bounds.text(lowest.map(Wording.bitRate), highest.map(Wording.bitRate))
        guard let mode else { return limits }
        return lowest == nil && highest == nil ? mode.abbreviation : "\(limits), \(mode.abbreviation)"
    }

    private func judgeLimits(_ rate: Int64?, _ subject: Subject) -> Judgement {
        guard let rate else { return .unknown(subject.words.zh, subject.words.en, required: required) }
        let limits = Bounds.words(lowest.map(Wording.bitRate), highest.map(Wording.bitRate))
        let (name, shown) = (subject.words, Wording.bitRate(rate))
        let isLow = lowest.map { rate < $0 } ?? false
        guard isLow || highest.map({ rate > $0 }) ?? false else {
            return Judgement(
                .pass, required: required, measured: "\(rate) bit/s",
                message: LocalizedText(
                    zh: "\(name.zh)为 \(shown)，符合要求。", en: "The \(subject.noun) has \(shown), as required."))
        }
        return Judgement(
            .fail, reason: isLow ? "too-low" : "too-high", required: required, measured: "\(rate) bit/s",
            message: LocalizedText(
                zh: "\(name.zh)为 \(shown)（\(rate) bit/s），要求\(Wording.spaced(limits.zh))。请调整导出设置中的码率后重新导出。",
                en: "The \(subject.noun) has \(shown) (\(rate) bit/s); \(limits.en) is required. "
                    + "Set the bit rate and export again."))
    }
}

extension BitRateRule {
    /// Judges the evenness of the rate, which `MediaFacts` measures as the time that a buffer must hold.
    private func judge(_ wanted: Mode, _ fluctuation: Duration?, _ subject: Subject) -> Judgement {
        guard let fluctuation else { return tooShort(subject) }
        let found: Mode? =
            fluctuation <= Self.mostOfConstant ? .constant : fluctuation >= Self.leastOfVariable ? .variable : nil
        let time = Wording.duration(fluctuation)
        let evidence = LocalizedText(
            zh: "\(subject.words.zh)的起伏相当于 \(time.zh)的数据量",
            en: "The bit rate of the \(subject.noun) fluctuates by \(time.en) of data")
        func judgement(_ outcome: Finding.Outcome, _ reason: String?, _ zh: String, _ en: String) -> Judgement {
            Judgement(
                outcome, reason: reason, required: required, measured: "± \(Wording.seconds(fluctuation)) s",
                message: LocalizedText(zh: evidence.zh + zh, en: evidence.en + en))
        }
        switch found {
        case wanted?: return judgement(.pass, nil, "，是\(wanted.words.zh)，符合要求。", ": \(wanted.words.en), as required.")
        case let other?:
            return judgement(
                .fail, "rate-mode", "，是\(other.words.zh)，要求\(wanted.words.zh)。请在导出设置中选择 \(wanted.abbreviation) 后重新导出。",
                ": \(other.words.en); \(wanted.words.en) is required. Choose \(wanted.abbreviation) and export again.")
        case nil:
            return judgement(
                .review, "rate-mode", "，介于恒定与可变之间，请人工确认。", ", between constant and variable: a person decides.")
        }
    }

    private func tooShort(_ subject: Subject) -> Judgement {
        Judgement(
            .undetermined, reason: "not-measured", required: required,
            message: LocalizedText(
                zh: "\(subject.words.zh)是否恒定无法测得：片长不足约十秒，或没有时间信息。",
                en:
                    "Whether the bit rate of the \(subject.noun) is constant could not be measured: it is shorter than about "
                    + "ten seconds, or has no times."))
    }
}

extension BitRateRule: Encodable {
    private enum CodingKeys: String, CodingKey { case minBitsPerSecond, maxBitsPerSecond, of, mode }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(lowest, forKey: .minBitsPerSecond)
        try values.encode(highest, forKey: .maxBitsPerSecond)
        try values.encodeIfPresent(subject, forKey: .of)
        try values.encodeIfPresent(mode, forKey: .mode)
    }
}

extension BitRateRule.Subject {
    /// The rate for people.
    fileprivate var words: LocalizedText {
        switch self {
        case .video: LocalizedText(zh: "视频码率", en: "video bit rate")
        case .audio: LocalizedText(zh: "声音码率", en: "audio bit rate")
        case .file: LocalizedText(zh: "总码率", en: "bit rate of the file")
        }
    }

    /// The subject in an English sentence.
    fileprivate var noun: String {
        switch self {
        case .video: "video"
        case .audio: "sound"
        case .file: "file"
        }
    }

    fileprivate func bitsPerSecond(_ facts: MediaFacts) -> Int64? {
        switch self {
        case .video: facts.video?.bitsPerSecond
        case .audio: facts.audio?.format?.bitsPerSecond
        case .file: facts.bitsPerSecond
        }
    }

    fileprivate func fluctuation(_ facts: MediaFacts) -> Duration? {
        switch self {
        case .video: facts.video?.coding?.rateFluctuation
        case .audio: facts.audio?.format?.rateFluctuation
        case .file: nil
        }
    }
}

extension BitRateRule.Mode {
    /// The mode for people.
    fileprivate var words: LocalizedText {
        switch self {
        case .constant: LocalizedText(zh: "恒定码率", en: "a constant bit rate")
        case .variable: LocalizedText(zh: "可变码率", en: "a variable bit rate")
        }
    }

    /// The name in export settings.
    fileprivate var abbreviation: String { self == .constant ? "CBR" : "VBR" }
}
