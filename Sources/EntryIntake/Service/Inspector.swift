internal import BlockingLanes
public import ContestRules
public import MediaFacts

internal import struct Foundation.UUID

/// Turns an open file into a report: probes it, digests it beside, and judges it.
public struct Inspector: Sendable {
    private let prober: any MediaProbing
    private let gate: ProbeGate
    /// Closer looks have lines of their own: no sender of an entry stands behind them.
    private let background: ProbeGate
    private let beside: ProbeGate
    private let places: CheckPlaces
    private let health = ReaderHealth()
    /// Closer looks that run at once beside what senders wait for.
    public let closerLooks: Int
    private let lanes = BlockingLanes("digest")
    private let clock: WallClock

    /// Makes an inspector.
    ///
    /// - Parameters:
    ///   - running: probes at once; nil means one for every core.
    ///   - waiting: probes that may stand in line before `.queueFull`.
    public init(prober: any MediaProbing, running: Int? = nil, waiting: Int, clock: WallClock = .system) {
        self.prober = prober
        let running = running ?? BlockingLanes.cores
        gate = ProbeGate(running: running, waiting: waiting)
        closerLooks = Self.closerLooks(beside: running)
        background = ProbeGate(running: closerLooks, waiting: .max)
        beside = ProbeGate(running: closerLooks, waiting: waiting)
        let (places, isTooMany) = max(1, running).addingReportingOverflow(max(0, waiting))
        self.places = CheckPlaces(isTooMany ? .max : places)
        self.clock = clock
    }

    /// How many closer looks run in the background where `running` probes run in the foreground.
    public static func closerLooks(beside running: Int) -> Int { max(1, running / 2) }

    /// Where a file stands in line.
    public enum Line: Sendable {
        /// With everything else that somebody waits for.
        case front
        /// Somebody waits for a closer look, but no longer than need be for those who want less.
        case beside
        /// Nobody waits for it.
        case background
    }

    /// Takes the place of a check that keeps nothing, before its file is received.
    ///
    /// - Throws: `.queueFull` when as many of these checks are under way as may run and wait.
    func reservePlace() throws(IntakeError) -> CheckPlace { try places.reserve() }

    /// How a report comes by the file's SHA-256.
    public enum Digest: Sendable, Hashable {
        /// Computed beside the probe.
        case computed
        /// Known already, from the upload.
        case known(String)
        /// Left out: `null` in the report.
        case omitted
    }

    /// Judges `file` by `contest`. A file that cannot be read as media still gets a report.
    ///
    /// - Throws: `IntakeError` when our machine or our caller is at fault: `.queueFull`, `.cancelled`, `.noWorker`,
    ///   `.storageFailed`.
    public func report(
        on file: OpenMediaFile, named filename: String?, contest: Contest, digest: Digest = .computed
    ) async throws(IntakeError) -> Report {
        try await inspect(file, named: filename, contest: contest, digest: digest).report
    }

    /// Judges `file` by what header and packets tell; what has to be decoded for more is `pending`.
    ///
    /// - Parameter acceptsNoReader: as `inspect` has it.
    /// - Throws: as `report` does.
    public func firstReport(
        on file: OpenMediaFile, named filename: String?, contest: Contest, digest: Digest = .computed,
        acceptsNoReader: Bool = false
    ) async throws(IntakeError) -> Report {
        let report = try await inspect(
            file, named: filename, contest: contest, digest: digest, depth: .quick, acceptsNoReader: acceptsNoReader
        ).report
        return contest.depth > .quick ? report.awaitingCloserLook : report
    }

    /// A report, and the pictures that it names, in its order.
    public struct Inspection: Sendable {
        /// The report.
        public var report: Report
        /// Stills from the video.
        public var stills: [Still]
    }

    /// Judges `file` by `contest`, and keeps the pictures that show what was found.
    ///
    /// - Parameters:
    ///   - wanted: how closely to look; nil means as closely as the rules need.
    ///   - line: where it stands in line.
    ///   - place: the place that was reserved before the file was received; nil when the line may refuse the file.
    ///   - acceptsNoReader: `true` makes a report that is undetermined, with the reason `no-worker`, when no reader can
    ///     start; `false` throws `.noWorker` then.
    ///   - progress: told how far the look is, as `MediaProbing` has it.
    /// - Throws: as `report` does.
    public func inspect(
        _ file: OpenMediaFile, named filename: String?, contest: Contest, digest: Digest = .computed,
        depth wanted: Depth? = nil, in line: Line = .front, holding place: CheckPlace? = nil,
        acceptsNoReader: Bool = false, progress: ExaminationProgress.Handler? = nil
    ) async throws(IntakeError) -> Inspection {
        let depth = wanted ?? contest.depth
        let gate =
            switch line {
            case .front: gate
            case .beside: beside
            case .background: background
            }
        return try await gate.pass(isAdmitted: place != nil) { () async throws(IntakeError) in
            async let sum = Result { () async throws(IntakeError) in try await self.sum(of: file, digest) }
            async let outcome = Result { () async throws(IntakeError) in
                try await self.outcome(
                    of: file, Examination(contest.measurements, depth: depth, thresholds: contest.thresholds),
                    acceptsNoReader: acceptsNoReader, progress)
            }
            let ((read, stills), hashed) = try (await outcome.get(), await sum.get())
            let report = Report(
                id: UUID().uuidString.lowercased(), createdAt: clock.now().text, contest: contest,
                media: MediaReference(filename: filename, bytes: file.media.bytes, sha256: hashed), outcome: read,
                tool: toolVersions, limits: prober.readingLimits(at: depth), stills: stills)
            return Inspection(report: report, stills: stills)
        }
    }

    /// The facts of `file`, everything measured.
    ///
    /// - Throws: `ProbeError`, the file's faults included.
    public func facts(of file: OpenMediaFile, depth: Depth = .quick) async throws(ProbeError) -> MediaFacts {
        try await prober.examine(file.media, for: Examination(Set(Measurement.allCases), depth: depth)).facts
    }

    /// What one reading may take; nil when the prober sets no limits.
    public func readingLimits(at depth: Depth) -> ReadingLimits? { prober.readingLimits(at: depth) }

    /// What makes the reports.
    public var toolVersions: ToolVersions {
        ToolVersions(clipcheck: Release.version, ffmpeg: prober.libraryVersions)
    }

    /// Larger files get no SHA-256: nobody's micro-video, and a file of holes can claim exbibytes that take years to read.
    static let mostDigestedBytes: Int64 = 64 << 30

    /// The SHA-256 of `file`, 64 hexadecimal digits.
    public func digest(of file: OpenMediaFile) async throws(IntakeError) -> String {
        try await lanes.run { withdrawn throws(IntakeError) in try MediaDigest.of(file, until: withdrawn) }
    }

    private func sum(of file: OpenMediaFile, _ digest: Digest) async throws(IntakeError) -> String? {
        switch digest {
        case .omitted: return nil
        case .known(let sum): return sum
        case .computed where file.media.bytes > Self.mostDigestedBytes: return nil
        case .computed: return try await self.digest(of: file)
        }
    }

    /// Throws when no reader could start at the last reading, nor can now.
    func checkReady() async throws(IntakeError) { try await health.checkReady(prober) }

    private func outcome(
        of file: OpenMediaFile, _ examination: Examination, acceptsNoReader: Bool = false,
        _ progress: ExaminationProgress.Handler? = nil
    ) async throws(IntakeError) -> (ProbeOutcome, [Still]) {
        do {
            let examined = try await prober.examine(file.media, for: examination, progress: progress)
            await health.note(nil)
            return (.facts(examined.facts), examined.stills)
        } catch {
            await health.note(error)
            switch error.fault {
            case .undetermined where examination.depth > .quick:
                return (try await withoutContent(file, examination, because: error), [])
            case .file, .undetermined: return (.unread(error), [])
            case .environment where error.code == .cancelled: throw .cancelled
            case .environment where error.code == .noWorker:
                guard acceptsNoReader else { throw .noWorker(error.message) }
                return (.unread(error), [])
            case .environment: throw IntakeError(.storageFailed, zh: error.message.zh, en: error.message.en)
            }
        }
    }
}

extension Inspector {
    /// Header and packets of a file that ends whoever decodes it; what a viewer would see and hear stays open.
    private func withoutContent(
        _ file: OpenMediaFile, _ examination: Examination, because error: ProbeError
    ) async throws(IntakeError) -> ProbeOutcome {
        let quick = Examination(examination.measurements)
        guard case (.facts(var facts), _) = try await outcome(of: file, quick) else { return .unread(error) }
        let shortfall = ContentShortfall(rawValue: error.code.rawValue)
        let frames = facts.integrity.videoPackets ?? 0
        facts.content = ContentFacts(
            depth: examination.depth, thresholds: examination.thresholds,
            picture: facts.video.map { _ in PictureContent(framesExamined: 0, frames: frames, shortfall: shortfall) },
            sound: facts.audio.map { _ in SoundContent(shortfall: shortfall) })
        return .facts(facts)
    }
}

extension Result where Failure: Error, Success: Sendable {
    /// What `work` returns or throws; lets two pieces of work run side by side and keep their typed errors.
    init(_ work: () async throws(Failure) -> Success) async {
        do {
            self = .success(try await work())
        } catch {
            self = .failure(error)
        }
    }
}
