internal import BlockingLanes
public import ContestRules
public import MediaFacts

internal import struct Foundation.UUID

/// Turns an open file into a report: probes the file, computes its SHA-256 at the same time, and judges the facts.
public struct Inspector: Sendable {
    private let prober: any MediaProbing
    private let gate: ProbeGate
    /// Content checks have gates of their own, so that a submission never waits behind one.
    private let background: ProbeGate
    private let beside: ProbeGate
    private let places: CheckPlaces
    private let health = ReaderHealth()
    /// Number of content checks that run at once in the background.
    public let closerLooks: Int
    private let lanes = BlockingLanes("digest")
    private let clock: WallClock
    private let timing: any WorkTiming

    /// Makes an inspector.
    ///
    /// - Parameters:
    ///   - running: most probes at once; nil means one for every core.
    ///   - waiting: most probes that wait; one more throws `.queueFull`.
    ///   - timing: receives the times of waiting, reading and decoding.
    public init(
        prober: any MediaProbing, running: Int? = nil, waiting: Int, clock: WallClock = .system,
        timing: any WorkTiming = NoTiming()
    ) {
        self.timing = timing
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

    /// Number of content checks that run at once beside `running` probes: half as many, at least one.
    public static func closerLooks(beside running: Int) -> Int { max(1, running / 2) }

    /// The queue in which a file waits for its probe.
    public enum Line: String, Sendable, Hashable, CaseIterable {
        /// The queue of first reports and quick checks, for which a client waits.
        case front
        /// The queue of complete checks for which a client waits. They do not delay the files in `front`.
        case beside
        /// The queue of content checks, for which no client waits.
        case background
    }

    /// Takes the place of a check that stores nothing, before its file is received.
    ///
    /// - Throws: `.queueFull` when the limit of these checks, `running` and `waiting` together, is reached.
    func reservePlace() throws(IntakeError) -> CheckPlace { try places.reserve() }

    /// The source of the SHA-256 in a report.
    public enum Digest: Sendable, Hashable {
        /// The inspector computes it while the probe runs.
        case computed
        /// The upload or an earlier reading computed it.
        case known(String)
        /// The report has none.
        case omitted
    }

    /// Judges `file` by `contest`. A file that cannot be read as media still gets a report.
    ///
    /// - Throws: `.queueFull`, `.cancelled`, `.noWorker`, `.storageFailed`; never for a fault of the file.
    public func report(
        on file: OpenMediaFile, named filename: String?, contest: Contest, digest: Digest = .computed
    ) async throws(IntakeError) -> Report {
        try await inspect(file, named: filename, contest: contest, digest: digest).report
    }

    /// Judges `file` by its header and packets. Findings that need decoding are `pending`.
    ///
    /// - Parameters:
    ///   - declaration: the same as in `inspect`.
    ///   - acceptsNoReader: the same as in `inspect`.
    /// - Throws: the same errors as `report`.
    public func firstReport(
        on file: OpenMediaFile, named filename: String?, contest: Contest, declared declaration: Declaration,
        digest: Digest = .computed, acceptsNoReader: Bool = false
    ) async throws(IntakeError) -> Report {
        let report = try await inspect(
            file, named: filename, contest: contest, declared: declaration, digest: digest, depth: .quick,
            acceptsNoReader: acceptsNoReader
        ).report
        return contest.depth > .quick ? report.awaitingCloserLook : report
    }

    /// A report, and the stills that it names.
    public struct Inspection: Sendable {
        /// The report.
        public var report: Report
        /// The stills in the order of `report.stills`.
        public var stills: [Still]
    }

    /// Judges `file` by `contest`, and returns the stills that show the findings.
    ///
    /// - Parameters:
    ///   - declaration: what the work declares beside its file.
    ///   - wanted: the depth of examination; nil means the depth that the rules need.
    ///   - line: the queue in which the file waits.
    ///   - place: the place that was reserved before the file was received; nil when a full queue may refuse the file.
    ///   - acceptsNoReader: `true` makes a report that is undetermined, with the reason `no-worker`, when no reader can
    ///     start; `false` throws `.noWorker` then.
    ///   - progress: called with how much of the file has been decoded, as `MediaProbing` defines it.
    /// - Throws: the same errors as `report`.
    public func inspect(
        _ file: OpenMediaFile, named filename: String?, contest: Contest,
        declared declaration: Declaration = Declaration(), digest: Digest = .computed, depth wanted: Depth? = nil,
        in line: Line = .front, holding place: CheckPlace? = nil,
        acceptsNoReader: Bool = false, progress: ExaminationProgress.Handler? = nil
    ) async throws(IntakeError) -> Inspection {
        let depth = wanted ?? contest.depth
        let gate =
            switch line {
            case .front: gate
            case .beside: beside
            case .background: background
            }
        let arrival = ContinuousClock.now
        return try await gate.pass(isAdmitted: place != nil) { () async throws(IntakeError) in
            timing.ended(.wait, after: .now - arrival)
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
                declared: declaration, tool: toolVersions, limits: prober.readingLimits(at: depth), stills: stills)
            return Inspection(report: report, stills: stills)
        }
    }

    /// The facts of `file`, with every measurement that `depth` allows.
    ///
    /// - Throws: `ProbeError`, also for a fault of the file.
    public func facts(of file: OpenMediaFile, depth: Depth = .quick) async throws(ProbeError) -> MediaFacts {
        try await prober.examine(file.media, for: Examination(Set(Measurement.allCases), depth: depth)).facts
    }

    /// Limits of one reading, such as its time and memory; nil when the prober sets none.
    public func readingLimits(at depth: Depth) -> ReadingLimits? { prober.readingLimits(at: depth) }

    /// Versions of clipcheck and of the media libraries, which every report names.
    public var toolVersions: ToolVersions {
        ToolVersions(clipcheck: Release.version, ffmpeg: prober.libraryVersions)
    }

    /// Reports on larger files have no SHA-256. No entry is that large, but a sparse file can claim exbibytes, which
    /// would take years to read.
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

    /// How many files are read and wait now, queue by queue.
    func queue() async -> [QueueState] {
        [await gate.state(of: .front), await beside.state(of: .beside), await background.state(of: .background)]
    }

    /// Throws `.noWorker` when no reader could start at the last reading, and none can start now.
    func checkReady() async throws(IntakeError) { try await health.checkReady(prober) }

    private func outcome(
        of file: OpenMediaFile, _ examination: Examination, acceptsNoReader: Bool = false,
        _ progress: ExaminationProgress.Handler? = nil
    ) async throws(IntakeError) -> (ProbeOutcome, [Still]) {
        do {
            let phase = examination.depth > .quick ? WorkPhase.decode : .probe
            let examined = try await timing.measure(phase) { () async throws(ProbeError) in
                try await prober.examine(file.media, for: examination, progress: progress)
            }
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
    /// The facts from header and packets of a file whose decoding ends its reader. Picture and sound stay undetermined.
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
    /// The outcome of `work`, with its typed error. Two `async let` of such results run side by side.
    init(_ work: () async throws(Failure) -> Success) async {
        do {
            self = .success(try await work())
        } catch {
            self = .failure(error)
        }
    }
}
