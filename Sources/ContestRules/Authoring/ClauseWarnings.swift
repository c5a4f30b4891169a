internal import MediaFacts

/// Warns of items for a person whose clause a kind of rule could measure.
enum ClauseWarnings {
    /// The warnings, at the clauses.
    static func find(_ contest: Contest, _ source: ContestSource) -> [ContestFileError.Problem] {
        let measured = contest.rules.filter { if case .measured = $0.kind { !$0.isGeneral } else { false } }
        return contest.rules.compactMap { rule in
            guard case .person = rule.kind else { return nil }
            for reading in ClauseReading.measurable(rule.clause) {
                // The author has split a clause: another rule measures this part of it.
                let isMeasured = measured.contains { other in
                    reading.kinds.contains(other.kindName)
                        && (other.clause.contains(reading.part) || rule.clause.contains(other.clause))
                }
                guard !isMeasured else { continue }
                return source.warning(rule: rule.id, key: "clause", message(reading))
            }
            return nil
        }
    }

    private static func message(_ reading: ClauseReading) -> LocalizedText {
        let kinds = Wording.alternatives(reading.kinds.map { LocalizedText(zh: "“\($0)”", en: "\"\($0)\"") })
        return LocalizedText(
            zh: "“\(reading.word)”可以测量：能否改写为类型\(kinds.zh)的规则，而不由人判断？",
            en:
                "\"\(reading.word)\" can be measured: could a rule of kind \(kinds.en) state it instead of a person's item?"
        )
    }
}

/// A part of a clause that kinds of rules can measure.
struct ClauseReading {
    /// The part, between two marks of punctuation.
    var part: String
    /// The word or the figure with unit that tells.
    var word: String
    /// The kinds that could state it.
    var kinds: [String]

    /// The parts of `clause` that can be measured. A part about a thing that no kind measures, such as a watermark or the
    /// length of an opening, is left out, whatever units it has.
    static func measurable(_ clause: String) -> [ClauseReading] {
        let parts = HalfWidth.folded(clause).split { "。;!?\n、".contains($0) || $0 == "," }.map(String.init)
        return parts.compactMap { part in
            guard !unmeasured.contains(where: { part.lowercased().contains($0) }) else { return nil }
            return reading(part)
        }
    }

    private static func reading(_ part: String) -> ClauseReading? {
        let small = part.lowercased()
        for (pattern, kinds) in figures {
            if let word = small.firstMatch(of: pattern)?.output {
                return ClauseReading(part: part, word: String(word), kinds: kinds)
            }
        }
        for (words, kinds) in words {
            if let word = words.first(where: small.contains) {
                return ClauseReading(part: part, word: word, kinds: kinds)
            }
        }
        return nil
    }

    /// Figures with units, in small letters.
    private static var figures: [(Regex<Substring>, [String])] {
        [
            (/[0-9.]+ *khz/, ["audio-format"]), (/[0-9.]+ *[km]b(?:ps|\/s|it\/s)/, ["bit-rate", "audio-format"]),
            (/[0-9.]+ *(?:fps|帧)/, ["frame-rate"]), (/-[0-9.]+ *(?:lkfs|lufs|db)[a-z]*/, ["loudness"]),
            (/[0-9]+ *[x×*] *[0-9]+/, ["resolution"]), (/(?:1080|720|2160|4320)p|\b[48]k\b/, ["resolution"]),
            (/[0-9]+ *像素/, ["resolution"]), (/\b(?:16:9|9:16|4:3|3:4|1:1|21:9|2\.35:1|1\.85:1)/, ["aspect-ratio"]),
            (/[0-9.]+ *[mg]i?b\b/, ["file-size"]), (/[0-9.]+ *(?:分钟|秒钟?|seconds?|minutes?)/, ["duration"]),
        ]
    }

    /// Words that name what a kind measures, in small letters.
    private static let words: [([String], [String])] = [
        (["逐行", "隔行", "progressive", "interlaced"], ["scan"]), (["采样率", "声道", "立体声", "khz"], ["audio-format"]),
        (["码率", "比特率", "kbps", "mbps"], ["bit-rate"]), (["帧率", "帧速", "fps"], ["frame-rate"]),
        (["画面比例", "宽高比", "画幅比"], ["aspect-ratio"]), (["分辨率", "像素"], ["resolution"]),
        (["横屏", "竖屏", "横版", "竖版"], ["orientation"]), (["黑边"], ["active-picture"]), (["黑场", "黑屏"], ["black"]),
        (["lkfs", "lufs", "响度"], ["loudness"]), (["关键帧", "gop"], ["keyframes"]),
        (["h.264", "h264", "hevc", "h.265", "h265", "视频编码"], ["codec"]),
        (["色彩空间", "色域", "rec.709", "bt.709"], ["color"]),
        (["文件大小", "文件体积"], ["file-size"]), (["封装格式", "视频格式", "文件格式"], ["container"]),
    ]

    /// Words for things that no kind measures.
    private static let unmeasured = [
        "水印", "台标", "角标", "logo", "字幕", "标识", "署名", "二维码", "片头", "片尾", "海报", "图片", "照片", "截图", "封面", "剧本",
        "简介", "文档", "watermark", "subtitle", "credits", "opening", "ending", "poster", "photo", "still",
    ]
}
