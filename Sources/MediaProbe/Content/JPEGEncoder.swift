internal import CFFmpeg

/// Encodes small pictures as JPEG with libavcodec's mjpeg encoder. Owns one encoder and one frame.
final class JPEGEncoder {
    private var context: UnsafeMutablePointer<AVCodecContext>?
    private var picture: UnsafeMutablePointer<AVFrame>?

    /// Quantisers to try, from the best quality to the smallest file; the encoder accepts 1 to 31.
    private static let quantisers: [CInt] = [5, 10, 18, 31]

    deinit { close() }

    /// The picture as a JPEG file of at most `limit` bytes, in the best quality that fits; nil when none fits or libav
    /// fails.
    func encode(_ image: PlanarImage, atMost limit: Int) -> [UInt8]? {
        guard prepare(CInt(image.width), CInt(image.height)) else { return nil }
        for quantiser in Self.quantisers {
            guard let jpeg = encode(image, quantiser: quantiser) else { return nil }
            if jpeg.count <= limit { return jpeg }
        }
        return nil
    }

    private func encode(_ image: PlanarImage, quantiser: CInt) -> [UInt8]? {
        guard let picture, let context, av_frame_make_writable(picture) >= 0 else { return nil }
        copy(image, to: picture)
        picture.pointee.quality = quantiser * FF_QP2LAMBDA
        picture.pointee.pts += 1
        guard avcodec_send_frame(context, picture) >= 0 else { return nil }
        var packet = av_packet_alloc()
        defer { av_packet_free(&packet) }
        guard let packet, avcodec_receive_packet(context, packet) >= 0 else { return nil }
        return Array(UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size)))
    }

    private func copy(_ image: PlanarImage, to picture: UnsafeMutablePointer<AVFrame>) {
        let targets = [picture.pointee.data.0, picture.pointee.data.1, picture.pointee.data.2]
        let strides = [picture.pointee.linesize.0, picture.pointee.linesize.1, picture.pointee.linesize.2]
        for (number, plane) in image.planes.enumerated() {
            guard let target = targets[number] else { continue }
            plane.samples.withUnsafeBufferPointer { samples in
                guard let source = samples.baseAddress else { return }
                for line in 0..<plane.height {
                    (target + line * Int(strides[number])).update(from: source + line * plane.width, count: plane.width)
                }
            }
        }
    }

    private func close() {
        avcodec_free_context(&context)
        av_frame_free(&picture)
    }

    private func prepare(_ width: CInt, _ height: CInt) -> Bool {
        if let context, context.pointee.width == width, context.pointee.height == height { return true }
        close()
        guard let codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG), let made = avcodec_alloc_context3(codec) else {
            return false
        }
        context = made
        (made.pointee.width, made.pointee.height) = (width, height)
        made.pointee.pix_fmt = AV_PIX_FMT_YUVJ420P
        made.pointee.time_base = AVRational(num: 1, den: 1)
        made.pointee.thread_count = 1
        made.pointee.flags |= AV_CODEC_FLAG_QSCALE
        made.pointee.global_quality = Self.quantisers[0] * FF_QP2LAMBDA
        guard avcodec_open2(made, codec, nil) >= 0, let frame = av_frame_alloc() else {
            close()
            return false
        }
        picture = frame
        frame.pointee.format = AV_PIX_FMT_YUVJ420P.rawValue
        (frame.pointee.width, frame.pointee.height, frame.pointee.pts) = (width, height, 0)
        guard av_frame_get_buffer(frame, 0) >= 0 else {
            close()
            return false
        }
        return true
    }
}
