internal import MediaFacts

extension ContentShortfall {
    /// The cause and the advice for a stream that could not be measured in full; nil for a kind of a later version.
    ///
    /// `StreamObstacle` has the messages of `noDecoder`, `encrypted` and `externalData`, which need the codec's name.
    func words(_ stream: MeasuredStream) -> (cause: LocalizedText, advice: LocalizedText)? {
        let name = stream.name
        switch self {
        case .noDecoder: return (LocalizedText(zh: "没有可用的解码器", en: "there is no decoder for it"), Self.exportAgain)
        case .encrypted: return (LocalizedText(zh: "数据已加密", en: "the data is encrypted"), Self.exportAgain)
        case .externalData: return (LocalizedText(zh: "数据在另一个文件里", en: "the data is in another file"), Self.exportAgain)
        case .nothingDecoded:
            return (LocalizedText(zh: "没有解出任何\(name.zh)", en: "no \(name.en) could be decoded"), Self.exportAgain)
        case .stopsDecoding:
            return (
                LocalizedText(zh: "\(name.zh)解码中途停止", en: "the \(name.en) stops decoding half-way"), Self.exportAgain
            )
        case .picturesMissing:
            return (LocalizedText(zh: "有些画面没有解出", en: "some pictures did not decode"), Self.exportAgain)
        case .timedOut: return (LocalizedText(zh: "检查超时", en: "the check ran out of time"), Self.checkAgain)
        case .outOfMemory: return (LocalizedText(zh: "检查所需内存超出限制", en: "the check ran out of memory"), Self.exportAgain)
        case .crashed, .garbled: return (LocalizedText(zh: "解码程序异常终止", en: "the decoder broke down"), Self.exportAgain)
        case .unknownFormat:
            return (LocalizedText(zh: "数据格式无法识别", en: "its format is not understood"), Self.exportAgain)
        case .formatChanges:
            return (
                LocalizedText(zh: "\(name.zh)格式中途改变", en: "the \(name.en)'s format changes half-way"), Self.exportAgain
            )
        case .tooManyRanges:
            return (LocalizedText(zh: "片段太多，只记录了一部分", en: "there are too many ranges to record each"), Self.haveALook)
        default: return nil
        }
    }

    /// The cause for a kind of a later version.
    static let unknownCause = LocalizedText(zh: "原因不明", en: "the cause is unknown")

    private static let exportAgain = LocalizedText(zh: "请用常见软件重新导出后再提交。", en: "Export the video again.")
    private static let checkAgain = LocalizedText(
        zh: "请重新检查；仍然超时请人工查看。", en: "Check it again; if it still takes too long, have a person look.")
    private static let haveALook = LocalizedText(zh: "请人工查看。", en: "Have a person look.")

    /// The message of a measurement that is not complete.
    func message(_ stream: MeasuredStream) -> LocalizedText {
        let (cause, advice) = words(stream) ?? (Self.unknownCause, Self.exportAgain)
        return LocalizedText(
            zh: "未能检查完整（\(cause.zh)）。\(advice.zh)", en: "This could not be checked in full: \(cause.en). \(advice.en)")
    }
}
