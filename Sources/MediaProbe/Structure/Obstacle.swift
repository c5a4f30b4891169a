internal import MediaFacts

/// The reason why a stream's samples cannot be decoded although the file itself can be read.
enum Obstacle: Equatable {
    /// The samples are encrypted.
    case encrypted
    /// The samples are in another file.
    case externalData
    /// The stream is HEVC in FLV, which libavformat does not read.
    case hevcInFLV
    /// libavcodec has no decoder for the stream.
    case noDecoder

    /// The integrity problem that reports this obstacle for the video stream.
    var pictureProblem: IntegrityProblem.Code {
        switch self {
        case .encrypted: .encrypted
        case .externalData: .externalData
        case .hevcInFLV: .hevcInFLV
        case .noDecoder: .noVideoDecoder
        }
    }

    /// The shortfall that reports this obstacle for measurements of the content.
    var shortfall: ContentShortfall {
        switch self {
        case .encrypted: .encrypted
        case .externalData: .externalData
        case .hevcInFLV, .noDecoder: .noDecoder
        }
    }
}
