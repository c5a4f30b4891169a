internal import CFFmpeg
internal import MediaFacts

/// Facts of the container's own structure that libavformat does not report.
struct ContainerStructure {
    /// The container's family.
    let family: ContainerFamily
    private let movie: ISOMovie?
    private let matroska: MatroskaTracks?
    private let flv: FLVHead?

    /// Reads the structure with small positioned reads.
    ///
    /// - Parameter demuxer: name of the demuxer that opened the file. It decides how the structure is read; the
    ///   structure then decides the family.
    init(_ bytes: FileBytes, demuxer: String) {
        let family = DemuxerCatalogue.family(ofDemuxer: demuxer) ?? .other
        movie = DemuxerCatalogue.isISOBaseMedia(demuxer) ? ISOMovie(bytes) : nil
        matroska = family == .matroska ? MatroskaTracks(bytes) : nil
        flv = family == .flv ? FLVHead(bytes) : nil
        if let movie {
            self.family = DemuxerCatalogue.brandFamily(movie.majorBrand, compatible: movie.compatibleBrands)
        } else if family == .matroska, EBMLHead(bytes)?.documentType == "webm" {
            self.family = .webm
        } else {
            self.family = family
        }
    }

    /// Whether the file holds pictures and no movie (HEIC, AVIF); the file's name plays no part.
    static func isPhotograph(_ bytes: FileBytes) -> Bool { ISOMovie(bytes).isPhotograph }

    /// Whether the file holds pictures and no movie, although libavformat may make a stream of them (AVIF).
    var isPhotograph: Bool { movie?.isPhotograph ?? false }

    /// Whether an edit list of a video track plays media at a speed other than 1.
    var changesSpeed: Bool { movie?.tracks.contains { $0.handler == "vide" && $0.hasRateChange } ?? false }

    /// Whether all bits of the header's length field are set, which means "unknown": the header then claims no length.
    var claimsNoLength: Bool {
        guard let movie, movie.hasMovie else { return false }
        return movie.movieDuration == nil && movie.fragmentDuration == nil
    }

    /// The order of the file's parts; nil for containers other than ISO base media.
    var layout: ContainerLayout? {
        guard let movie, movie.hasMovie else { return nil }
        return ContainerLayout(
            indexFirst: !movie.followsData, editLists: movie.tracks.contains(where: \.hasEditList),
            fragments: movie.isFragmented,
            disabledTracks: movie.tracks.contains { ["vide", "soun"].contains($0.handler) && !$0.isEnabled })
    }

    /// The container's cropping of `stream`; nil when there is none.
    func cropping(of stream: AVStream) -> ContainerCropping? {
        if let crop = track(stream)?.sampleEntries.first?.crop { return ContainerCropping(rectangle: crop) }
        if let picture = matroskaTrack(stream)?.picture, let crop = picture.cropped {
            return ContainerCropping(rectangle: crop, sampleAspectRatio: picture.sampleAspectRatio ?? .one)
        }
        return nil
    }

    /// The reason why the samples of `stream` cannot be shown; nil when there is none.
    func obstacle(of stream: AVStream) -> Obstacle? {
        if let track = track(stream) {
            if track.isEncrypted { return .encrypted }
            if track.isExternal { return .externalData }
        }
        if matroskaTrack(stream)?.isEncrypted ?? flv?.isEncrypted ?? false { return .encrypted }
        let codec = stream.codecpar.pointee
        guard avcodec_find_decoder(codec.codec_id) == nil else { return nil }
        let isHEVC = codec.codec_type == AVMEDIA_TYPE_VIDEO && flv?.videoCodec?.isHEVC ?? false
        return isHEVC ? .hevcInFLV : .noDecoder
    }

    /// The time for which the samples of an ISO track are shown: the sum of `stts` after the start of the edit, and no
    /// longer than the edits. Nil where the tables do not state it (fragments, other containers).
    func samplesLength(of stream: AVStream) -> Duration? {
        guard let movie, !movie.isFragmented, let track = track(stream), let samples = track.samplesDuration?.duration,
            let scale = track.mediaTimescale
        else { return nil }
        let edits = track.edits.filter { !$0.isEmpty }
        guard let first = edits.first else { return FactBounds.length(samples) }
        let skipped = Duration(ticks: Int64(clamping: first.mediaTime), TimeBase(1, Int32(clamping: scale))) ?? .zero
        let shown = samples - max(.zero, skipped)
        let edited = edits.reduce(Duration.zero) { sum, edit in
            let length = movie.timescale.flatMap { ISODuration(units: edit.segmentDuration, timescale: $0) }
            return sum + (length?.duration ?? .zero)
        }
        return FactBounds.length(edited > .zero ? min(shown, edited) : shown)
    }

    /// Whether the movie refers to other files for its pictures and has no track of its own.
    var isReferenceMovie: Bool { movie?.isReferenceMovie ?? false }

    private func track(_ stream: AVStream) -> ISOTrack? {
        movie?.tracks.first { Int(stream.id) == Int($0.identifier) }
    }

    /// The Matroska track of `stream`. libavformat makes one stream of each track whose type it knows, in file order.
    private func matroskaTrack(_ stream: AVStream) -> MatroskaTrack? {
        guard let matroska else { return nil }
        let known = matroska.tracks.filter { Self.streamTypes.contains($0.type) && $0.codec != nil }
        return known.indices.contains(Int(stream.index)) ? known[Int(stream.index)] : nil
    }

    /// Track types of video, sound, subtitles and metadata. Source: RFC 9559 §5.1.4.1.3.
    private static let streamTypes: Set<UInt64> = [1, 2, 17, 33]
}
