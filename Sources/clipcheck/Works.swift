import ContestRules
import EntryIntake
import EntryManifest
import Foundation
import MediaFacts
import Reporting

/// Knows about works what their files do not hold: the rows of the manifest, and the file names, where the contest
/// prescribes a form for them.
struct Works: Sendable {
    let contest: Contest
    /// Whether contacts are shown in full; false masks them.
    let showsContacts: Bool
    /// When the files were handed in; nil without `--received-at`.
    let received: Moment?
    /// Rows of the manifest by the bytes of the file's path; nil without a manifest.
    var rows: [[UInt8]: Manifest.Row]?

    private var hasNameRule: Bool { contest.rules.contains { $0.kindName == "file-name" } }

    /// The fields that a file name holds under the contest's convention. Source: `FileNameConvention`.
    private static let nameFields = [
        RunColumn(name: "entrant", label: LocalizedText(zh: "参赛者", en: "Entrant")),
        RunColumn(name: "organisation", label: LocalizedText(zh: "单位", en: "Organisation")),
        RunColumn(name: "title", label: LocalizedText(zh: "作品名称", en: "Title")),
        RunColumn(name: "phone", label: LocalizedText(zh: "联系电话", en: "Telephone")),
    ]

    /// The columns for fields of a work: first those of the file name, then those of the form, without category and
    /// region, which have columns of their own.
    var columns: [RunColumn] {
        let form = rows == nil ? [] : (contest.form?.fields ?? []).map { RunColumn(name: $0.name, label: $0.label) }
        let ofName = hasNameRule ? Self.nameFields.filter { part in !form.contains { $0.name == part.name } } : []
        return (ofName + form).filter { !["category", "region"].contains($0.name) }
    }

    /// What is known of one work: `work` for the outputs, with contacts masked unless they are shown, and `fields` for
    /// its entry in the database, unmasked.
    ///
    /// - Parameters:
    ///   - report: the report on the file; nil when the file could not be judged.
    ///   - ofFiles: findings about the further videos and the attachments of the work.
    /// - Returns: a nil work when neither a row, a rule for file names nor a time of receipt says anything about the
    ///   file.
    func details(
        of found: FileSearch.Found, _ report: Report?, and ofFiles: [Finding] = []
    ) -> (work: Work?, fields: [String: String]) {
        let row = rows?[found.bytes]
        let parts = hasNameRule ? FileNameConvention.parse(found.filename) : nil
        guard row != nil || hasNameRule || received != nil || !ofFiles.isEmpty else { return (nil, [:]) }
        let sent = row.map { fields(of: $0, parts) }
        let submission = Submission(
            fields: sent, receivedMilliseconds: received?.milliseconds, filename: found.filename,
            duration: report?.facts?.duration, hasMedia: true)
        let known = (sent ?? [:]).merging(named(parts)) { own, _ in own }
        let work = Work(
            fields: columns.compactMap { field(of: $0, known[$0.name]) },
            category: row?.category.map(shown), region: row?.region.map(shown),
            findings: contest.admission(of: submission).filter { isJudged($0, hasForm: row != nil) } + ofFiles)
        return (work, sent ?? [:])
    }

    /// The form of the work: the fields of the row, with empty ones filled from the file name.
    private func fields(of row: Manifest.Row, _ parts: FileNameConvention?) -> [String: String] {
        let extra = [
            ("category", row.category), ("region", row.region), ("title", parts?.title), ("phone", parts?.phone),
        ]
        return extra.reduce(into: row.fields) { fields, pair in
            guard contest.form?.field(pair.0) != nil, let value = pair.1, (fields[pair.0] ?? "").isEmpty else { return }
            fields[pair.0] = value
        }
    }

    private func named(_ parts: FileNameConvention?) -> [String: String] {
        guard let parts else { return [:] }
        let all = [
            "entrant": parts.entrant, "organisation": parts.organisation, "title": parts.title, "phone": parts.phone,
        ]
        return all.compactMapValues(\.self)
    }

    private func field(of column: RunColumn, _ value: String?) -> Work.Field? {
        guard let value, !value.isEmpty else { return nil }
        return Work.Field(name: column.name, label: column.label, value: shown(value, in: column.name))
    }

    private func shown(_ value: String, in name: String) -> String {
        guard !showsContacts else { return value }
        let field = contest.form?.field(name)
        if name == "phone" { return PersonalText.masked(value, as: .phone) }
        return field?.isPersonal ?? false ? PersonalText.masked(value, as: field?.kind ?? .text) : shown(value)
    }

    private func shown(_ value: String) -> String {
        showsContacts ? value : PersonalText.maskingPhones(in: value)
    }

    /// Whether this run knows enough to judge by the rule of `finding`: the form, the time of receipt or the file name.
    /// Whether two files have the same content is judged at the end of the run, by `RunSession`.
    private func isJudged(_ finding: Finding, hasForm: Bool) -> Bool {
        switch contest.rules.first(where: { $0.id == finding.rule })?.kindName {
        case "form": hasForm
        case "window": received != nil
        case "file-name": true
        default: false
        }
    }
}
