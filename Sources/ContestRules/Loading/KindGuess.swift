internal import MediaFacts

/// What an author means by a name that is no kind of rule.
enum KindGuess: Equatable {
    /// One or several kinds, by name.
    case kinds([String])
    /// Something that only a person can judge.
    case person
    /// Nothing is known of the name.
    case unknown

    /// Guesses by the words of people in Chinese and English, then by spelling.
    init(_ name: String) {
        let plain = Self.plain(name)
        let kinds = RuleFile.kinds.filter { kind in
            [kind.title.zh, kind.title.en].map(Self.plain).contains(plain)
                || Self.words[kind.kind]?.contains(plain) == true
        }
        if !kinds.isEmpty {
            self = .kinds(kinds.map { $0.kind })
        } else if Self.personWords.contains(plain) {
            self = .person
        } else {
            self = Spelling.nearest(to: name, among: RuleFile.kindNames).map { .kinds([$0]) } ?? .unknown
        }
    }

    /// The message about `name` in a file of `schema`.
    func message(_ name: String, in schema: Contest.Schema) -> LocalizedText {
        switch self {
        case .kinds(let kinds):
            let choice = Wording.alternatives(kinds.map { LocalizedText(zh: "“\($0)”", en: "\"\($0)\"") })
            let later = kinds.allSatisfy(RuleFile.kindNames(in: schema).contains) ? nil : Contest.Schema.second.rawValue
            return LocalizedText(
                zh: "未知的规则类型“\(name)”，是否想写\(choice.zh)\(later.map { "（须写 schema: \($0)）" } ?? "")？",
                en: "unknown kind \"\(name)\"; did you mean \(choice.en)\(later.map { " (with schema: \($0))" } ?? "")?"
            )
        case .person:
            return LocalizedText(
                zh: "未知的规则类型“\(name)”：没有类型能测量它，请写 \(PersonRule.kind)，由人判断",
                en:
                    "unknown kind \"\(name)\": no kind measures it; write \(PersonRule.kind), so that a person judges it"
            )
        case .unknown:
            let known = RuleFile.kindNames(in: schema).joined(separator: ", ")
            return LocalizedText(
                zh: "未知的规则类型“\(name)”，可用类型：\(known)", en: "unknown kind \"\(name)\"; known kinds: \(known)")
        }
    }

    /// `name` in small letters, without spaces and hyphens.
    private static func plain(_ name: String) -> String {
        HalfWidth.folded(name).lowercased().filter { !" -_".contains($0) }
    }
}

extension KindGuess {
    /// Words of people by the name of the kind that they mean, beside the titles of the kinds. A word under several kinds
    /// can mean each of them.
    private static let words: [String: Set<String>] = [
        "has-video": ["画面", "视频", "video", "picture"], "has-audio": ["声音", "音频", "audio", "sound"],
        "upright": ["镜像", "颠倒", "旋转", "rotation", "mirrored"],
        "true-length": ["真实时长", "声明时长"], "complete-file": ["完整", "截断", "complete", "truncated"],
        "duration": ["长度", "片长", "视频时长", "作品时长", "length", "time", "runtime"],
        "aspect-ratio": ["比例", "宽高比", "画幅", "长宽比", "画面比", "ratio", "aspect", "shape"],
        "resolution": ["清晰度", "像素", "尺寸", "画面尺寸", "大小", "size", "picturesize", "dimensions", "definition"],
        "container": ["格式", "封装", "容器", "封装格式", "视频格式", "format", "fileformat", "extension"],
        "file-size": ["大小", "容量", "体积", "size", "bytes", "filesize"],
        "frame-rate": ["帧速", "帧速率", "帧数", "fps", "framerate"],
        "bit-rate": ["比特率", "码流", "视频码率", "bitrate", "datarate"],
        "codec": ["编码格式", "视频编码", "编解码", "codecs", "encoding", "compression"],
        "black": ["黑场", "blackframes", "blackscreen"], "freeze": ["静帧", "定格", "卡顿", "卡帧", "frozen", "still"],
        "silence": ["静音", "silent", "mute"], "loudness": ["音量", "电平", "volume", "level"],
        "active-picture": ["无黑边", "全画幅", "bars", "letterbox", "pillarbox"],
        "decodable": ["解码", "花屏", "能播放", "playable", "decode"],
        "orientation": ["横屏", "竖屏", "横版", "竖版", "横竖", "方向", "画面方向", "landscape", "portrait"],
        "any-of": ["任选", "任选其一", "其中之一", "anyof", "oneof", "or"],
        "audio-format": ["声道", "采样率", "音频格式", "音频码率", "channels", "samplerate", "stereo"],
        "scan": ["逐行", "隔行", "逐行扫描", "扫描方式", "场序", "progressive", "interlaced"],
        "pixel-format": ["色度", "位深", "采样格式", "chroma", "bitdepth"],
        "color": ["色彩", "色域", "颜色", "colour", "colorspace", "hdr"],
        "keyframes": ["关键帧", "关键帧间隔", "gop", "keyframe"],
        "ai-label": ["ai", "aigc", "ai生成", "ai标注", "人工智能", "生成式人工智能", "ai生成标识", "ailabel", "c2pa"],
        "person": ["人工", "人工审核", "人工确认", "manual", "human"],
        "form": ["报名表", "推荐表", "申报表", "登记表"],
        "window": ["时间", "截止时间", "报送时间", "征集期", "deadline", "time"],
        "unique-media": ["重复", "查重", "重复提交", "duplicate", "unique"],
        "file-name": ["文件命名", "命名", "filename", "name"],
    ]

    /// Words for requirements of notices that no kind measures.
    private static let personWords: Set<String> = [
        "水印", "台标", "角标", "标识", "logo", "watermark", "字幕", "subtitle", "subtitles", "captions", "错别字", "普通话", "语言",
        "language", "原创", "原创性", "originality", "original", "内容", "主题", "content", "theme", "结构", "片头", "片尾",
        "structure",
        "opening", "ending", "credits", "署名", "版权", "copyright", "画质", "画面质量", "音质", "噪音", "杂音", "quality", "音画同步",
        "lipsync", "广告", "advertising",
    ]
}
