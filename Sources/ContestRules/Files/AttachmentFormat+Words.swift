internal import MediaFacts

extension AttachmentFormat {
    /// The format for people, as it stands in a sentence.
    var words: LocalizedText {
        switch self {
        case .pdf: LocalizedText(zh: "PDF 文件", en: "a PDF")
        case .png, .jpeg, .gif, .bmp, .heic:
            LocalizedText(zh: "\(rawValue.uppercased()) 图片", en: "a \(rawValue.uppercased()) picture")
        case .webp: LocalizedText(zh: "WebP 图片", en: "a WebP picture")
        case .docx: LocalizedText(zh: "Word 文件（docx）", en: "a Word document (docx)")
        case .doc: LocalizedText(zh: "旧版或加密的 Word 文件（doc）", en: "an old or encrypted Word document (doc)")
        case .zip: LocalizedText(zh: "压缩包", en: "a ZIP archive")
        case .srt: LocalizedText(zh: "SRT 字幕", en: "a subtitle file (SRT)")
        case .vtt: LocalizedText(zh: "WebVTT 字幕", en: "a subtitle file (WebVTT)")
        case .text: LocalizedText(zh: "纯文本", en: "a text file")
        case .empty: LocalizedText(zh: "空文件", en: "an empty file")
        case .other: LocalizedText(zh: "无法识别的文件", en: "a file of unknown format")
        }
    }
}

extension AttachmentRule.Kind {
    /// The kind for people, as it stands in a sentence.
    var words: LocalizedText {
        switch self {
        case .pdf: LocalizedText(zh: "PDF 文件", en: "a PDF")
        case .image: LocalizedText(zh: "图片", en: "a picture")
        case .docx: LocalizedText(zh: "Word 文件（docx）", en: "a Word document (docx)")
        case .srt: LocalizedText(zh: "SRT 字幕", en: "a subtitle file (SRT)")
        case .any: LocalizedText(zh: "任意文件", en: "any file")
        }
    }
}
