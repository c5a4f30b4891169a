import MediaFacts
import Testing

@testable import ContestRules

/// The limits of rules in words.
@Suite("Limits of a rule in words")
struct RuleLimitsTests {
    @Test(
        "Each limit is named in both languages",
        arguments: [
            (
                "duration", "min: 3m, max: 5m, tolerance: 500ms", "3 分至 5 分，允许误差 0.500 秒",
                "3 min to 5 min, tolerance 0.500 s"
            ),
            ("duration", "allowed: [15s, 30s]", "限于 15 秒或 30 秒", "only 15 s or 30 s"),
            (
                "resolution", "min: 1920x1080, turned: review", "不少于 1920x1080，横竖相反时由人工确认",
                "at least 1920x1080, a person decides on a turned picture"
            ),
            ("resolution", "shortSide: {min: 720, max: 1080}", "短边 720至 1080 像素", "a short side of 720 to 1080 pixels"),
            (
                "resolution", "shortSide: 1080, of: stored", "短边 1080 像素，按存储尺寸",
                "a short side of 1080 pixels, as it is stored"
            ),
            ("orientation", "allowed: [portrait]", "限于竖屏", "only portrait"),
            (
                "container", "allowed: [MP4, wmv], others: review", "限于 mp4或 wmv，其他的由人工确认",
                "only mp4 or wmv, a person decides on others"
            ),
            ("file-size", "max: 200MB", "不超过 200 MB", "at most 200 MB"),
            (
                "bit-rate", "min: 8Mbps, of: video, mode: constant", "不少于 8 Mbit/s，恒定码率，视频码率",
                "at least 8 Mbit/s, constant, of the video"
            ),
            (
                "audio-format", "sampleRates: [48kHz], maxBitRate: 192kbps", "码率不超过 192 kbit/s，采样率 48 kHz",
                "bit rate at most 192 kbit/s, sample rate 48 kHz"
            ),
            ("black", "longest: 3s", "每段不超过 3 秒", "no stretch over 3 s"),
            ("person", "blocking: true", "人工确认之前不能判为合格", "no file is compliant before a person has confirmed it"),
            ("has-audio", "", "", ""), ("active-picture", "", "", ""),
            (
                "any-of", "groups: [[{kind: orientation, allowed: [portrait]}], [{kind: duration, max: 1m}]]",
                "第 1 组：横竖屏 限于竖屏，第 2 组：时长 不超过 1 分", "group 1: Orientation only portrait, group 2: Duration at most 1 min"
            ),
        ])
    func words(kind: String, parameters: String, zh: String, en: String) throws {
        let limits = try SecondSchema.rule(kind, parameters, level: kind == "person" ? "required" : "encouraged").limits
        #expect(limits.map(\.zh).joined(separator: "，") == zh)
        #expect(limits.map(\.en).joined(separator: ", ") == en)
    }

    @Test("No parameter of a measured kind is shown as it is written", arguments: MeasuredKinds.all.indices)
    func parameters(index: Int) {
        let rule = Rule(id: "a", level: .required, clause: "b", kind: .measured(MeasuredKinds.all[index]))
        for limit in rule.limits { #expect(!limit.zh.contains(": ") && limit.zh.isChinese, "\(limit.zh)") }
    }
}
