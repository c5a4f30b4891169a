internal import ContestRules
public import MediaFacts

/// One line with the progress of a run: files, bytes, rate, time left, files of each verdict, and the file being
/// checked with how much of it is decoded.
public struct ProgressLine: Sendable {
    private let language: Language
    private let files: Int
    private let bytes: Int64

    /// Makes a renderer for a run over `files` files, `bytes` bytes in total.
    public init(language: Language, files: Int, bytes: Int64) {
        self.language = language
        self.files = files
        self.bytes = bytes
    }

    /// The state of a run at one moment.
    public struct Moment: Sendable {
        /// Number of files whose check has ended.
        public var done: Int
        /// Total bytes of the files whose check has ended.
        public var bytesDone: Int64
        /// Verdicts of the files whose check has ended.
        public var tally: Tally
        /// Path of the file being checked; nil when there is none.
        public var name: String?
        /// Decoding progress of the file being checked; nil while nothing of it is decoded.
        public var look: ExaminationProgress?
        /// Time since the run began.
        public var elapsed: Duration

        /// Makes the state of one moment.
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

    /// The line without a line break, at most `width` columns wide; nil does not limit it. Where the line is too long,
    /// `name` is cut first, then the figures before it are left out. The decoding progress is kept as long as at least
    /// eight columns of `name` fit beside it.
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

    /// Least number of columns for a name; with less room the name is left out.
    private static let leastName = 8

    /// Decoded time and length of the film, such as `1:05/3:20`.
    private static func clock(_ look: ExaminationProgress) -> String {
        "\(Wording.clock(look.decoded.wholeMilliseconds))/\(Wording.clock(look.length.wholeMilliseconds))"
    }

    private func rate(_ moment: Moment) -> String? {
        let seconds = moment.elapsed / .seconds(1)
        guard seconds >= 0.5, moment.bytesDone > 0 else { return nil }
        return Wording.bytes(Int64(exactly: (Double(moment.bytesDone) / seconds).rounded()) ?? .max) + "/s"
    }

    /// The estimated time left; nil in the first second, before the first file has ended, and from 100 hours on. The
    /// estimate counts each file as its bytes and one megabyte more, for the time that every file takes whatever its
    /// size.
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
