internal import MediaFacts

extension FieldCheck {
    /// Judges a declared length: it must be readable and equal to the length of the media.
    func duration(_ value: String) -> Judgement? {
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
