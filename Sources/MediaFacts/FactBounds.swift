/// Limits of every figure that is read from a file.
///
/// The reader applies a limit where it makes the figure; the parent of a worker checks the reply against the same limit.
/// A figure outside its limit is no fact.
public enum FactBounds {
    /// The latest time and the greatest length: 2⁵⁰ ms, about 35,000 years. Sums of a few such times fit `Duration`.
    public static let latest = Duration.milliseconds(Int64(1) << 50)
    /// Times of pictures and sound. Pictures before the film's start have negative times.
    public static let times = Duration.zero - latest...latest
    /// Lengths of film, ranges and curves.
    public static let lengths = Duration.zero...latest
    /// Counts of packets, pictures and problems.
    public static let counts = 0...Int(Int32.max)
    /// Bits a second; the fastest uncompressed video needs some 10¹¹.
    public static let bitRates: ClosedRange<Int64> = 0...(1 << 50)
    /// Streams of one kind.
    public static let streams = 1...100_000
    /// Pixels along one side of a picture as shown.
    public static let sides = 1...(1 << 24)
    /// Most time ranges of one kind (black, frozen, silent, missing).
    public static let ranges = 1000
    /// Most time ranges of damage.
    public static let damageRanges = 20
    /// Most time ranges of the active picture.
    public static let activeRanges = 1000
    /// Most changes of a picture's shape.
    public static let pictureChanges = 100
    /// Most values of a loudness curve.
    public static let curveValues = 600
    /// Levels in LUFS, dBTP and dBFS.
    public static let levels = -200.0...200.0
    /// Bytes of one text.
    public static let textBytes = 256
    /// Most stills of one file.
    public static let stills = 48
    /// Longer side of a still in pixels.
    public static let stillSide = 640
    /// Bytes of all stills together. A reply holds them in base64, which takes a third more, beside the facts.
    public static let stillBytes = 4 << 20
    /// Bytes of a whole reply.
    public static let replyBytes = 8 << 20

    /// `time` if a film can have it, else nil.
    public static func time(_ time: Duration) -> Duration? { times.contains(time) ? time : nil }

    /// `length` if a film can have it, else nil.
    public static func length(_ length: Duration) -> Duration? { lengths.contains(length) ? length : nil }
}
