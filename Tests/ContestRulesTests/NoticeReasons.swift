/// Reasons for which a person judges a clause.
enum PersonReason: String, CaseIterable, Sendable {
    case watermark, subtitles, language, structure, slate
    case titleAtStart = "title-at-start"
    case creditsAtEnd = "credits-at-end"
    case onScreenMark = "on-screen-mark"
    case pictureQuality = "picture-quality"
    case soundQuality = "sound-quality"
    case avSync = "av-sync"
    case partLength = "part-length"
    case repeatedContent = "repeated-content"
    case shareOfFootage = "share-of-footage"

    /// Whether the reason is a figure that a person must measure, not text in the picture, a watermark or taste.
    var isMeasurable: Bool {
        switch self {
        case .avSync, .partLength, .repeatedContent, .shareOfFootage: true
        default: false
        }
    }

    /// What the clauses of this reason ask for.
    var words: String {
        switch self {
        case .watermark: "水印、台标、签名 · watermarks, logos and signatures in the picture"
        case .subtitles: "字幕有无、完整、正确 · burnt-in subtitles: present, absent, complete, correct"
        case .language: "语言和文字（普通话、简体字）· the language that is spoken or written"
        case .structure: "片头、正片、片尾，结构完整 · opening, main part and ending; a whole story"
        case .slate: "片前字卡、时码 · a slate, a time code in the picture"
        case .titleAtStart: "片头的名称、标识、人员 · title, logo and names at the beginning"
        case .creditsAtEnd: "片尾的署名和版权 · credits and copyright at the end"
        case .onScreenMark: "画面或配音中的指定文字 · words that the film must show or say"
        case .pictureQuality: "画面清晰，无花屏、跳帧 · a clear picture without visible faults"
        case .soundQuality: "音质清晰，无杂音 · clear sound without noise"
        case .avSync: "音画同步 · sound in step with the picture"
        case .partLength: "片头、正片、片尾各自的时长 · lengths of opening, main part and ending"
        case .repeatedContent: "前情重复的时长 · how much is repeated from another episode"
        case .shareOfFootage: "非原创或生成素材的占比 · the share of borrowed or generated footage"
        }
    }
}

/// Features for want of which a clause that can be measured cannot be said.
enum LackingFeature: String, CaseIterable, Sendable {
    case audioLevel = "audio-level"
    case subtitleFormats = "subtitle-formats"
    case folderName = "folder-name"
    case uniqueNames = "unique-names"
    case sumOverFiles = "sum-over-files"
    case sameAcrossFiles = "same-across-files"
    case sameContent = "same-content"
    case emoji
    case tracksEach = "tracks-each"
    case videoLevel = "video-level"
    case encryptionOrKey = "encryption-or-key"

    /// What the clauses that lack it ask for.
    var words: String {
        switch self {
        case .audioLevel: "声音电平（非响度）的范围 · a range of sound level, not loudness"
        case .subtitleFormats: "SBV、XML 等字幕格式 · subtitle files of other formats than SRT (SBV, SMPTE XML)"
        case .folderName: "文件夹或包的命名 · names of folders and packages"
        case .uniqueNames: "文件名不得重复 · file names that differ between entries"
        case .sumOverFiles: "多个视频的总时长 · the total length of several videos"
        case .sameAcrossFiles: "多个视频的分辨率、比例一致 · the same size or shape in all videos of an entry"
        case .sameContent: "小样与正片内容一致 · a preview with the same content as the work"
        case .emoji: "文字中不得有表情符号 · no emoji in a text"
        case .tracksEach: "每条音轨的声道分布 · the channels of every single track"
        case .videoLevel: "视频信号电平 · levels of the video signal"
        case .encryptionOrKey: "未加密，或附密钥 · unencrypted, or else with a key"
        }
    }
}
