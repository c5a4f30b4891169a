internal import CFFmpeg
internal import MediaFacts

/// Describes the film's video stream, and decides which figure holds where container and stream differ.
struct VideoDescription {
    let stream: UnsafeMutablePointer<AVStream>
    let streams: Int
    /// The figures that the coded stream states; nil when no packet was read.
    let read: CodecHeader?
    /// The container's claim, before libav read ahead; nil for a stream that was found behind the header.
    let claimed: CodecHeader?
    /// The container's cropping; nil when there is none.
    let cropping: ContainerCropping?

    /// The figures of the coded stream; what it leaves open comes from libav's reading ahead.
    var codec: CodecHeader {
        let ahead = CodecHeader(stream.pointee.codecpar.pointee)
        return read?.completed(by: ahead) ?? ahead
    }

    /// The facts that need no packet counts.
    var facts: VideoFacts {
        let (codec, parameters) = (codec, stream.pointee.codecpar.pointee)
        let whole = picture(codec)
        let cropped = cropping.flatMap { $0.picture(of: whole) }
        return VideoFacts(
            codec: codecName(parameters.codec_id), profile: codec.profile, picture: cropped ?? whole,
            uncropped: cropped == nil ? nil : whole, pixelFormat: codec.pixelFormat,
            frameRate: Ratio(stream.pointee.avg_frame_rate),
            bitsPerSecond: FactBounds.bitRates.contains(parameters.bit_rate) && parameters.bit_rate > 0
                ? parameters.bit_rate : nil,
            streams: streams, signal: signal(codec),
            coding: codec.level.map { VideoCoding(level: $0) })
    }

    /// The form of the samples, without the scan of pictures that were counted.
    private func signal(_ codec: CodecHeader) -> VideoSignal {
        let samples = codec.pixelFormat.flatMap { SampleLayout(ofPixelFormat: $0) }
        let scan = scan(of: ScanTally())
        return VideoSignal(
            scan: scan.type, fieldOrder: scan.fieldOrder, chroma: samples?.chroma, bitDepth: samples?.bitDepth,
            color: color(codec))
    }

    /// The scan of the stream, of whose pictures those in `pictures` were parsed.
    func scan(of pictures: ScanTally) -> StreamScan {
        let decoded = wasDecoded ? PictureScan(stream.pointee.codecpar.pointee.field_order) : nil
        return StreamScan(
            sequence: codec.scan, first: read?.pictureScan, pictures: pictures,
            container: claimed?.pictureScan ?? decoded)
    }

    /// Whether libav decoded a picture when it read ahead, because the codec's parser does not complete the header.
    private var wasDecoded: Bool { !CodecHeader.isCompleteAfterParsing(stream.pointee.codecpar.pointee.codec_id) }

    /// The container's colour description, completed by that of the coded stream; nil when neither is known.
    private func color(_ codec: CodecHeader) -> ColorDescription? {
        let coded = codec.color ?? (wasDecoded ? ColorDescription() : nil)
        return claimed?.color?.completed(by: coded) ?? coded
    }

    /// The geometry of the whole picture. The pixel shape is the container's, else the coded stream's, else square.
    private func picture(_ codec: CodecHeader) -> PictureGeometry? {
        PictureGeometry(
            codedWidth: Int(codec.width), codedHeight: Int(codec.height),
            sampleAspectRatio: Ratio(stream.pointee.sample_aspect_ratio) ?? codec.sampleAspectRatio ?? .one,
            orientation: orientation)
    }

    private var orientation: PictureOrientation { PictureOrientation(displayMatrix: cff_display_matrix(stream)) }

    /// Problems in which container and stream state different things about the picture.
    var contradictions: [IntegrityProblem] {
        let codec = codec
        var problems: [IntegrityProblem] = []
        if let claimed, claimed.width > 0, claimed.height > 0,
            claimed.width != codec.width || claimed.height != codec.height
        {
            problems.append(IntegrityProblem(.sizeContradiction))
        }
        if let container = Ratio(stream.pointee.sample_aspect_ratio), let coded = codec.sampleAspectRatio,
            !container.isWithin(0.005, of: coded)
        {
            problems.append(IntegrityProblem(.pixelShapeContradiction))
        }
        if cropping.flatMap({ $0.picture(of: picture(codec)) }) != nil {
            problems.append(IntegrityProblem(.containerCropping))
        }
        if orientation.clockwiseDegrees == nil { problems.append(IntegrityProblem(.brokenRotation)) }
        return problems
    }
}
