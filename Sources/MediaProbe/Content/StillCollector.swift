internal import CFFmpeg
internal import MediaFacts

/// Keeps small JPEGs of pictures that show something.
final class StillCollector {
    /// Pictures of the contact sheet.
    static let sheet = 12
    /// All pictures: each is some 20 KB, and a report must stay readable.
    private static let most = 48
    /// Longer side of a still.
    private static let side = 640.0

    private(set) var stills: [Still] = []
    /// Whether each part of the contact sheet has its picture: the first in its twelfth of the video.
    private var isFilled = [Bool](repeating: false, count: sheet)
    /// Length of the video; nil takes no pictures at all.
    private let length: Int64?
    /// What has been shown already, by kind and beginning.
    private var shown: Set<String> = []
    private let encoder = JPEGEncoder()

    /// - Parameter length: of the video in milliseconds; nil takes no pictures at all.
    init(length: Int64?) { self.length = length.map { min(max(0, $0), StreamClock.latest) } }

    /// How long a part of the contact sheet is, in milliseconds.
    var step: Int64 { max(1, (length ?? 0) / Int64(Self.sheet)) }

    /// Parts of the contact sheet that have no picture yet, and when each begins.
    var missing: [(part: Int, start: Int64)] {
        guard let length else { return [] }
        return isFilled.indices.filter { !isFilled[$0] }.map { ($0, length * Int64($0) / Int64(Self.sheet)) }
    }

    /// Takes the picture for the contact sheet if it is the first in its part.
    func offer(_ frame: AVFrame, _ time: Int64) {
        guard let length, time >= 0 else { return }
        take(frame, time, for: min(Self.sheet - 1, Int(time * Int64(Self.sheet) / max(1, length))))
    }

    /// Takes the picture for a part of the contact sheet that has none.
    func take(_ frame: AVFrame, _ time: Int64, for part: Int) {
        guard !isFilled[part] else { return }
        isFilled[part] = true
        add(frame, time)
    }

    /// Takes a picture that shows what began at `start`, once. There is always room left for the contact sheet.
    func want(_ kind: String, from start: Int64?, _ frame: AVFrame, _ time: Int64) {
        guard length != nil, let start, shown.count < Self.most - Self.sheet,
            shown.insert("\(kind) \(start)").inserted
        else { return }
        add(frame, time)
    }

    private func add(_ frame: AVFrame, _ time: Int64) {
        guard !stills.contains(where: { $0.atMilliseconds == time }) else { return }
        let scale = min(1, Self.side / Double(max(frame.width, frame.height, 1)))
        // JPEG's chroma is half as wide: sides are even.
        let width = max(2, Int((Double(frame.width) * scale).rounded()) / 2 * 2)
        let height = max(2, Int((Double(frame.height) * scale).rounded()) / 2 * 2)
        guard let jpeg = encoder.encode(frame, width: width, height: height) else { return }
        stills.append(Still(atMilliseconds: time, width: width, height: height, jpeg: jpeg))
    }
}

/// Encodes pictures as JPEG with libavcodec's mjpeg encoder.
final class JPEGEncoder {
    private var scaler: OpaquePointer?
    private var context: UnsafeMutablePointer<AVCodecContext>?
    private var picture: UnsafeMutablePointer<AVFrame>?

    deinit {
        sws_freeContext(scaler)
        var (closing, unused) = (context, picture)
        avcodec_free_context(&closing)
        av_frame_free(&unused)
    }

    /// The picture as a JPEG of this size; nil when libav refuses.
    func encode(_ frame: AVFrame, width: Int, height: Int) -> [UInt8]? {
        guard prepare(CInt(width), CInt(height)), let picture, let context else { return nil }
        // Not SWS_FAST_BILINEAR: it writes machine code as it goes, which a locked-down process may not.
        scaler = sws_getCachedContext(
            scaler, frame.width, frame.height, AVPixelFormat(rawValue: frame.format), CInt(width), CInt(height),
            AV_PIX_FMT_YUVJ420P, SWS_BILINEAR, nil, nil, nil)
        guard let scaler, av_frame_make_writable(picture) >= 0 else { return nil }
        let lines = frame.scaled(
            by: scaler, into: [picture.pointee.data.0, picture.pointee.data.1, picture.pointee.data.2, nil],
            strides: [picture.pointee.linesize.0, picture.pointee.linesize.1, picture.pointee.linesize.2, 0])
        guard lines > 0, avcodec_send_frame(context, picture) >= 0 else { return nil }
        var packet = av_packet_alloc()
        defer { av_packet_free(&packet) }
        guard let packet, avcodec_receive_packet(context, packet) >= 0 else { return nil }
        return Array(UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size)))
    }

    private func prepare(_ width: CInt, _ height: CInt) -> Bool {
        if let context, context.pointee.width == width, context.pointee.height == height { return true }
        avcodec_free_context(&context)
        av_frame_free(&picture)
        guard let codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG), let made = avcodec_alloc_context3(codec) else {
            return false
        }
        context = made
        (made.pointee.width, made.pointee.height) = (width, height)
        made.pointee.pix_fmt = AV_PIX_FMT_YUVJ420P
        made.pointee.time_base = AVRational(num: 1, den: 1)
        made.pointee.thread_count = 1
        made.pointee.flags |= AV_CODEC_FLAG_QSCALE
        made.pointee.global_quality = 5 * FF_QP2LAMBDA
        guard avcodec_open2(made, codec, nil) >= 0, let frame = av_frame_alloc() else { return false }
        picture = frame
        frame.pointee.format = AV_PIX_FMT_YUVJ420P.rawValue
        (frame.pointee.width, frame.pointee.height) = (width, height)
        frame.pointee.quality = made.pointee.global_quality
        return av_frame_get_buffer(frame, 0) >= 0
    }
}
