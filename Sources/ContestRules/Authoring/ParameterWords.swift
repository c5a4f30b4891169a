internal import MediaFacts

/// The words of people for the parameters of contest files. A parameter without a line here is shown as it is written.
enum ParameterWords {
    /// The text of a parameter with its values.
    ///
    /// - Parameters:
    ///   - name: the parameter's name in contest files.
    ///   - kind: the kind of the rule.
    ///   - values: all values in words.
    static func phrase(_ name: String, kind: String, _ values: LocalizedText) -> LocalizedText {
        guard let phrase = phrases["\(kind).\(name)"] ?? phrases[name] else {
            return LocalizedText(zh: "\(name): \(values.zh)", en: "\(name): \(values.en)")
        }
        return LocalizedText(
            zh: phrase.zh.replacing("{}", with: Wording.spaced(values.zh)),
            en: phrase.en.replacing("{}", with: values.en))
    }

    /// The words for a parameter that has the value `text`, one of few; nil where the value says nothing by itself.
    static func choice(_ name: String, _ text: String) -> LocalizedText? {
        choices["\(name): \(text)"].map { LocalizedText(zh: $0.zh, en: $0.en) }
    }

    /// The words for a value.
    static func value(_ text: String) -> LocalizedText {
        values[text].map { LocalizedText(zh: $0.zh, en: $0.en) } ?? .same(text)
    }

    /// Values that a parameter has where a file does not write it; they are not shown.
    static let usual = [
        "turned": "fail", "others": "fail", "blocking": "false", "of": "displayed", "tolerance": "0s",
        "active-picture.tolerance": "3%",
    ]

    private static let phrases: [String: (zh: String, en: String)] = [
        "bFrames": ("连续的 B 帧{} 个", "{} B-frames in a row"), "declared": ("与表单的{}对照", "compared with the form's {}"),
        "pattern": ("格式{}", "form {}"), "characters": ("字符限于{}", "only characters {}"),
        "allowed": ("限于{}", "only {}"), "sizes": ("限于{}", "only {}"), "tolerance": ("允许误差{}", "tolerance {}"),
        "true-length.tolerance": ("相差不超过{}", "a difference of at most {}"), "from": ("从{}", "from {}"),
        "to": ("到{}", "to {}"),
        "shortSide": ("短边{} 像素", "a short side of {} pixels"), "longest": ("每段不超过{}", "no stretch over {}"),
        "darkness": ("亮度低于{}算黑", "black below a luminance of {}"), "area": ("占画面{}以上", "of at least {} of the picture"),
        "movement": ("变化低于{}算静止", "still below a change of {}"), "below": ("低于{}算无声", "silent below {}"),
        "maxTruePeak": ("真峰值不超过{}", "a true peak of at most {}"), "video": ("视频编码{}", "video codec {}"),
        "audio": ("音频编码{}", "audio codec {}"), "profiles": ("档次{}", "profile {}"),
        "maxLevel": ("级别不超过{}", "level at most {}"), "channels": ("声道{}", "channels {}"),
        "sampleRates": ("采样率{}", "sample rate {}"), "bitDepth": ("位深{} 位", "{} bit"),
        "minBitRate": ("码率不低于{}", "bit rate at least {}"), "maxBitRate": ("码率不超过{}", "bit rate at most {}"),
        "tracks": ("音轨{} 条", "sound tracks: {}"), "fieldOrder": ("场序{}", "field order {}"),
        "chroma": ("色度{}", "chroma {}"),
        "range": ("取值范围{}", "range {}"), "spaces": ("色彩空间{}", "colour space {}"),
        "maxInterval": ("间隔不超过{}", "at most {} apart"), "createdIn": ("创作于{} 年，仅供参考", "made in {}, as a hint"),
    ]

    private static let choices: [String: (zh: String, en: String)] = [
        "constant: required": ("帧率恒定", "a constant rate"),
        "disabledTracks: forbidden": ("不得有停用的轨道", "no disabled tracks"),
        "label: forbidden": ("文件不得声明由 AI 生成", "the file declares no AI label"),
        "label: required": ("文件须声明由 AI 生成", "the file declares an AI label"),
        "label: consistent": ("文件的声明与表单一致", "the file's label agrees with the form"),
        "wellFormed: true": ("AI 标识的格式正确", "AI labels are well-formed"),
        "turned: review": ("横竖相反时由人工确认", "a person decides on a turned picture"),
        "turned: pass": ("横竖不限", "in either orientation"),
        "others: review": ("其他的由人工确认", "a person decides on others"),
        "of: stored": ("按存储尺寸", "as it is stored"), "of: video": ("视频码率", "of the video"),
        "of: audio": ("声音码率", "of the sound"), "of: file": ("整个文件的码率", "of the whole file"),
        "mode: constant": ("恒定码率", "constant"), "mode: variable": ("可变码率", "variable"),
        "depth: standard": ("抽查解码", "decoded in samples"), "depth: full": ("逐帧解码", "every frame is decoded"),
        "hdr: forbidden": ("不得为 HDR", "no HDR"), "hdr: required": ("须为 HDR", "HDR"),
        "closed: required": ("须为封闭 GOP", "closed groups"),
        "indexFirst: required": ("索引须在文件开头", "the index comes first"),
        "editLists: forbidden": ("不得有剪辑列表", "no edit lists"), "fragments: forbidden": ("不得分片", "no fragments"),
        "squarePixels: required": ("像素须为正方形", "square pixels"),
        "evidence: subtitle-streams": ("列出字幕流供参考", "subtitle streams are listed as a hint"),
        "blocking: true": ("人工确认之前不能判为合格", "no file is compliant before a person has confirmed it"),
    ]

    private static let values: [String: (zh: String, en: String)] = [
        "landscape": ("横屏", "landscape"), "portrait": ("竖屏", "portrait"), "square": ("方形", "square"),
        "progressive": ("逐行", "progressive"), "interlaced": ("隔行", "interlaced"), "mono": ("单声道", "mono"),
        "stereo": ("立体声", "stereo"), "limited": ("有限范围", "limited"), "full": ("完全范围", "full"),
    ]
}
