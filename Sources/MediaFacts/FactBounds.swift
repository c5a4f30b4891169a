/// Limits of every figure that is read from a file.
///
/// The prober applies a limit where it makes the figure; the parent process of a worker checks the reply against the
/// same limit. A figure outside its limit is not reported as a fact.
public enum FactBounds {
    /// The latest time and the greatest length: 2⁵⁰ ms, about 35,000 years. Sums of a few such times fit `Duration`.
    public static let latest = Duration.milliseconds(Int64(1) << 50)
    /// Valid times of pictures and sound. Pictures before the film's start have negative times.
    public static let times = Duration.zero - latest...latest
    /// Valid lengths of films, time ranges and loudness curves.
    public static let lengths = Duration.zero...latest
    /// Valid counts of packets, pictures and problems.
    public static let counts = 0...Int(Int32.max)
    /// Valid bit rates in bits a second; the fastest uncompressed video needs some 10¹¹.
    public static let bitRates: ClosedRange<Int64> = 0...(1 << 50)
    /// Valid counts of streams of one kind.
    public static let streams = 1...100_000
    /// Valid lengths in pixels of one side of a picture as shown.
    public static let sides = 1...(1 << 24)
    /// Greatest number of time ranges of one kind (black, frozen, silent, missing).
    public static let ranges = 1000
    /// Greatest number of time ranges of damage.
    public static let damageRanges = 20
    /// Greatest number of time ranges of the active picture.
    public static let activeRanges = 1000
    /// Greatest number of changes of a picture's shape.
    public static let pictureChanges = 100
    /// Greatest number of values of a loudness curve.
    public static let curveValues = 600
    /// Valid levels in LUFS, dBTP and dBFS.
    public static let levels = -200.0...200.0
    /// Greatest length of one text in bytes.
    public static let textBytes = 256
    /// Greatest length of the name of a profile, a channel layout or a colour, in characters.
    public static let nameCharacters = 64
    /// Greatest number of stills of one file.
    public static let stills = 48
    /// Greatest length of a still's longer side, in pixels.
    public static let stillSide = 640
    /// Greatest size of all stills together, in bytes. A reply holds them in base64, which takes a third more, beside
    /// the facts.
    public static let stillBytes = 4 << 20
    /// Greatest size of a whole reply, in bytes.
    public static let replyBytes = 8 << 20

    /// Returns `time` if it lies within `times`, else nil.
    public static func time(_ time: Duration) -> Duration? { times.contains(time) ? time : nil }

    /// Returns `length` if it lies within `lengths`, else nil.
    public static func length(_ length: Duration) -> Duration? { lengths.contains(length) ? length : nil }
}
