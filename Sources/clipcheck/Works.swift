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
    /// Where the categories of works come from, beside the manifest.
    let categories: CategoryChoice
    /// Rows of the manifest by the bytes of the file's path; nil without a manifest.
    var rows: [[UInt8]: Manifest.Row]?

    /// The form of file names that the contest asks for; nil when no rule asks for one.
    private let pattern: FileNamePattern?

    /// Prepares for the works of one run.
    init(
        contest: Contest, showsContacts: Bool, received: Moment?, categories: CategoryChoice = CategoryChoice(),
        rows: [[UInt8]: Manifest.Row]? = nil
    ) {
        self.categories = categories
        self.contest = contest
        self.showsContacts = showsContacts
        self.received = received
        self.rows = rows
        pattern = contest.fileNamePattern
    }

    /// The columns for fields of a work: first those of the file name, then those of the form, without category and
    /// region, which have columns of their own.
    var columns: [RunColumn] {
        let form = rows == nil ? [] : (contest.form?.fields ?? []).map { RunColumn(name: $0.name, label: $0.label) }
        let parts = (pattern?.parts ?? []).map { RunColumn(name: $0.name, label: $0.label) }
        let ofName = parts.filter { part in !form.contains { $0.name == part.name } }
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
        let parts = pattern?.values(of: found.filename) ?? [:]
        let declaration = declaration(of: found)
        let isKnown = row != nil || pattern != nil || received != nil || declaration.source != nil
        guard isKnown || !ofFiles.isEmpty else { return (nil, [:]) }
        let sent = row.map { fields(of: $0, parts) }
        let submission = Submission(
            fields: sent, receivedMilliseconds: received?.milliseconds, filename: found.filename,
            duration: report?.facts?.duration, hasMedia: true, declaration: declaration)
        let known = (sent ?? [:]).merging(parts) { own, _ in own }
        let work = Work(
            fields: columns.compactMap { field(of: $0, known[$0.name]) },
            category: (declaration.category ?? row?.category ?? declaration.unknownCategory ?? parts["category"]).map(
                shown),
            region: (row?.region ?? parts["region"]).map(shown),
            findings: contest.admission(of: submission).filter { isJudged($0, hasForm: row != nil) } + ofFiles,
            counted: counted(row, known))
        return (work, sent ?? [:])
    }

    /// What the work declares: its category by `--category`, its row, its folder or its form, the first of them that names
    /// one, and the fields of its row and its file name.
    func declaration(of found: FileSearch.Found) -> Declaration {
        let row = rows?[found.bytes]
        let parts = pattern?.values(of: found.filename) ?? [:]
        let fields = row.map { self.fields(of: $0, parts) } ?? parts
        let ofRow = row?.category.map { (written: $0, source: Declaration.Source.manifest) }
        return contest.declaration(
            of: fields, category: categories.option ?? ofRow ?? categories.folder(of: found, in: contest))
    }

    /// The form of the work: the fields of the row, with empty ones filled from the file name. Of a name by the convention
    /// the title and the telephone number are taken only.
    private func fields(of row: Manifest.Row, _ parts: [String: String]) -> [String: String] {
        let taken = pattern == .convention ? parts.filter { ["title", "phone"].contains($0.key) } : parts
        let special = [
            "category": row.category, "region": row.region, "unit": row.unit, "entrant": row.entrant,
        ].compactMapValues(\.self)
        return special.merging(taken) { own, _ in own }.reduce(into: row.fields) { fields, pair in
            guard contest.form?.field(pair.key) != nil, (fields[pair.key] ?? "").isEmpty else { return }
            fields[pair.key] = pair.value
        }
    }

    /// The unit and the entrant of the work, as far as a quota counts by them. Their names are masked as in the columns.
    private func counted(
        _ row: Manifest.Row?, _ known: [String: String]
    ) -> [Quota.Grouping: Work.GroupName] {
        Set(contest.quotas.map(\.grouping)).subtracting([.category, .region]).reduce(into: [:]) { names, grouping in
            let name = grouping.fieldNames.first { known[$0]?.isEmpty == false }
            let cell = grouping == .unit ? row?.unit : row?.entrant
            guard let value = name.flatMap({ known[$0] }) ?? cell else { return }
            names[grouping] = Work.GroupName(key: value, shown: shown(value, in: name ?? grouping.rawValue))
        }
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
