/// The choice of the streams that make the film. A player shows one picture and plays one sound.
enum FilmChoice {
    /// A video stream that is no cover picture.
    struct Video: Equatable {
        var index: Int
        /// Whether the container marks the stream as the one to show; in ISO files: whether the track is enabled.
        var isDefault: Bool
        /// Pictures in the stream; nil when unknown.
        var pictures: Int?
        /// Length in seconds; nil when unknown.
        var seconds: Double?
    }

    /// An audio stream.
    struct Audio: Equatable {
        var index: Int
        var isDefault: Bool
        /// Whether libavcodec has a decoder for the stream.
        var isDecodable: Bool
        /// Whether the stream belongs to the programme of the chosen video; `true` when the container has no
        /// programmes.
        var isOfProgramme: Bool
    }

    /// The index of the film's video stream: of the streams with more than one picture the default one; of several or
    /// none the longest; of equal ones the first. Picture size plays no part, because a file may hold a still that is
    /// larger than the film.
    static func video(_ streams: [Video]) -> Int? {
        let films = streams.filter { $0.pictures.map { $0 > 1 } ?? true }
        let candidates = films.isEmpty ? streams : films
        return best(candidates) { stream in
            (stream.isDefault ? 1 : 0, stream.seconds ?? 0)
        }?.index
    }

    /// The index of the film's audio stream: of the programme's streams one that can be decoded; of several the default
    /// one, else the first.
    static func audio(_ streams: [Audio]) -> Int? {
        best(streams) { stream in
            ((stream.isOfProgramme ? 2 : 0) + (stream.isDecodable ? 1 : 0), stream.isDefault ? 1 : 0)
        }?.index
    }

    /// The first of the streams with the highest rank.
    private static func best<Stream>(_ streams: [Stream], _ rank: (Stream) -> (Int, Double)) -> Stream? {
        var best: (rank: (Int, Double), stream: Stream)?
        for stream in streams {
            let rank = rank(stream)
            if best.map({ $0.rank < rank }) ?? true { best = (rank, stream) }
        }
        return best?.stream
    }
}
