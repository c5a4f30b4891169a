internal import MediaFacts

extension FieldCheck {
    /// Judges a web address, or a shared text that must hold exactly one.
    func address(_ value: String) -> Judgement? {
        let addresses = WebAddress.all(in: value)
        guard addresses.count < 2 else {
            return judgement(
                .fail, "url-several", measured: "\(addresses.count)", zh: "含有 \(addresses.count) 个网址，请只保留作品的一个网址",
                en: "holds \(addresses.count) web addresses; keep the one of the work")
        }
        guard let address = addresses.first, address.host != nil else {
            return judgement(
                .fail, "url", zh: "中没有可识别的网址，请填写以 https:// 或 http:// 开头的完整网址",
                en: "holds no web address; write the whole address, beginning with https:// or http://")
        }
        guard !address.isAt(field.limits.hosts) else { return nil }
        let hosts = Wording.list(field.limits.hosts)
        return judgement(
            .fail, "url-host", required: hosts.en, measured: address.host.flatMap(shown),
            zh: "的网址不属于要求的网站（\(hosts.zh)），请填写该网站上的网址",
            en: "is an address at another site than is required (\(hosts.en)); write an address there")
    }

    /// Judges a number: it must be readable, with no unit but that of the field, and lie within the limits.
    func number(_ value: String) -> Judgement? {
        let limits = field.limits
        guard let number = DecimalNumber(withoutUnit(value)) else {
            let unit = limits.unit.map {
                LocalizedText(zh: "，可以带单位“\($0)”", en: "; only the unit of the field may follow")
            }
            return judgement(
                .fail, "number-format", measured: shown(value),
                zh: "不是数字，请只填写数字，如 3 或 2.5\(unit?.zh ?? "，不写单位和其他文字")",
                en: "is no number; write digits only, like 3 or 2.5\(unit?.en ?? ", without a unit")")
        }
        let (least, greatest) = (limits.leastNumber, limits.greatestNumber)
        guard least.map({ number < $0 }) ?? false || greatest.map({ number > $0 }) ?? false else { return nil }
        let words = Bounds.words(least?.text, greatest?.text)
        return judgement(
            .fail, "number-range", required: Bounds.text(least?.text, greatest?.text), measured: shown(number.text),
            zh: "超出范围，要求\(Wording.spaced(words.zh))\(limits.unit ?? "")，请核对后修改",
            en: "is out of range; \(words.en) is required. Correct it")
    }

    /// `value` without the unit of the field at its end.
    private func withoutUnit(_ value: String) -> String {
        guard let unit = field.limits.unit.map(HalfWidth.folded) else { return value }
        let folded = HalfWidth.trimmed(HalfWidth.folded(value))
        return folded.hasSuffix(unit) ? String(folded.dropLast(unit.count)) : value
    }

    /// Judges a date: it must be readable, exist in the calendar and lie within the limits.
    func date(_ value: String) -> Judgement? {
        guard let date = CalendarDate(value) else {
            guard CalendarDate.isWritten(value) else {
                return judgement(
                    .fail, "date-format", measured: shown(value), zh: "不是可识别的日期，请写成“2024-02-27”或“2024年2月27日”",
                    en: "is no date that can be read; write it like 2024-02-27")
            }
            return judgement(
                .fail, "date-impossible", measured: shown(value), zh: "是日历上没有的日期，请核对年、月、日",
                en: "is a day that the calendar does not have; check year, month and day")
        }
        let (first, last) = (field.limits.firstDate, field.limits.lastDate)
        guard first.map({ date < $0 }) ?? false || last.map({ date > $0 }) ?? false else { return nil }
        let words = Self.period(first?.text, last?.text)
        return judgement(
            .fail, "date-range", required: Bounds.text(first?.text, last?.text), measured: shown(date.text),
            zh: "不在要求的日期范围内（\(words.zh)），请核对后修改",
            en: "lies outside the period that is required (\(words.en)); correct it")
    }

    /// `2024-01-01 至 2024-12-31`, `2024-01-01 及以后` or `2024-12-31 及以前`, with its English.
    private static func period(_ first: String?, _ last: String?) -> LocalizedText {
        switch (first, last) {
        case (let first?, let last?): LocalizedText(zh: "\(first) 至 \(last)", en: "\(first) to \(last)")
        case (let first?, nil): LocalizedText(zh: "\(first) 及以后", en: "\(first) or later")
        case (nil, let last?): LocalizedText(zh: "\(last) 及以前", en: "\(last) or earlier")
        case (nil, nil): LocalizedText(zh: "不限", en: "any")
        }
    }

    /// Judges the presence of the attachment. Its content is no concern of the form.
    var attachment: Judgement? {
        guard field.isRequired, let name = field.limits.attachment else { return nil }
        guard let present = submission.attachments else {
            return judgement(
                .undetermined, "attachments-unknown", zh: "无法检查：不知道提交了哪些附件，请人工确认附件是否齐全",
                en: "cannot be checked, because the attachments are not known; a person checks that the file is there")
        }
        guard !present.contains(name) else { return nil }
        return judgement(
            .fail, "missing", zh: "缺少附件，请补交", en: "is an attachment that is missing; send it")
    }
}
