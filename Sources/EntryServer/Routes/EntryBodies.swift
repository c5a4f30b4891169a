internal import ContestRules
internal import EntryIntake

/// `clipcheck.entry/1`: one entry.
struct EntryBody: Encodable {
    private let entry: Entry

    init(_ entry: Entry) { self.entry = entry }

    private enum CodingKeys: String, CodingKey {
        case schema, id, createdAt, contest, fields, media, standing, report
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(Entry.schema, forKey: .schema)
        try values.encode(entry.id, forKey: .id)
        try values.encode(entry.createdAt, forKey: .createdAt)
        try values.encode(entry.contest, forKey: .contest)
        try values.encode(entry.fields, forKey: .fields)
        try values.encode(entry.media, forKey: .media)
        try values.encode(entry.standing, forKey: .standing)
        try values.encode(entry.report, forKey: .report)
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
            try values.encode(Standing(verdict: entry.verdict), forKey: .standing)
        }
    }
}
