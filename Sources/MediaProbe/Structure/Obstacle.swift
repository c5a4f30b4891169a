internal import MediaFacts

/// The one reason why a stream's samples cannot be shown, however well the file is read otherwise.
enum Obstacle: Equatable {
    /// The samples are encrypted.
    case encrypted
    /// The samples are in another file.
    case externalData
    /// The stream is HEVC in FLV, which libavformat does not read.
    case hevcInFLV
    /// libavcodec has no decoder for the stream.
    case noDecoder

    /// The problem of the file that names the obstacle for the picture.
    var pictureProblem: IntegrityProblem.Code {
        switch self {
        case .encrypted: .encrypted
        case .externalData: .externalData
        case .hevcInFLV: .hevcInFLV
        case .noDecoder: .noVideoDecoder
        }
    }

    /// The reason why content could not be measured.
    var shortfall: ContentShortfall {
        switch self {
        case .encrypted: .encrypted
        case .externalData: .externalData
        case .hevcInFLV, .noDecoder: .noDecoder
        }
    }
}
