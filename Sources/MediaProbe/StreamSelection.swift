internal import CFFmpeg
internal import MediaFacts

/// Which streams of a file a viewer would get.
struct StreamSelection {
    /// Index of the main video stream; nil when the file has none.
    var video: Int?
    /// Index of the main audio stream; nil when the file has none.
    var audio: Int?
    /// Video streams, cover pictures not counted.
    var videoStreams = 0
    /// Audio streams.
    var audioStreams = 0
    /// Subtitle streams, in file order.
    var subtitles: [SubtitleFacts] = []

    /// Chooses the default stream of each kind; among several (or no) defaults the largest picture, then the first.
    init(_ streams: [UnsafeMutablePointer<AVStream>]) {
        func rank(_ stream: AVStream) -> (Int64, Int64) {
            let parameters = stream.codecpar.pointee
            let isDefault = stream.disposition & AV_DISPOSITION_DEFAULT != 0
            return (isDefault ? 1 : 0, Int64(parameters.width) * Int64(parameters.height))
        }
        for (index, pointer) in streams.enumerated() {
            let stream = pointer.pointee
            switch stream.codecpar.pointee.codec_type {
            case AVMEDIA_TYPE_VIDEO where !Self.isCoverPicture(stream):
                videoStreams += 1
                if video.map({ rank(streams[$0].pointee) < rank(stream) }) ?? true { video = index }
            case AVMEDIA_TYPE_AUDIO:
                audioStreams += 1
                if audio.map({ rank(streams[$0].pointee).0 < rank(stream).0 }) ?? true { audio = index }
            case AVMEDIA_TYPE_SUBTITLE:
                subtitles.append(Self.subtitle(stream))
            default: break
            }
        }
    }

    /// Whether a "video" stream is a picture to decorate a player with. Source: `AVStream.disposition`.
    private static func isCoverPicture(_ stream: AVStream) -> Bool {
        stream.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS) != 0
    }

    private static func subtitle(_ stream: AVStream) -> SubtitleFacts {
        let language = av_dict_get(stream.metadata, "language", nil, 0).flatMap {
            cleanTag($0.pointee.value, limit: 35)
        }
        return SubtitleFacts(
            codec: codecName(stream.codecpar.pointee.codec_id), language: language == "und" ? nil : language)
    }
}

/// The codec's name as FFmpeg writes it, `unknown` when it knows none.
func codecName(_ id: AVCodecID) -> String {
    id == AV_CODEC_ID_NONE ? "unknown" : String(cString: avcodec_get_name(id))
}
