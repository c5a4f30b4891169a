internal import ContestRules
internal import EntryIntake
internal import MediaFacts

/// `clipcheck.entry/1`: one entry with the values that the reader may see.
struct EntryBody: Encodable {
    private let entry: Entry
    private let contest: Contest?
    private let isForOrganiser: Bool

    /// Makes the body.
    ///
    /// - Parameters:
    ///   - contest: the entry's contest, which says which fields are personal; nil when the service no longer knows it.
    ///   - isForOrganiser: whether the reader may see contacts and entries with the same media.
    init(_ entry: Entry, _ contest: Contest?, isForOrganiser: Bool) {
        self.entry = entry
        self.contest = contest
        self.isForOrganiser = isForOrganiser
    }

    private enum CodingKeys: String, CodingKey {
        case schema, id, createdAt, receivedAt, contest, fields, contacts, media, standing, admission, sameMedia
        case signoffs, lookAgain, corrections, report, check
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
        try values.encode(isForOrganiser ? entry.sameMedia.ids : nil, forKey: .sameMedia)
        try values.encode(
            entry.signOffs.map { SignOffBody($0, name: name(of: $0.item), isCurrent: entry.isCurrent($0)) },
            forKey: .signoffs)
        try values.encode(
            entry.itemsToLookAtAgain.sorted { ($0.rule, $0.field ?? "") < ($1.rule, $1.field ?? "") }
                .map { ItemBody($0, name: name(of: $0)) },
            forKey: .lookAgain)
        try values.encode(entry.corrections.map(CorrectionBody.init), forKey: .corrections)
        try values.encode(entry.report, forKey: .report)
        try values.encode(entry.report?.isPending == true ? entry.checkAddress : nil, forKey: .check)
    }

    /// The name of the item's rule for people; nil when neither the contest nor the report names the rule.
    private func name(of item: SignOff.Item) -> LocalizedText? {
        contest?.rules.first { $0.id == item.rule }?.title
            ?? entry.report.flatMap { RuleNames($0.findings, $0.checklist)[item.rule] }
    }
}

extension Entry {
    /// Address of the check that made the newest report; nil without a report.
    var checkAddress: String? { report.map { "/v1/entries/\(id)/checks/\($0.id)" } }
}

/// A person's answer to one item.
private struct SignOffBody: Encodable {
    let signOff: SignOff
    /// The name of the rule for people; left out where there is none.
    let name: LocalizedText?
    /// Whether the answer still holds, because its subject has not changed since.
    let isCurrent: Bool

    init(_ signOff: SignOff, name: LocalizedText?, isCurrent: Bool) {
        self.signOff = signOff
        self.name = name
        self.isCurrent = isCurrent
    }

    private enum CodingKeys: String, CodingKey {
        case rule, name, field, answer, who, why, createdAt, mediaSha256, isCurrent
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(signOff.item.rule, forKey: .rule)
        try values.encodeIfPresent(name, forKey: .name)
        try values.encode(signOff.item.field, forKey: .field)
        try values.encode(signOff.answer, forKey: .answer)
        try values.encode(signOff.who, forKey: .who)
        try values.encode(signOff.why, forKey: .why)
        try values.encode(signOff.createdAt, forKey: .createdAt)
        try values.encode(signOff.mediaSHA256, forKey: .mediaSha256)
        try values.encode(isCurrent, forKey: .isCurrent)
    }
}

/// An item that a person must review again.
private struct ItemBody: Encodable {
    let item: SignOff.Item
    /// The name of the rule for people; left out where there is none.
    let name: LocalizedText?

    init(_ item: SignOff.Item, name: LocalizedText?) { (self.item, self.name) = (item, name) }

    private enum CodingKeys: String, CodingKey { case rule, name, field }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(item.rule, forKey: .rule)
        try values.encodeIfPresent(name, forKey: .name)
        try values.encode(item.field, forKey: .field)
    }
}

/// One correction of the form: when it came and which fields it changed. The values are left out.
private struct CorrectionBody: Encodable {
    var createdAt: String
    var fields: [String]

    init(_ correction: FieldCorrection) { (createdAt, fields) = (correction.createdAt, correction.fields) }
}

/// `clipcheck.reports/1`: one page of an entry's reports, newest first.
struct ReportListBody: Encodable {
    private let page: ReportPage

    init(_ page: ReportPage) { self.page = page }

    private enum CodingKeys: String, CodingKey { case schema, reports, nextCursor }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode("clipcheck.reports/1", forKey: .schema)
        try values.encode(page.reports, forKey: .reports)
        try values.encode(page.nextCursor, forKey: .nextCursor)
    }
}

/// `clipcheck.entries/1`: one page of entries.
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

        private enum CodingKeys: String, CodingKey {
            case id, createdAt, contest, title, category, region, media, verdict, standing, mustLookAgain, check
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(entry.id, forKey: .id)
            try values.encode(entry.createdAt, forKey: .createdAt)
            try values.encode(entry.contest, forKey: .contest)
            try values.encode(entry.title, forKey: .title)
            try values.encode(entry.category, forKey: .category)
            try values.encode(entry.region, forKey: .region)
            try values.encode(entry.media, forKey: .media)
            try values.encode(entry.verdict, forKey: .verdict)
            try values.encode(entry.standing, forKey: .standing)
            try values.encode(entry.mustLookAgain, forKey: .mustLookAgain)
            try values.encode(entry.check.map { "/v1/entries/\(entry.id)/checks/\($0)" }, forKey: .check)
        }
    }
}
