public import MediaFacts

/// The form that goes with an entry is filled in as the notice asks.
public struct FormRule: AdmissionRule {
    /// The name of the kind in contest files.
    public static let kind = "form"
    /// The name of the kind for people.
    public static let title = LocalizedText(zh: "表单", en: "Form")

    /// The fields, in the order of the notice.
    public var fields: [FormField]

    /// Makes a form.
    public init(fields: [FormField]) { self.fields = fields }

    /// Reads the parameters of a rule of this kind.
    public init(_ parameters: ParameterReader) { fields = FormFile.fields(parameters) }

    /// The field that may be sent under `key`, its name or a label; nil when the form has none.
    public func field(_ key: String) -> FormField? {
        let key = HalfWidth.trimmed(key)
        return fields.first { $0.keys.contains(key) }
    }

    /// Whether what was sent under `key` is to be protected. Nobody knows what is in a field that the form does not
    /// have, so that is.
    public func isPersonal(_ key: String) -> Bool { field(key)?.isPersonal ?? true }

    /// One judgement for each field that is not as it should be, or a single pass.
    public func judge(_ submission: Submission, in contest: Contest) -> [Judgement] {
        guard let written = submission.fields else {
            return [
                Judgement(
                    .pending, reason: "no-form",
                    message: LocalizedText(zh: "尚未收到表单，请补交。", en: "The form has not been sent yet; send it."))
            ]
        }
        let sent = Dictionary(grouping: written.filter { !HalfWidth.isBlank($0.value) }) {
            HalfWidth.trimmed($0.key)
        }
        let judgements = fields.compactMap { field -> Judgement? in
            let values = field.keys.flatMap { sent[$0] ?? [] }.map { HalfWidth.trimmed($0.value) }
            return FieldCheck(field: field, submission: submission).judge(Set(values))
        }
        guard judgements.isEmpty else { return judgements }
        return [
            Judgement(
                .pass,
                message: LocalizedText(zh: "表单填写齐全，符合要求。", en: "The form is filled in as required."))
        ]
    }
}

/// What is wrong with one field.
private struct FieldCheck {
    var field: FormField
    var submission: Submission

    /// Judges all that was written under the names of the field; nil when that is as it should be.
    func judge(_ values: Set<String>) -> Judgement? {
        guard let value = values.first else { return field.isRequired ? missing : nil }
        guard values.count == 1 else { return conflict }
        switch field.kind {
        case .text: return length(value)
        case .phone: return PhoneNumber.isPlausible(value) ? nil : phone
        case .email: return EmailAddress.isPlausible(value) ? nil : email
        case .choice: return field.choices.contains(value) ? nil : choice(value)
        case .duration: return duration(value)
        }
    }

    private var missing: Judgement {
        judgement(.fail, "missing", zh: "未填写，请补充", en: "is missing; fill it in")
    }

    private var conflict: Judgement {
        judgement(
            .fail, "conflict", zh: "以不同名称填写了多次，内容不一致，请只保留一个",
            en: "was sent under several names with different values; keep one")
    }

    private func length(_ value: String) -> Judgement? {
        let count = CharacterCount.of(value)
        guard let most = field.mostCharacters, count > most else { return nil }
        return judgement(
            .fail, "too-long", required: "≤ \(most)", measured: "\(count)",
            zh: "共 \(count) 字，要求不超过 \(most) 字，请删减 \(count - most) 字",
            en: "has \(count) characters; at most \(most) is required. Shorten it by \(count - most)")
    }

    private var phone: Judgement {
        judgement(
            .fail, "phone", zh: "不是可识别的电话号码，请填写 11 位手机号或带区号的固定电话，如 0536-1234567",
            en: "is no telephone number that can be dialled; write a mobile number or area code and number")
    }

    private var email: Judgement {
        judgement(
            .fail, "email", zh: "不是有效的邮箱地址，请检查，正确的写法如 name@example.com",
            en: "is no e-mail address; write it like name@example.com")
    }

    private func choice(_ value: String) -> Judgement {
        let list = Wording.list(field.choices)
        let quoted = shown(value).map { "“\($0)”" } ?? ""
        guard field.allowsOtherChoice else {
            return judgement(
                .fail, "choice", required: list.zh, measured: shown(value),
                zh: "所填\(quoted)不在选项中，要求为\(list.zh)之一，请重新选择", en: "is none of the choices; choose one of them")
        }
        return judgement(
            .review, "open-list", required: "\(list.zh)…", measured: shown(value),
            zh: "所填\(quoted)不在\(list.zh)之中，通知未排除其他类型，请人工确认",
            en: "is none of the choices that the notice lists, and it leaves room: a person decides")
    }

    private func judgement(
        _ outcome: Finding.Outcome, _ reason: String, required: String? = nil, measured: String? = nil, zh: String,
        en: String
    ) -> Judgement {
        Judgement(
            outcome, reason: reason, field: field.name, required: required, measured: measured,
            message: LocalizedText(zh: "“\(field.label.zh)”\(zh)。", en: "\"\(field.label.en)\" \(en)."))
    }

    /// What was written, as a finding may repeat it; nil for personal fields.
    private func shown(_ value: String) -> String? {
        guard !field.isPersonal else { return nil }
        let start = value.prefix(40)
        return PersonalText.maskingPhones(in: start.count < value.count ? start + "…" : String(start))
    }
}

extension FieldCheck {
    /// The declared length must be readable and that of the media.
    private func duration(_ value: String) -> Judgement? {
        guard let declared = WrittenDuration.parse(value) else {
            return judgement(
                .fail, "duration-format", measured: shown(value), zh: "无法识别，请写成“2分30秒”或“2:30”",
                en: "cannot be read; write it like 2:30")
        }
        guard submission.hasMedia else {
            return judgement(
                .pending, "no-media", zh: "将在收到视频后核对", en: "will be compared with the video once it is there")
        }
        guard let length = submission.duration else {
            return judgement(
                .undetermined, "not-measured", zh: "无法核对：未能测得视频的实际时长",
                en: "cannot be compared: the length of the video could not be measured")
        }
        let difference = length < declared ? declared - length : length - declared
        guard difference > field.tolerance else { return nil }
        let (claimed, actual) = (Wording.duration(declared), Wording.duration(length))
        return judgement(
            .fail, "length-contradiction", required: "≤ \(Wording.seconds(field.tolerance)) s",
            measured: "\(Wording.seconds(declared)) s / \(Wording.seconds(length)) s",
            zh: "填写为 \(claimed.zh)，视频实际为 \(actual.zh)，请按实际时长修改",
            en: "says \(claimed.en), but the video lasts \(actual.en); correct it")
    }
}
