/// Measurements of the decoded sound.
public struct SoundContent: Sendable, Hashable, Codable {
    /// Ranges of 400 ms or more in which no sample is above the threshold (−60 dBFS by default). A constant offset is
    /// subtracted first. Time of the film before the first sample and behind the last one counts as silent; time of
    /// packets that did not decode does not.
    public var silent: [TimeRange]
    /// Integrated loudness in LUFS, EBU R 128; nil when nothing is louder than its gate, or it could not be measured.
    public var loudness: Double?
    /// Highest true peak in dBTP, ITU-R BS.1770 annex 2; nil for silence.
    public var truePeak: Double?
    /// Momentary loudness (400 ms) in LUFS, one value for every `curveStep` of the film, the first at its start; −70 is
    /// silence. At most `FactBounds.curveValues`.
    public var curve: [Double]
    /// Time from one value of `curve` to the next; a whole number of seconds.
    @Milliseconds public var curveStep: Duration
    /// The end of the last sample, counted from the film's start.
    @Milliseconds public var length: Duration
    /// Number of packets that did not decode.
    public var damagedPackets: Int
    /// The reason why less was measured than there is; nil when everything was measured.
    public var shortfall: ContentShortfall?

    private enum CodingKeys: String, CodingKey {
        case silent, loudness, truePeak, curve
        case curveStep = "curveStepMilliseconds"
        case length = "lengthMilliseconds"
        case damagedPackets, shortfall
    }

    /// Makes the measurements of a sound track.
    public init(
        silent: [TimeRange] = [], loudness: Double? = nil, truePeak: Double? = nil, curve: [Double] = [],
        curveStep: Duration = .seconds(1), length: Duration = .zero, damagedPackets: Int = 0,
        shortfall: ContentShortfall? = nil
    ) {
        self.silent = silent
        self.loudness = loudness
        self.truePeak = truePeak
        self.curve = curve
        self.curveStep = curveStep
        self.length = length
        self.damagedPackets = damagedPackets
        self.shortfall = shortfall
    }
}
