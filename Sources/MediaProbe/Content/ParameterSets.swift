internal import CFFmpeg

/// The codec parameters that hold at each place of a stream.
///
/// An mp4 track with several sample descriptions, or an FLV with several sequence headers, changes its parameters on the
/// way; libavformat sends the new ones as side data of the first packet that needs them. A decoder that leaves packets
/// out, or begins again, misses them. This type keeps them, and attaches them to the next packet that is decoded.
struct ParameterSets {
    /// Parameters of the container's header.
    private let first: [UInt8]
    /// Parameters that hold at the newest packet.
    private var current: [UInt8]
    /// Parameters that the decoder has.
    private var decoders: [UInt8]

    /// Side data of more bytes is no parameter set.
    private static let mostBytes = 1 << 20

    /// Takes the parameters of the stream's header. Source: `AVCodecParameters.extradata`.
    init(_ stream: UnsafeMutablePointer<AVStream>) {
        let parameters = stream.pointee.codecpar.pointee
        first =
            parameters.extradata.map {
                Array(UnsafeBufferPointer(start: $0, count: Int(max(0, parameters.extradata_size))))
            } ?? []
        (current, decoders) = (first, first)
    }

    /// Notes parameters that come with a packet. Source: `AV_PKT_DATA_NEW_EXTRADATA`.
    mutating func note(_ packet: UnsafeMutablePointer<AVPacket>) {
        var size = 0
        guard let data = av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, &size),
            (1...Self.mostBytes).contains(size)
        else { return }
        current = Array(UnsafeBufferPointer(start: data, count: size))
    }

    /// Gives the decoder the parameters of this packet's place, where it has others.
    mutating func attach(to packet: UnsafeMutablePointer<AVPacket>) {
        guard decoders != current, !current.isEmpty else { return }
        decoders = current
        var size = 0
        guard av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, &size) == nil,
            let data = av_packet_new_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, current.count)
        else { return }
        data.update(from: current, count: current.count)
    }

    /// Goes back to the start of the stream.
    mutating func rewind() { current = first }
}
