internal import CFFmpeg
internal import MediaFacts

/// The streams of a file by kind, and which of them make the film.
struct StreamSelection {
    /// Index of the film's video stream; nil when the file has none.
    var video: Int?
    /// Index of the film's audio stream; nil when the file has none.
    var audio: Int?
    /// Indexes of video streams, cover pictures left out.
    private(set) var videoStreams: [Int] = []
    /// Indexes of audio streams.
    private(set) var audioStreams: [Int] = []
    /// Subtitle streams, in file order.
    private(set) var subtitles: [SubtitleFacts] = []

    /// Sorts the streams by kind, and chooses the film's streams by the header alone.
    init(_ demuxer: borrowing Demuxer) {
        let streams = demuxer.streams
        for (index, pointer) in streams.enumerated() {
            let stream = pointer.pointee
            switch stream.codecpar.pointee.codec_type {
            case AVMEDIA_TYPE_VIDEO where !Self.isCoverPicture(stream): videoStreams.append(index)
            case AVMEDIA_TYPE_AUDIO: audioStreams.append(index)
            case AVMEDIA_TYPE_SUBTITLE: subtitles.append(Self.subtitle(stream))
            default: break
            }
        }
        choose(demuxer) { _ in nil }
    }

    /// Chooses the film's streams again, by the counts of a walk.
    ///
    /// - Parameter count: pictures and seconds of a video stream; nil where they were not counted.
    mutating func choose(_ demuxer: borrowing Demuxer, counting count: (Int) -> (pictures: Int, seconds: Double)?) {
        let streams = demuxer.streams
        video = FilmChoice.video(
            videoStreams.map { index in
                let stream = streams[index].pointee
                let counted = count(index)
                return FilmChoice.Video(
                    index: index, isDefault: Self.isDefault(stream),
                    pictures: counted?.pictures ?? (stream.nb_frames > 0 ? Int(clamping: stream.nb_frames) : nil),
                    seconds: counted?.seconds ?? Duration(ticks: stream.duration, stream.time_base)?.seconds)
            })
        let programme = demuxer.programme(of: video)
        audio = FilmChoice.audio(
            audioStreams.map { index in
                FilmChoice.Audio(
                    index: index, isDefault: Self.isDefault(streams[index].pointee),
                    isDecodable: avcodec_find_decoder(streams[index].pointee.codecpar.pointee.codec_id) != nil,
                    isOfProgramme: programme?.contains(index) ?? true)
            })
    }

    private static func isDefault(_ stream: AVStream) -> Bool { stream.disposition & AV_DISPOSITION_DEFAULT != 0 }

    /// Whether a "video" stream is a cover picture or a thumbnail. Source: `AVStream.disposition`.
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

/// The codec's name as FFmpeg writes it; `unknown` for `AV_CODEC_ID_NONE`.
func codecName(_ id: AVCodecID) -> String {
    id == AV_CODEC_ID_NONE ? "unknown" : String(cString: avcodec_get_name(id))
}
