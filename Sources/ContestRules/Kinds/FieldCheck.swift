internal import MediaFacts

/// Judges the value of one field.
struct FieldCheck {
    let field: FormField
    let submission: Submission

    /// Judges the different values that were sent under the names of the field.
    ///
    /// - Parameter values: texts that are not blank, without white space at their ends.
    /// - Returns: nil when the field meets the form.
    func judge(_ values: Set<String>) -> Judgement? {
        if field.kind == .file { return attachment }
        guard let value = values.first else { return field.isRequired ? missing : nil }
        guard values.count == 1 else { return conflict }
        return judge(value)
    }

    /// Judges the one value of the field; nil when the value meets the form.
    func judge(_ value: String) -> Judgement? {
        switch field.kind {
        case .text: return length(value)
        case .phone: return PhoneNumber.isPlausible(value) ? nil : phone
        case .email: return EmailAddress.isPlausible(value) ? nil : email
        case .choice: return field.choices.contains(value) ? nil : choice(value)
        case .duration: return duration(value)
        case .url: return address(value)
        case .number: return number(value)
        case .date: return date(value)
        case .file: return nil
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
        if let least = field.limits.leastCharacters, count < least {
            return judgement(
                .fail, "too-short", required: Bounds.text("\(least)", field.mostCharacters.map { "\($0)" }),
                measured: "\(count)", zh: "共 \(count) 字，要求不少于 \(least) 字，请补充 \(least - count) 字",
                en: "has \(count) characters; at least \(least) is required. Add \(least - count)")
        }
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

    /// A judgement of the field, whose label begins the message.
    func judgement(
        _ outcome: Finding.Outcome, _ reason: String, required: String? = nil, measured: String? = nil, zh: String,
        en: String
    ) -> Judgement {
        Judgement(
            outcome, reason: reason, field: field.name, required: required, measured: measured,
            message: LocalizedText(zh: "“\(field.label.zh)”\(zh)。", en: "\"\(field.label.en)\" \(en)."))
    }

    /// The start of `value` as a finding may repeat it, with telephone numbers masked; nil for personal fields.
    func shown(_ value: String) -> String? {
        guard !field.isPersonal else { return nil }
        let start = value.prefix(40)
        return PersonalText.maskingPhones(in: start.count < value.count ? start + "…" : String(start))
    }
}
