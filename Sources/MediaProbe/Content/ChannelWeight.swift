/// The weight of a channel in the loudness of all channels. Source: ITU-R BS.1770-4, tables 3 and 4.
enum ChannelWeight: Hashable {
    /// Weight 1: the front channels, and channels without a known place.
    case front
    /// Weight 1.41: the channels at the sides and in the back.
    case surround
    /// Weight 0: low-frequency effects.
    case lowFrequency

    /// Makes the weight of a channel's position.
    ///
    /// - Parameter place: the position in libav's numbers (`enum AVChannel`): 3 and 35 are low-frequency effects; 4, 5
    ///   and 8 are in the back, 9 and 10 at the sides, 15 to 17 above the back, 33 and 34 direct surround.
    init(place: Int32) {
        switch place {
        case 3, 35: self = .lowFrequency
        case 4, 5, 8, 9, 10, 15, 16, 17, 33, 34: self = .surround
        default: self = .front
        }
    }
}
