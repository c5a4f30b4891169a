public import MediaFacts

extension Finding {
    /// The reason of a finding about picture and sound when the check did not decode what the rule needs.
    public static let notDecoded = "not-decoded"
    /// The message of such a finding when nothing was decoded.
    public static let notDecodedMessage = LocalizedText(
        zh: "此项须解码画面和声音才能检查，本次未解码。", en: "This needs picture and sound decoded, which this check did not do.")
    /// The message of such a finding when not every frame was decoded.
    public static let notEveryFrameMessage = LocalizedText(
        zh: "此项须逐帧解码才能检查，本次未逐帧解码。", en: "This needs every frame decoded, which this check did not do.")
    /// The reason of a finding of which picture and sound are still being decoded.
    public static let beingDecoded = "being-decoded"
    /// The reason of a finding that has no answer because the file has no video.
    public static let noVideo = "no-video"
    /// The reason of a finding that has no answer because the file has no sound.
    public static let noAudio = "no-audio"
}

extension Report {
    /// Whether something of it is still being measured; a later report says what came of it.
    public var isPending: Bool { findings.contains { $0.outcome == .pending } }

    /// The report while picture and sound are still to be looked at: what has to be decoded is `pending`.
    public var awaitingCloserLook: Report {
        replacing(
            .pending, reason: Finding.beingDecoded,
            LocalizedText(
                zh: "画面和声音正在检查，完成后报告会更新。",
                en: "Picture and sound are being looked at; the report will then be completed.")
        ) { $0.reason == Finding.notDecoded }
    }

    /// The reason of findings whose content check failed as often as it may be tried.
    public static let givenUp = "given-up"

    /// The report after its content check failed as often as it may be tried: nothing is `pending`, and nothing passed.
    public func givingUp(id: String, createdAt: String) -> Report {
        var report = replacing(
            .undetermined, reason: Self.givenUp,
            LocalizedText(
                zh: "多次检查都未能完成，请人工查看。", en: "This was tried several times and never came to an end. Have a person look."
            )
        ) { $0.outcome == .pending }
        (report.id, report.createdAt) = (id, createdAt)
        return report
    }

    /// The report where no picture was kept: it names none.
    public var withoutStills: Report {
        var report = self
        (report.stills, report.signature) = ([], nil)
        for finding in report.findings.indices {
            for passage in report.findings[finding].evidence.indices {
                report.findings[finding].evidence[passage].stills = []
            }
        }
        return report
    }

    private func replacing(
        _ outcome: Finding.Outcome, reason: String, _ message: LocalizedText, where isMeant: (Finding) -> Bool
    ) -> Report {
        var report = self
        report.findings = findings.map { finding in
            guard isMeant(finding) else { return finding }
            var finding = finding
            (finding.outcome, finding.reason, finding.message) = (outcome, reason, message)
            return finding
        }
        (report.verdict, report.signature) = (Verdict(report.findings, report.checklist), nil)
        return report
    }
}
