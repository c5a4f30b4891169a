internal import ContestRules
public import MediaFacts

/// How far a run is, in one line: files, bytes, rate, time left, verdicts so far, the file being read and how much of it.
public struct ProgressLine: Sendable {
    private let language: Language
    private let files: Int
    private let bytes: Int64

    /// Makes a renderer for a run over `files` files of `bytes` bytes together.
    public init(language: Language, files: Int, bytes: Int64) {
        self.language = language
        self.files = files
        self.bytes = bytes
    }

    /// A moment of a run.
    public struct Moment: Sendable {
        /// Files that have ended.
        public var done: Int
        /// Their bytes.
        public var bytesDone: Int64
        /// How they came out.
        public var tally: Tally
        /// The file being read; nil when there is none.
        public var name: String?
        /// How far the look at it is; nil while nothing of it is decoded.
        public var look: ExaminationProgress?
        /// Since the run began.
        public var elapsed: Duration

        /// Names a moment.
        public init(
            done: Int, bytesDone: Int64, tally: Tally, name: String?, look: ExaminationProgress? = nil,
            elapsed: Duration
        ) {
            self.done = done
            self.bytesDone = bytesDone
            self.tally = tally
            self.name = name
            self.look = look
            self.elapsed = elapsed
        }
    }

    /// The line, at most `width` columns wide; nil leaves it whole. The name gives way first, then what stands before it;
    /// how far the look at a file is stays.
    public func text(_ moment: Moment, width: Int?) -> String {
        let head = "\(moment.done)/\(files)"
        let parts = [
            "\(Wording.bytes(moment.bytesDone))/\(Wording.bytes(bytes))", rate(moment), left(moment), verdicts(moment),
        ].compactMap(\.self)
        let name = moment.name.map(TextReport.visible) ?? ""
        let clock = moment.look.map { " " + Self.clock($0) } ?? ""
        guard let width else {
            return ([head] + parts + [name + clock]).filter { !$0.isEmpty }.joined(separator: " · ")
        }
        let tail = clock.isEmpty ? 0 : 2 + Self.leastName + DisplayWidth.of(clock)
        var line = head
        for part in parts where DisplayWidth.of(line) + 2 + DisplayWidth.of(part) + tail <= width {
            line += "  " + part
        }
        let room = width - DisplayWidth.of(line) - 2 - DisplayWidth.of(clock)
        guard !name.isEmpty, room >= Self.leastName else { return DisplayWidth.cut(line, to: width) }
        return line + "  " + DisplayWidth.cut(name, to: room) + clock
    }

    /// Columns that a name is worth showing in.
    private static let leastName = 8

    /// `1:05/3:20`, by time of video.
    private static func clock(_ look: ExaminationProgress) -> String {
        "\(Wording.clock(look.decoded.wholeMilliseconds))/\(Wording.clock(look.length.wholeMilliseconds))"
    }

    private func rate(_ moment: Moment) -> String? {
        let seconds = moment.elapsed / .seconds(1)
        guard seconds >= 0.5, moment.bytesDone > 0 else { return nil }
        return Wording.bytes(Int64(exactly: (Double(moment.bytesDone) / seconds).rounded()) ?? .max) + "/s"
    }

    /// Reading a file takes time for its bytes, and as long as a megabyte for itself.
    private func left(_ moment: Moment) -> String? {
        let megabyte = 1_000_000.0
        let done = Double(moment.bytesDone) + Double(moment.done) * megabyte
        let all = Double(bytes) + Double(files) * megabyte
        guard moment.elapsed >= .seconds(1), moment.done > 0, all > done else { return nil }
        let estimate = (all - done) / done * (moment.elapsed / .seconds(1))
        guard estimate < 100 * 3600 else { return nil }
        let seconds = Int(estimate.rounded(.up))
        let clock =
            seconds < 3600
            ? "\(seconds / 60):\(two(seconds % 60))"
            : "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        return language == .chinese ? "剩余 \(clock)" : "\(clock) left"
    }

    private func verdicts(_ moment: Moment) -> String {
        let marks = [
            ("✓", moment.tally.compliant), ("?", moment.tally.needsReview), ("×", moment.tally.nonCompliant),
            ("!", moment.tally.errors),
        ]
        return marks.filter { $0.0 != "!" || $0.1 > 0 }.map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
