public import ContestRules
public import MediaFacts

/// Checks one file of this machine after another: opens, probes, judges, and records what is to be kept.
public struct FileCheck: Sendable {
    /// The rules.
    public let contest: Contest
    private let inspector: Inspector
    private let skipsDigest: Bool
    private let memory: (any ReportMemory)?
    private let keepsStills: Bool
    private let depth: Depth

    /// What came of one file.
    public struct Result: Sendable {
        /// The report.
        public var report: Report
        /// The pictures that it names; none of a report of an earlier run, unless the check keeps them.
        public var stills: [Still] = []
        /// Whether the report is of an earlier run, nothing having changed since.
        public var isUnchanged = false
    }

    /// Makes a check.
    ///
    /// - Parameters:
    ///   - depth: how closely to look; nil means as closely as the rules need.
    ///   - memory: reports of earlier runs; nil checks everything anew and remembers nothing.
    ///   - keepsStills: whether pictures are wanted with the reports of earlier runs, too.
    public init(
        contest: Contest, inspector: Inspector, depth: Depth? = nil, skipsDigest: Bool = false,
        memory: (any ReportMemory)? = nil, keepsStills: Bool = false
    ) {
        self.keepsStills = keepsStills
        self.depth = depth ?? contest.depth
        self.contest = contest
        self.inspector = inspector
        self.skipsDigest = skipsDigest
        self.memory = memory
    }

    /// The report on a file that is open, made anew or of an earlier run if nothing has changed since.
    ///
    /// Unchanged is: the same path, size, time of change and SHA-256, the same rules, tools and limits, and the reading was
    /// not cut short for want of time or memory. The SHA-256 is computed anew, so no verdict is stale.
    ///
    /// - Parameters:
    ///   - path: tells files of one run apart.
    ///   - filename: the name that the report shows.
    ///   - progress: told how far the look at it is, as `MediaProbing` has it.
    public func report(
        on file: OpenMediaFile, at path: [UInt8], named filename: String,
        progress: ExaminationProgress.Handler? = nil
    ) async throws(IntakeError) -> Result {
        var result = try await nameless(file, at: path, progress)
        result.report.media.filename = filename
        return result
    }

    /// What is remembered bears no name: how much of one may be shown is another question in every run.
    private func nameless(
        _ file: OpenMediaFile, at path: [UInt8], _ progress: ExaminationProgress.Handler?
    ) async throws(IntakeError) -> Result {
        guard let memory, !skipsDigest else {
            return try await inspect(file, skipsDigest ? .omitted : .computed, progress)
        }
        let known = memory.report(at: path, modified: file.modifiedNanoseconds).flatMap {
            isCurrent($0.report, file) && ($0.stills.count == $0.report.stills.count || !keepsStills) ? $0 : nil
        }
        let digest: Inspector.Digest
        if let known {
            let sum = try await inspector.digest(of: file)
            if known.report.media.sha256 == sum {
                return Result(report: known.report, stills: known.stills, isUnchanged: true)
            }
            digest = .known(sum)
        } else {
            digest = .computed
        }
        let result = try await inspect(file, digest, progress)
        if !result.report.isCutShort, result.report.media.sha256 != nil, file.isAsOpened {
            memory.remember(
                result.report, keepsStills ? result.stills : [], at: path, modified: file.modifiedNanoseconds)
        }
        return result
    }

    private func inspect(
        _ file: OpenMediaFile, _ digest: Inspector.Digest, _ progress: ExaminationProgress.Handler?
    ) async throws(IntakeError) -> Result {
        let inspection = try await inspector.inspect(
            file, named: nil, contest: contest, digest: digest, depth: depth, progress: progress)
        return Result(report: inspection.report, stills: inspection.stills)
    }

    private func isCurrent(_ report: Report, _ file: OpenMediaFile) -> Bool {
        report.media.bytes == file.media.bytes && report.contest == ContestReference(contest)
            && report.tool == inspector.toolVersions && report.limits == inspector.readingLimits(at: depth)
            && (report.facts == nil || report.depth == wantedDepth)
    }

    /// How closely a report of this check looked at its file, if there was anything to look at.
    private var wantedDepth: Depth { contest.measurements.isDisjoint(with: [.picture, .sound]) ? .quick : depth }
}

/// Remembers the reports of a run, so that the next one need not begin anew. Losing some of it does no harm.
public protocol ReportMemory: Sendable {
    /// The report on the file at `path`, with the pictures that were kept of it, if the file was last changed at
    /// `modified`; nil when none is remembered.
    ///
    /// - Parameter modified: nanoseconds since 1970-01-01T00:00Z.
    func report(at path: [UInt8], modified: Int64) -> (report: Report, stills: [Still])?

    /// Keeps a report, and pictures that it names: all or none.
    func remember(_ report: Report, _ stills: [Still], at path: [UInt8], modified: Int64)
}
