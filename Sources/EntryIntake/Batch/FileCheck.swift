public import ContestRules
public import MediaFacts

/// Checks one open file of this machine per call: probes and judges the file, and remembers the report.
public struct FileCheck: Sendable {
    /// The contest by whose rules files are judged.
    public let contest: Contest
    private let inspector: Inspector
    private let skipsDigest: Bool
    private let memory: (any ReportMemory)?
    private let keepsStills: Bool
    private let depth: Depth
    /// The depth that the caller asked for; nil means the depth that the rules need.
    private let wanted: Depth?

    /// The result of checking one file.
    public struct Result: Sendable {
        /// The report.
        public var report: Report
        /// The stills that the report names; empty for a report of an earlier run that was remembered without stills.
        public var stills: [Still] = []
        /// Whether the report comes from an earlier run, because the file has not changed since.
        public var isUnchanged = false
    }

    /// Makes a check.
    ///
    /// - Parameters:
    ///   - depth: depth of the examination; nil means the depth that the rules need.
    ///   - skipsDigest: whether reports have no SHA-256; then `memory` is not used.
    ///   - memory: reports of earlier runs; nil checks every file and remembers nothing.
    ///   - keepsStills: whether stills are remembered with their report. A report that was remembered without its
    ///     stills is then made again.
    public init(
        contest: Contest, inspector: Inspector, depth: Depth? = nil, skipsDigest: Bool = false,
        memory: (any ReportMemory)? = nil, keepsStills: Bool = false
    ) {
        self.keepsStills = keepsStills
        self.depth = depth ?? contest.depth
        wanted = depth
        self.contest = contest
        self.inspector = inspector
        self.skipsDigest = skipsDigest
        self.memory = memory
    }

    /// The same check for the video in `role` of an entry, by the rules about that video.
    public func judging(_ role: String) -> FileCheck {
        FileCheck(
            contest: contest.judging(role), inspector: inspector, depth: wanted, skipsDigest: skipsDigest,
            memory: memory, keepsStills: keepsStills)
    }

    /// The report on an open file, newly made, or that of an earlier run when nothing has changed since.
    ///
    /// The file counts as unchanged when path, size, time of change and SHA-256 are the same, rules, declaration, tools, depth
    /// and limits are the same, and the earlier reading did not stop for lack of time or memory. The SHA-256 is always
    /// computed from the file.
    ///
    /// - Parameters:
    ///   - path: identifies the file among the files of the run.
    ///   - filename: the name that the report shows.
    ///   - declaration: what the work declares beside its file.
    ///   - progress: called with how much of the file has been decoded, as `MediaProbing` defines it.
    public func report(
        on file: OpenMediaFile, at path: [UInt8], named filename: String,
        declared declaration: Declaration = Declaration(), progress: ExaminationProgress.Handler? = nil
    ) async throws(IntakeError) -> Result {
        var result = try await nameless(file, at: path, declaration, progress)
        result.report.media.filename = filename
        return result
    }

    /// The report without the file's name. The memory holds no names, because each run masks names by its own setting.
    private func nameless(
        _ file: OpenMediaFile, at path: [UInt8], _ declaration: Declaration, _ progress: ExaminationProgress.Handler?
    ) async throws(IntakeError) -> Result {
        guard let memory, !skipsDigest else {
            return try await inspect(file, declaration, skipsDigest ? .omitted : .computed, progress)
        }
        let known = memory.report(at: path, modified: file.modifiedNanoseconds).flatMap {
            isCurrent($0.report, file, declaration) && ($0.stills.count == $0.report.stills.count || !keepsStills)
                ? $0 : nil
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
        let result = try await inspect(file, declaration, digest, progress)
        if !result.report.isCutShort, result.report.media.sha256 != nil, file.isAsOpened {
            memory.remember(
                result.report, keepsStills ? result.stills : [], at: path, modified: file.modifiedNanoseconds)
        }
        return result
    }

    private func inspect(
        _ file: OpenMediaFile, _ declaration: Declaration, _ digest: Inspector.Digest,
        _ progress: ExaminationProgress.Handler?
    ) async throws(IntakeError) -> Result {
        let inspection = try await inspector.inspect(
            file, named: nil, contest: contest, declared: declaration, digest: digest, depth: depth, progress: progress)
        return Result(report: inspection.report, stills: inspection.stills)
    }

    private func isCurrent(_ report: Report, _ file: OpenMediaFile, _ declaration: Declaration) -> Bool {
        report.media.bytes == file.media.bytes && report.contest == ContestReference(contest)
            && report.scope == (contest.readsDeclaration ? declaration : nil)
            && (report.role ?? FileRole.mainName) == contest.role && report.tool == inspector.toolVersions
            && report.limits == inspector.readingLimits(at: depth)
            && (report.facts == nil || report.depth == wantedDepth)
    }

    /// The depth of examination that a report of this check has, if the file has anything to decode.
    private var wantedDepth: Depth { contest.measurements.isDisjoint(with: [.picture, .sound]) ? .quick : depth }
}

/// Remembers the reports of a run, so that the next run need not check unchanged files. Losing reports only costs time.
public protocol ReportMemory: Sendable {
    /// The remembered report on the file at `path`, with its stills, if the file was last changed at `modified`; nil
    /// when there is none.
    ///
    /// - Parameter modified: nanoseconds since 1970-01-01T00:00Z.
    func report(at path: [UInt8], modified: Int64) -> (report: Report, stills: [Still])?

    /// Remembers a report and its stills; `stills` holds all stills of the report, or none.
    func remember(_ report: Report, _ stills: [Still], at path: [UInt8], modified: Int64)
}
