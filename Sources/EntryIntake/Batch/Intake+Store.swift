internal import BlockingLanes
public import ContestRules
public import MediaFacts

/// A file of this machine, checked and ready to be kept as an entry.
public struct CheckedWork: Sendable {
    /// The file that the report is on.
    public var file: OpenMediaFile
    /// The report.
    public var report: Report
    /// The pictures that the report names; none, and it is kept without them.
    public var stills: [Still]
    /// The file's absolute path, percent-encoded: two files in two places are two works, whatever their names and bytes.
    public var place: String
    /// The file's name with everything in it.
    public var filename: String
    /// The form as far as it is known; empty when it is still to be sent.
    public var fields: [String: String]
    /// When it was handed in; nil means now.
    public var received: Moment?

    /// Describes a work.
    public init(
        _ file: OpenMediaFile, _ report: Report, showing stills: [Still] = [], at place: String, named filename: String,
        fields: [String: String] = [:], received: Moment? = nil
    ) {
        self.file = file
        self.report = report
        self.stills = stills
        self.place = place
        self.filename = filename
        self.fields = fields
        self.received = received
    }
}

/// The effect of keeping a work of this machine.
public enum StoredWork: Sendable, Hashable {
    /// The work became an entry.
    case added(entry: String)
    /// An entry from the same place was there; its media or form changed.
    case changed(entry: String)
    /// An entry from the same place was there, and it is the same work.
    case unchanged(entry: String)
}

extension Intake {
    /// Keeps a file of this machine, with a report already made of it, as an entry.
    ///
    /// - Parameter contest: id of the contest.
    /// - Throws: `.contestUnknown`, `.fileChanged` when the file changed after its check, `.diskFull`, `.storageFailed`.
    public func store(_ work: CheckedWork, contest id: String) async throws(IntakeError) -> StoredWork {
        let contest = try contests.contest(id)
        let known = try await keeper.entry(from: work.place, inContest: id)
        let isSameFile = known?.media?.sha256 != nil && known?.media?.sha256 == work.report.media.sha256
        // The same file need not be copied again.
        let upload = isSameFile ? nil : try await copy(work.file)
        do throws(IntakeError) {
            let media = try await upload?.finish().media(of: work, at: clock.now())
            let arrival = EntryChange.Arrival(
                fields: work.fields, media: media, filename: work.filename, place: work.place)
            let entry = try await apply(change(.arrived(arrival), rules: contest))
            await upload?.discard()
            // The known entry was deleted meanwhile, so the file is needed after all.
            if entry.media == nil { return try await store(work, contest: id) }
            guard let known, known.id == entry.id else {
                return entry.version == 1 ? .added(entry: entry.id) : .changed(entry: entry.id)
            }
            return known.version == entry.version ? .unchanged(entry: entry.id) : .changed(entry: entry.id)
        } catch {
            await upload?.discard()
            throw error
        }
    }

    /// Copies a file into the vault.
    private func copy(_ file: OpenMediaFile) async throws(IntakeError) -> any IncomingMedia {
        let upload = try await vault.stage()
        do throws(IntakeError) {
            var offset: Int64 = 0
            while offset < file.media.bytes {
                let start = offset
                let bytes = try await lanes.run { () throws(IntakeError) in try file.read(at: start, count: 1 << 20) }
                guard !bytes.isEmpty else { break }
                try await upload.write(bytes[...])
                offset += Int64(bytes.count)
            }
            return upload
        } catch {
            await upload.discard()
            throw error
        }
    }
}

extension StagedMedia {
    /// The copied file of a work as an entry's media.
    ///
    /// - Throws: `.fileChanged` when these are not the bytes that were checked.
    fileprivate func media(of work: CheckedWork, at moment: Moment) throws(IntakeError) -> EntryChange.NewMedia {
        guard work.report.media.sha256 == nil || work.report.media.sha256 == media.sha256 else {
            throw IntakeError(
                .fileChanged, zh: "文件在检查后被改动，未保存。请重新检查。",
                en: "The file changed after it was checked and was not stored. Check it again.")
        }
        var report = work.report
        report.media.filename = PersonalText.maskingFilename(work.filename)
        // A report of an earlier run may have lost its pictures; then it must not name them.
        if work.stills.isEmpty { report = report.withoutStills }
        return EntryChange.NewMedia(
            self, named: work.filename, received: work.received ?? moment, report: report, stills: work.stills)
    }
}
