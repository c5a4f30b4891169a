public import MediaFacts

extension MediaFacts {
    /// Facts of an ordinary clip: 1920×1080, 150 s, 25 frames a second, H.264 and AAC in MP4. A test passes the figures
    /// that it needs to differ.
    public static func sample(
        family: ContainerFamily = .mp4, duration: Duration? = .seconds(150),
        declared: Duration? = .seconds(150), bytes: Int64 = 12_000_000,
        width: Int = 1920, height: Int = 1080, pixelShape: Ratio = .one,
        orientation: PictureOrientation = .upright, hasVideo: Bool = true, hasAudio: Bool = true,
        frameRate: Ratio? = Ratio(25, 1), bitsPerSecond: Int64? = 600_000,
        integrity: IntegrityFacts = IntegrityFacts(videoPackets: 3750, audioPackets: 7000, firstTimestamp: .zero)
    ) -> MediaFacts {
        MediaFacts(
            container: ContainerFacts(family: family, brand: "isom", demuxer: "mov,mp4,m4a,3gp,3g2,mj2"),
            duration: duration, declaredDuration: declared, bytes: bytes,
            video: hasVideo
                ? VideoFacts(
                    codec: "h264", profile: "High",
                    picture: PictureGeometry(
                        codedWidth: width, codedHeight: height, sampleAspectRatio: pixelShape, orientation: orientation),
                    pixelFormat: "yuv420p", frameRate: frameRate, bitsPerSecond: bitsPerSecond)
                : nil,
            audio: hasAudio ? AudioFacts(codec: "aac", sampleRate: 48_000, channels: 2) : nil, integrity: integrity)
    }
}
