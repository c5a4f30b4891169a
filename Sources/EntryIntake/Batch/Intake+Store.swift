internal import BlockingLanes
public import ContestRules
public import MediaFacts

/// A file of this machine with its report, ready to be stored as an entry.
public struct CheckedWork: Sendable {
    /// The file that the report is on.
    public var file: OpenMediaFile
    /// The report.
    public var report: Report
    /// The stills that the report names; when empty, the entry is stored without them.
    public var stills: [Still]
    /// The file's absolute path, percent-encoded. Files in two places are two works, even with equal names and bytes.
    public var place: String
    /// The file's name, unmasked.
    public var filename: String
    /// The fields of the form that are known; empty when the form is still to be sent.
    public var fields: [String: String]
    /// Time at which the file was handed in; nil means now.
    public var received: Moment?

    /// Makes a work; the properties give the units and the meaning of nil.
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

/// The effect of storing a work of this machine.
public enum StoredWork: Sendable, Hashable {
    /// The work became an entry.
    case added(entry: String)
    /// An entry from the same place existed; its media or form has changed.
    case changed(entry: String)
    /// An entry from the same place existed, with the same media and form.
    case unchanged(entry: String)

    /// Id of the entry.
    public var entry: String {
        switch self {
        case .added(let entry), .changed(let entry), .unchanged(let entry): entry
        }
    }
}

extension Intake {
    /// Stores a file of this machine and its report as an entry.
    ///
    /// - Parameter contest: id of the contest.
    /// - Throws: `.contestUnknown`, `.fileChanged` when the file changed after its check, `.diskFull`,
    ///   `.storageFailed`.
    public func store(_ work: CheckedWork, contest id: String) async throws(IntakeError) -> StoredWork {
        let contest = try contests.contest(id)
        let known = try await keeper.entry(from: work.place, inContest: id)
        let isSameFile = known?.media?.sha256 != nil && known?.media?.sha256 == work.report.media.sha256
        // The file is not copied again when the entry from this place already has the same bytes.
        let upload = isSameFile ? nil : try await copy(work.file)
        do throws(IntakeError) {
            let media = try await upload?.finish().media(of: work, by: contest, at: clock.now())
            let arrival = EntryChange.Arrival(
                fields: work.fields, media: media, filename: work.filename, place: work.place)
            let entry = try await apply(change(.arrived(arrival), rules: contest))
            await upload?.discard()
            // Another caller deleted the known entry after its lookup, so the file must be copied after all.
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
    /// The copied file as an entry's media.
    ///
    /// - Throws: `.fileChanged` when the copied bytes are not those that were checked.
    fileprivate func media(
        of work: CheckedWork, by contest: Contest, at moment: Moment
    ) throws(IntakeError) -> EntryChange.NewMedia {
        guard work.report.media.sha256 == nil || work.report.media.sha256 == media.sha256 else {
            throw IntakeError(
                .fileChanged, zh: "文件在检查后被改动，未保存。请重新检查。",
                en: "The file changed after it was checked and was not stored. Check it again.")
        }
        var report = work.report
        (report.media.filename, report.signature) = (contest.maskingFilename(work.filename), nil)
        // The stills of an earlier run's report may be lost. Remove the report's references: no client could fetch
        // them.
        if work.stills.isEmpty { report = report.withoutStills }
        return EntryChange.NewMedia(
            self, named: work.filename, received: work.received ?? moment, report: report, stills: work.stills)
    }
}
