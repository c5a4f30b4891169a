internal import CFFmpeg

/// The codec parameters that apply at each place of a stream.
///
/// An mp4 track with several sample descriptions, or an FLV with several sequence headers, changes its parameters
/// within the stream; libavformat delivers the new ones as side data of the first packet that needs them. A decoder
/// that skips packets or starts again misses them. This type keeps the newest parameters and attaches them to the next
/// packet that is decoded.
struct ParameterSets {
    /// Parameters of the stream's header.
    private let first: [UInt8]
    /// Parameters that apply at the newest packet.
    private var current: [UInt8]
    /// Parameters that the decoder uses.
    private var decoders: [UInt8]

    /// Most bytes of a parameter set; longer side data is ignored.
    private static let mostBytes = 1 << 20

    /// Reads the parameters of the stream's header. Source: `AVCodecParameters.extradata`.
    init(_ stream: UnsafeMutablePointer<AVStream>) {
        let parameters = stream.pointee.codecpar.pointee
        first =
            parameters.extradata.map {
                Array(UnsafeBufferPointer(start: $0, count: Int(max(0, parameters.extradata_size))))
            } ?? []
        (current, decoders) = (first, first)
    }

    /// Records parameters that come with a packet. Source: `AV_PKT_DATA_NEW_EXTRADATA`.
    mutating func note(_ packet: UnsafeMutablePointer<AVPacket>) {
        var size = 0
        guard let data = av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, &size),
            (1...Self.mostBytes).contains(size)
        else { return }
        current = Array(UnsafeBufferPointer(start: data, count: size))
    }

    /// Attaches the parameters that apply at `packet` if the decoder uses others.
    mutating func attach(to packet: UnsafeMutablePointer<AVPacket>) {
        guard decoders != current, !current.isEmpty else { return }
        decoders = current
        var size = 0
        guard av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, &size) == nil,
            let data = av_packet_new_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, current.count)
        else { return }
        data.update(from: current, count: current.count)
    }

    /// Returns to the parameters of the stream's header.
    mutating func rewind() { current = first }
}
