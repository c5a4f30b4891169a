internal import ContestRules
internal import EntryIntake

/// `clipcheck.entry/1`: one entry, as far as its reader may see it.
struct EntryBody: Encodable {
    private let entry: Entry
    private let contest: Contest?
    private let isForOrganiser: Bool

    /// - Parameter contest: tells what of the form is personal; nil when it is no longer known.
    init(_ entry: Entry, _ contest: Contest?, isForOrganiser: Bool) {
        self.entry = entry
        self.contest = contest
        self.isForOrganiser = isForOrganiser
    }

    private enum CodingKeys: String, CodingKey {
        case schema, id, createdAt, receivedAt, contest, fields, contacts, media, standing, admission, sameMedia
        case signoffs, report, check
    }

    func encode(to encoder: any Encoder) throws {
        let form = entry.form(of: contest, mayShow: isForOrganiser)
        var media = entry.media
        if isForOrganiser, let name = entry.contacts?.filename { media?.filename = name }
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(Entry.schema, forKey: .schema)
        try values.encode(entry.id, forKey: .id)
        try values.encode(entry.createdAt, forKey: .createdAt)
        try values.encode(entry.received?.text, forKey: .receivedAt)
        try values.encode(entry.contest, forKey: .contest)
        try values.encode(form.fields, forKey: .fields)
        try values.encode(form.disclosure, forKey: .contacts)
        try values.encode(media, forKey: .media)
        try values.encode(entry.standing, forKey: .standing)
        try values.encode(entry.admissionFindings, forKey: .admission)
        try values.encode(isForOrganiser ? entry.twins : nil, forKey: .sameMedia)
        try values.encode(entry.signOffs.map(SignOffBody.init), forKey: .signoffs)
        try values.encode(entry.report, forKey: .report)
        try values.encode(entry.report?.isPending == true ? entry.checkAddress : nil, forKey: .check)
    }
}

extension Entry {
    /// Address of the check that the newest report is of; nil without a report.
    var checkAddress: String? { report.map { "/v1/entries/\(id)/checks/\($0.id)" } }
}

/// One answer of a person.
private struct SignOffBody: Encodable {
    let signOff: SignOff

    private enum CodingKeys: String, CodingKey { case rule, field, answer, who, why, createdAt, mediaSha256 }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(signOff.item.rule, forKey: .rule)
        try values.encode(signOff.item.field, forKey: .field)
        try values.encode(signOff.answer, forKey: .answer)
        try values.encode(signOff.who, forKey: .who)
        try values.encode(signOff.why, forKey: .why)
        try values.encode(signOff.createdAt, forKey: .createdAt)
        try values.encode(signOff.mediaSHA256, forKey: .mediaSha256)
    }
}

/// Every report on an entry, the newest first.
struct ReportListBody: Encodable {
    private let schema = "clipcheck.reports/1"
    private let reports: [Line]

    init(_ reports: [Report]) {
        self.reports = reports.map {
            Line(id: $0.id, createdAt: $0.createdAt, verdict: $0.verdict, contest: $0.contest)
        }
    }

    private struct Line: Encodable {
        var id: String
        var createdAt: String
        var verdict: Verdict
        var contest: ContestReference
    }
}

/// One page of entries.
struct EntryListBody: Encodable {
    private let page: EntryPage

    init(_ page: EntryPage) { self.page = page }

    private enum CodingKeys: String, CodingKey { case schema, entries, nextCursor }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode("clipcheck.entries/1", forKey: .schema)
        try values.encode(page.entries.map(Line.init), forKey: .entries)
        try values.encode(page.nextCursor, forKey: .nextCursor)
    }

    private struct Line: Encodable {
        let entry: EntrySummary

        private enum CodingKeys: String, CodingKey { case id, createdAt, contest, media, verdict, standing }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(entry.id, forKey: .id)
            try values.encode(entry.createdAt, forKey: .createdAt)
            try values.encode(entry.contest, forKey: .contest)
            try values.encode(entry.media, forKey: .media)
            try values.encode(entry.verdict, forKey: .verdict)
            try values.encode(entry.standing, forKey: .standing)
        }
    }
}
