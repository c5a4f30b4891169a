internal import BlockingLanes
public import ContestRules
public import MediaFacts

extension Intake {
    /// Records a file of this machine as an entry, with a report already made of it; the id of the entry, and whether
    /// it was there before (same contest, name and content).
    ///
    /// - Parameters:
    ///   - stills: the pictures that the report names; none, and it is kept without them.
    ///   - filename: its name with everything in it; nil when the report's is all there is.
    ///   - fields: the form as far as it is known; empty when it is still to be sent.
    ///   - received: when it was handed in; nil means now.
    public func store(
        _ file: OpenMediaFile, _ report: Report, showing stills: [Still] = [], named filename: String? = nil,
        fields: [String: String] = [:],
        contest id: String, received: Moment? = nil
    ) async throws(IntakeError) -> (entry: String, wasStored: Bool) {
        let contest = try contests.contest(id)
        if let known = try await keeper.entry(inContest: id, holding: report.maskingPhones.media) {
            return (known, true)
        }
        let upload = try await keeper.beginUpload()
        do throws(IntakeError) {
            var offset: Int64 = 0
            while offset < file.media.bytes {
                let start = offset
                let bytes = try await lanes.run { () throws(IntakeError) in
                    try file.read(at: start, count: 1 << 20)
                }
                guard !bytes.isEmpty else { break }
                try await upload.write(bytes[...])
                offset += Int64(bytes.count)
            }
            let moment = clock.now()
            let staged = try await upload.finish()
            guard report.media.sha256 == nil || report.media.sha256 == staged.media.sha256 else {
                throw IntakeError(
                    .fileChanged, zh: "文件在检查后被改动，未保存。请重新检查。",
                    en: "The file changed after it was checked and was not stored. Check it again.")
            }
            var entry = Entry(contest, fields: fields, filename: filename ?? report.media.filename, at: moment)
            entry.received = received ?? moment
            entry.media = staged.media
            // A report of an earlier run may have lost its pictures; it does not name what nobody can fetch.
            entry.report = stills.isEmpty ? report.maskingPhones.withoutStills : report.maskingPhones
            entry.media?.filename = entry.report?.media.filename
            entry.admission = Admission.of(entry, by: contest, at: moment)
            try await keeper.add(entry, at: moment, taking: staged, showing: stills, answering: nil)
            return (entry.id, false)
        } catch {
            await upload.discard()
            throw error
        }
    }
}

extension Report {
    /// The report with telephone numbers in the file's name masked, as it is kept.
    fileprivate var maskingPhones: Report {
        var report = self
        report.media.filename = media.filename.map(PersonalText.maskingPhones)
        return report
    }
}
