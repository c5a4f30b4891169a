internal import MediaFacts

/// The answer of `AILabelRule`: an outcome, its cause and the words for it.
struct AILabelAnswer {
    private(set) var outcome: Finding.Outcome
    private(set) var reason: String?
    private(set) var message: LocalizedText

    /// Compares the declarations of a file with a demand.
    ///
    /// - Parameter written: what the form says; empty when it says nothing, nil for a demand that reads no field.
    init(_ demand: AILabelDemand?, _ provenance: Provenance, written: String?, needsWellFormed: Bool) {
        let answer = demand.map { Self.answer($0, provenance, written ?? "") } ?? Self.none(provenance)
        guard answer.outcome == .pass else {
            self = answer
            return
        }
        self = Self.unread(demand, provenance) ?? (needsWellFormed ? Self.malformed(provenance) : nil) ?? answer
    }

    private init(_ outcome: Finding.Outcome, _ reason: String? = nil, _ message: LocalizedText) {
        (self.outcome, self.reason, self.message) = (outcome, reason, message)
    }

    private static func answer(_ demand: AILabelDemand, _ provenance: Provenance, _ written: String) -> AILabelAnswer {
        switch demand {
        case .forbidden: forbidden(provenance)
        case .required: required(provenance)
        case .consistent: consistent(provenance, written)
        }
    }

    private static func forbidden(_ provenance: Provenance) -> AILabelAnswer {
        guard let declared = provenance.declaredText else { return none(provenance) }
        return AILabelAnswer(
            .review, "label-found",
            LocalizedText(
                zh: "文件声明：\(declared.zh)。要求不使用 AI；这只是文件自己的声明，请人工确认。",
                en:
                    "The file declares: \(declared.en). No AI is allowed. This is a claim of the file: a person decides."
            ))
    }

    private static func required(_ provenance: Provenance) -> AILabelAnswer {
        guard let declared = provenance.declaredText else {
            return AILabelAnswer(
                .review, "no-label",
                LocalizedText(
                    zh: "文件没有声明由 AI 生成，要求有此标识。转封装或转码会丢失标识，请人工确认或添加标识后重新提交。",
                    en:
                        "The file does not declare AI, and a label is required. A remux or an export loses labels: a person "
                        + "decides, or add the label and send the file again."))
        }
        return AILabelAnswer(
            .pass, nil,
            LocalizedText(zh: "文件声明：\(declared.zh)，符合要求。", en: "The file declares: \(declared.en), as required."))
    }

    private static func consistent(_ provenance: Provenance, _ written: String) -> AILabelAnswer {
        guard !written.isEmpty else {
            return AILabelAnswer(
                .undetermined, "not-declared",
                LocalizedText(
                    zh: "报名表没有说明是否使用 AI，无法与文件的声明比较。请补填后重新检查。",
                    en:
                        "The form does not say whether AI was used, so the file's declaration cannot be compared. Fill it in."
                ))
        }
        guard let usesAI = AIUse.isUsed(written) else {
            return AILabelAnswer(
                .review, "declaration-unclear",
                LocalizedText(
                    zh: "报名表关于是否使用 AI 的填写无法识别，请填“是”或“否”，或由人工确认。",
                    en: "What the form says about the use of AI is neither yes nor no: correct it, or a person decides."
                ))
        }
        return usesAI ? agreeing(provenance) : denying(provenance)
    }

    /// The form says that AI was used. A file without a label does not contradict it.
    private static func agreeing(_ provenance: Provenance) -> AILabelAnswer {
        guard let declared = provenance.declaredText else {
            return AILabelAnswer(
                .pass, nil,
                LocalizedText(
                    zh: "报名表说明使用了 AI，文件没有声明（转封装会丢失标识），两者不矛盾。",
                    en: "The form says that AI was used. The file declares nothing (a remux loses labels), which is no "
                        + "contradiction."))
        }
        return AILabelAnswer(
            .pass, nil,
            LocalizedText(
                zh: "文件声明：\(declared.zh)，与报名表一致。", en: "The file declares: \(declared.en), as the form says."))
    }

    private static func denying(_ provenance: Provenance) -> AILabelAnswer {
        guard let declared = provenance.declaredText else { return none(provenance) }
        return AILabelAnswer(
            .review, "contradiction",
            LocalizedText(
                zh: "文件声明：\(declared.zh)，而报名表说明没有使用 AI，请人工确认。",
                en: "The file declares: \(declared.en), but the form says that no AI was used: a person decides."))
    }

    /// The file declares nothing, and nothing asks for it.
    private static func none(_ provenance: Provenance) -> AILabelAnswer {
        let declared = provenance.declaredText.map {
            LocalizedText(zh: "文件声明：\($0.zh)。", en: "The file declares: \($0.en).")
        }
        return AILabelAnswer(
            .pass, nil,
            declared
                ?? LocalizedText(
                    zh: "文件没有声明由 AI 生成；这不能证明没有使用 AI。",
                    en: "The file does not declare AI. That does not prove that none was used."))
    }

    /// Review: a declaration may stand where nothing could be read. Nil when everything that matters was read.
    private static func unread(_ demand: AILabelDemand?, _ provenance: Provenance) -> AILabelAnswer? {
        let isOpen = !provenance.declaresAI && provenance.mayHideDeclaration
        guard demand == .forbidden || demand == .consistent, isOpen else { return nil }
        return AILabelAnswer(
            .review, "label-unreadable",
            LocalizedText(
                zh: "文件中有无法读取的声明（\(provenance.problemNames)），可能含有 AI 标识，请人工确认。",
                en:
                    "A declaration in the file could not be read (\(provenance.problemNames)) and may be an AI label: a "
                    + "person decides."))
    }

    /// Review: a declaration has defects, or two exclude each other. Nil when all are sound.
    private static func malformed(_ provenance: Provenance) -> AILabelAnswer? {
        guard !provenance.problemCodes.isEmpty else { return nil }
        return AILabelAnswer(
            .review, "label-malformed",
            LocalizedText(
                zh: "文件中的声明格式不正确（\(provenance.problemNames)），要求符合 GB 45438-2025，请人工确认或重新导出。",
                en:
                    "The declarations in the file are malformed (\(provenance.problemNames)); the form of GB 45438-2025 is "
                    + "required. A person decides, or export the file again."))
    }
}

extension Provenance {
    /// The codes of all defects, each once, in the order of `ProvenanceProblem.known`.
    fileprivate var problemCodes: [ProvenanceProblem] {
        let all = labels.flatMap(\.problems) + problems.map(\.code) + (credentials?.problems ?? [])
        return ProvenanceProblem.known.filter(all.contains)
            + Set(all).subtracting(ProvenanceProblem.known)
            .sorted { $0.rawValue < $1.rawValue }
    }

    fileprivate var problemNames: String { problemCodes.map(\.rawValue).joined(separator: ", ") }

    /// Whether a label without a meaning, or a place that could not be read, may hold a declaration of AI.
    fileprivate var mayHideDeclaration: Bool {
        let reasons: Set<ProvenanceProblem> = [.contradicting, .doubled]
        return labels.contains { $0.meaning == nil } || problems.contains { !reasons.contains($0.code) }
            || credentials?.problems.contains { !reasons.contains($0) } ?? false
    }
}
