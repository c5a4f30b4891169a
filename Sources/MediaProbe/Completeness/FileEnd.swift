internal import MediaFacts

/// Whether a file reaches the end that its own structure states, and how many bytes follow that end.
struct FileEnd: Equatable {
    /// Whether the end is there.
    enum State {
        /// The last box, tag, packet, page or segment is whole, and the structure announces no more.
        case reached
        /// The structure announces more than the file holds: the file was cut.
        case missing
        /// The structure states no end, or reading was given up: a cut cannot be distinguished from the end.
        case unknown
    }

    /// Whether the end is there.
    var state: State
    /// Number of bytes behind the last whole box, tag, packet, page or segment. They are no damage.
    var trailingBytes: Int64 = 0
    /// `true` when the last top-level box is media data that ends before its length field says, although the index
    /// places every sample inside the file (ISO base media only; the state is `.reached` then).
    var isLengthFieldWrong = false

    /// Reads the structure of `family` in `file`.
    ///
    /// `samplesEnd` is the end of the last sample that the index of an ISO base media file lists; nil when the index is
    /// not complete, lists a sample outside the file, or the file is fragmented. Other families ignore it. When `stop`
    /// is raised the state is `.unknown`.
    init(of file: MediaFile, family: ContainerFamily, samplesEnd: UInt64?, stop: StopFlag) {
        self.init(of: FileBytes(file: file), family: family, samplesEnd: samplesEnd, stop: stop)
    }

    /// Reads the structure of `family` in `bytes`; see `init(of:family:samplesEnd:stop:)` for a file.
    init(of bytes: FileBytes, family: ContainerFamily, samplesEnd: UInt64?, stop: StopFlag) {
        switch family {
        case .mp4, .mov, .threeGP: self = .isoBaseMedia(bytes, samplesEnd: samplesEnd, stop)
        case .matroska, .webm: self = .ebml(bytes, stop)
        case .avi: self = .riff(bytes, stop)
        case .asf: self = .asf(bytes)
        case .flv: self = .flv(bytes, stop)
        case .ogg: self = .ogg(bytes, stop)
        case .mpegTS: self = .transportStream(bytes, stop)
        case .mpegPS: self = .programStream(bytes, stop)
        case .mxf: self = .mxf(bytes, stop)
        default: self = .ivf(bytes, stop) ?? .unknown
        }
    }

    /// Makes an end without trailing bytes and without a wrong length field.
    init(_ state: State) { self.state = state }

    /// The end of a cut file.
    static let missing = FileEnd(.missing)
    /// The end of a file in which a cut cannot be distinguished from the end.
    static let unknown = FileEnd(.unknown)

    /// Makes an end at `offset`; the bytes behind it count as trailing. `.missing` when the file ends before `offset`.
    static func end(at offset: UInt64, of bytes: FileBytes, _ state: State = .reached) -> FileEnd {
        guard offset <= bytes.count else { return .missing }
        var end = FileEnd(state)
        end.trailingBytes = Int64(clamping: bytes.count - offset)
        return end
    }
}

/// A limit on the steps of a walk through a file. The walk also ends when the reading must stop.
struct WalkBudget {
    private var left: Int
    private let stop: StopFlag

    /// Allows `most` steps.
    init(_ most: Int, _ stop: StopFlag) {
        left = most
        self.stop = stop
    }

    /// Counts one step; `false` when the walk must end. Reads the clock at every 1000th step only.
    mutating func allowsStep() -> Bool {
        left -= 1
        guard left >= 0 else { return false }
        return left % 1000 != 0 || stop.reason == .none
    }
}
