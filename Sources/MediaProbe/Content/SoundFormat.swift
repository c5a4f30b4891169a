/// The sample rate and the channels of decoded sound.
struct SoundFormat: Hashable {
    /// Samples a second of one channel, one or more.
    let rate: Int
    /// The weight of each channel, in the order of the samples; 1 to 64 channels.
    let weights: [ChannelWeight]

    /// Number of channels.
    var channels: Int { weights.count }

    /// Highest sample rate that is measured; libebur128 refuses higher ones.
    static let highestRate = 2_822_400

    /// Makes a format, or nil for a rate or a number of channels that is not measured.
    init?(rate: Int, weights: [ChannelWeight]) {
        guard (1...Self.highestRate).contains(rate), (1...64).contains(weights.count) else { return nil }
        self.rate = rate
        self.weights = weights
    }
}
