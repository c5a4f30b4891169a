internal import MediaFacts

/// The file must be named as the notice asks: by a pattern, in certain characters, or
/// `参赛者姓名（单位名称）+作品名称+联系电话` without either.
struct FileNameRule: AdmissionRule {
    static let kind = "file-name"
    static let title = LocalizedText(zh: "文件名", en: "File name")

    /// The form of the name; nil for `FileNamePattern.convention`.
    var template: FileNameTemplate?
    /// The characters that the name may have; nil for any. Without a template the name may have any form of them.
    var characters: FileNameCharacters?

    init(template: FileNameTemplate? = nil, characters: FileNameCharacters? = nil) {
        self.template = template
        self.characters = characters
    }

    init(_ parameters: ParameterReader) {
        template = FileNameFile.template(parameters)
        characters = parameters.value(
            "characters", .name(FileNameCharacters.allCases.map { ($0.rawValue, $0) }))
    }

    /// The characters where they are all that is asked for; nil when the name must have a form, too.
    private var onlyCharacters: FileNameCharacters? { template == nil ? characters : nil }

    /// The form of the name with the fields of the contest's form.
    func pattern(in contest: Contest) -> FileNamePattern {
        template.map { FileNamePattern($0, form: contest.form, categories: contest.categories) } ?? .convention
    }

    /// One judgement. A name holds a person's name and number, so no part of it stands in a judgement.
    func judge(_ submission: Submission, in contest: Contest) -> [Judgement] {
        let pattern = pattern(in: contest)
        let form = onlyCharacters?.words ?? pattern.text
        guard let filename = submission.filename else {
            guard submission.hasMedia else { return [.noMedia("检查文件名", "its name will be checked")] }
            return [
                judgement(
                    .undetermined, "no-filename", zh: "提交时没有文件名，无法检查是否为“\(form.zh)”。",
                    en: "It was sent without a file name, which should be \(form.en).")
            ]
        }
        guard !Self.hasUnreadableBytes(filename) else {
            return [
                judgement(
                    .undetermined, "unreadable-name",
                    zh: "文件名的字符编码无法识别，不能检查是否为“\(form.zh)”。请用 UTF-8 文件名重新提交。",
                    en: "The character set of the file name is unknown, so its form cannot be checked. "
                        + "Send the file again under a name in UTF-8.")
            ]
        }
        if let characters {
            guard FileNameStem(filename).map({ characters.admits($0.text) }) ?? false else {
                return [wrongCharacters(characters)]
            }
            if onlyCharacters != nil { return [fits(form)] }
        }
        guard let values = pattern.values(of: filename) else { return [misfit(form)] }
        let mistakes = pattern.parts.compactMap { part in
            values[part.name].flatMap { pattern.mistake(in: $0, as: part, submission) }
        }
        guard mistakes.isEmpty else { return [refusal(form, mistakes)] }
        return [fits(form)]
    }

    private func fits(_ form: LocalizedText) -> Judgement {
        judgement(.pass, nil, zh: "文件名符合“\(form.zh)”。", en: "The file name is as required: \(form.en).")
    }

    private func wrongCharacters(_ characters: FileNameCharacters) -> Judgement {
        judgement(
            .fail, "characters", zh: "文件名只能用\(characters.words.zh)，请改名。",
            en: "The file name must have \(characters.words.en). Rename the file.")
    }

    private func misfit(_ form: LocalizedText) -> Judgement {
        let example = template == nil ? "，例如：张三（某某公司）+守信的故事+手机号码.mp4" : ""
        return judgement(
            .fail, "file-name", zh: "文件名不符合要求的“\(form.zh)”，请改名\(example)。",
            en: "The file name is not as required: \(form.en). Rename the file.")
    }

    /// The judgement of a name that has the form, but holds values that their fields refuse.
    private func refusal(_ form: LocalizedText, _ mistakes: [Judgement]) -> Judgement {
        let outcome = mistakes.map(\.outcome).max { $0.severity < $1.severity } ?? .fail
        let advice =
            outcome == .fail ? LocalizedText(zh: "请改名。", en: " Rename the file.") : LocalizedText(zh: "", en: "")
        return judgement(
            outcome, "file-name-part",
            zh: "文件名要求为“\(form.zh)”，其中\(mistakes.map(\.message.zh).joined())\(advice.zh)",
            en: "The file name that is required is \(form.en). In it "
                + mistakes.map(\.message.en).joined(separator: " ") + advice.en)
    }

    /// Whether the name holds a byte that `DecodedName` could not read and wrote as `[D7]`. The same four characters typed
    /// by a person leave the name undetermined, too.
    private static func hasUnreadableBytes(_ filename: String) -> Bool { filename.contains(/\[[89A-F][0-9A-F]\]/) }

    private func judgement(_ outcome: Finding.Outcome, _ reason: String?, zh: String, en: String) -> Judgement {
        Judgement(outcome, reason: reason, message: LocalizedText(zh: zh, en: en))
    }
}

extension FileNameRule {
    private enum CodingKeys: String, CodingKey { case pattern, characters }

    /// Writes the wire form, which is empty for a rule without parameters.
    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(template, forKey: .pattern)
        try values.encodeIfPresent(characters, forKey: .characters)
    }
}
