internal import MediaFacts

/// A rule about what a viewer sees or hears; its facts come from decoded pictures or sound.
protocol ContentRule: MeasuredRule {
    /// The stream that the rule is about.
    static var stream: MeasuredStream { get }

    /// Judges content that was measured at the rule's depth or closer, with the rule's thresholds.
    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement

    /// The limit in figures; nil for a rule without one.
    var required: String? { get }
}

extension ContentRule {
    static var problems: [IntegrityProblem.Code] { StreamObstacle.problems(of: stream) }

    var depth: Depth { .standard }

    func judge(_ facts: MediaFacts) -> Judgement {
        if let judgement = unmeasured(facts) { return judgement }
        guard let content = facts.content else { return notDecoded(facts) }
        return judge(content, of: facts)
    }

    /// Undetermined when the rule's stream was not measured, not closely enough, or with other thresholds; else nil.
    func unmeasured(_ facts: MediaFacts) -> Judgement? {
        if hasStream(facts), !Self.stream.isMeasured(facts), let obstacle = StreamObstacle(Self.stream, facts) {
            return Judgement(
                .undetermined, reason: obstacle.reason, required: required, message: obstacle.message)
        }
        guard let content = facts.content, content.depth >= depth else { return notDecoded(facts) }
        guard thresholds.allSatisfy({ content.thresholds[$0.key] == $0.value }) else {
            return Judgement(
                .undetermined, reason: "other-thresholds", required: required,
                message: LocalizedText(
                    zh: "此文件是按别的阈值测量的，须重新检查。", en: "This was measured by other thresholds. Check the file again."))
        }
        return nil
    }

    private func hasStream(_ facts: MediaFacts) -> Bool {
        Self.stream == .picture ? facts.video != nil : facts.audio != nil
    }

    /// Undetermined: the check was not as close as the rule needs.
    func notDecoded(_ facts: MediaFacts) -> Judgement {
        Judgement(
            .undetermined, reason: Finding.notDecoded, required: required,
            message: depth == .full && facts.content != nil
                ? Finding.notEveryFrameMessage : Finding.notDecodedMessage)
    }

    /// Undetermined: less was measured than the depth promises.
    func undetermined(_ shortfall: ContentShortfall, _ stream: MeasuredStream? = nil) -> Judgement {
        Judgement(
            .undetermined, reason: shortfall.rawValue, required: required,
            message: shortfall.message(stream ?? Self.stream))
    }

    /// Undetermined: the file has no audio stream.
    func noSound() -> Judgement {
        Judgement(
            .undetermined, reason: Finding.noAudio, required: required,
            message: LocalizedText(zh: "文件中没有声音，无法检查此项。", en: "The file has no sound to check this on."))
    }

    /// Undetermined when ranges longer than `longest` may be unknown: the picture was not measured in full, or no picture
    /// is known for so long; else nil.
    func shortfall(of picture: PictureContent, longest: Duration) -> Judgement? {
        let hasLongLoss = picture.missing.contains { $0.length > longest }
        return (picture.shortfall ?? (hasLongLoss ? .picturesMissing : nil)).map { undetermined($0) }
    }
}
