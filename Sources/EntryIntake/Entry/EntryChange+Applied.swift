internal import ContestRules
internal import MediaFacts

extension EntryChange {
    /// The entry after the change. A pure function: the keeper reads the entry, applies the change and writes the
    /// result in one transaction, so a change is never computed from an outdated entry.
    ///
    /// - Parameter before: the entry before the change; nil when there is none.
    /// - Throws: `.entryUnknown` without an entry, `.mediaReplaced` for a report on other bytes than the entry holds,
    ///   `.itemUnknown` for an item that is not in `itemsForPeople`, `.storageFailed` for a correction without the
    ///   key to the contacts.
    public func applied(to before: Entry?) throws(IntakeError) -> Entry {
        var entry: Entry
        switch (event, before) {
        case (.arrived(let arrival), nil):
            guard let rules else { throw .storageFailed("an arrival without rules") }
            entry = newEntry(arrival, rules)
        case (.arrived(let arrival), .some(let known)):
            guard let next = try nextVersion(of: known, arrival) else { return known }
            entry = next
        case (_, nil): throw .entryUnknown
        case (_, .some(let known)):
            entry = known
            entry.version += 1
            try change(&entry)
        }
        if let rules {
            entry.dropReportOfOtherScope(rules)
            entry.admission = judged(entry, by: rules, before)
        }
        return entry
    }

    private func change(_ entry: inout Entry) throws(IntakeError) {
        switch event {
        case .mediaReplaced(let media): entry.attach(media, by: rules)
        case .checked(let report), .completed(_, let report, _):
            guard entry.media != nil, entry.media?.sha256 == report.media.sha256 else { throw .mediaReplaced }
            entry.report = report
        case .corrected(let fields): try correct(&entry, fields)
        case .signed(let item, let answer, let who, let why):
            guard entry.itemsForPeople.contains(item) else { throw .itemUnknown }
            entry.signOffs.append(
                SignOff(
                    item: item, answer: answer, who: who, why: why, createdAt: at.text,
                    mediaSHA256: entry.media?.sha256, version: entry.version))
        case .arrived, .deleted: break
        }
    }

    private func newEntry(_ arrival: Arrival, _ contest: Contest) -> Entry {
        let personal = arrival.fields.filter { contest.isPersonal($0.key) }
        var entry = Entry(
            id: self.entry, createdAt: at.text, contest: contest.id, owner: arrival.owner, place: arrival.place,
            fields: arrival.fields.filter { personal[$0.key] == nil }, contacts: Contacts(fields: personal))
        entry.setFilename(arrival.filename, by: contest)
        if let media = arrival.media { entry.attach(media, by: rules) }
        return entry
    }

    /// The entry after its work arrived again from the same place; nil when media and form are the same.
    private func nextVersion(of known: Entry, _ arrival: Arrival) throws(IntakeError) -> Entry? {
        var entry = known
        entry.version += 1
        if !arrival.fields.isEmpty { try correct(&entry, arrival.fields) }
        let bringsNewMedia = arrival.media.map { $0.staged.media.sha256 != known.media?.sha256 } ?? false
        if bringsNewMedia, let media = arrival.media { entry.attach(media, by: rules) }
        return bringsNewMedia || entry.corrections != known.corrections ? entry : nil
    }

    /// Replaces the form and records the changed fields.
    ///
    /// - Throws: `.storageFailed` when the key to the contacts is not available, so that fields cannot be compared.
    private func correct(_ entry: inout Entry, _ fields: [String: String]) throws(IntakeError) {
        guard let contest = rules, let contacts = entry.contacts else { throw .storageFailed("no key to the contacts") }
        let before = entry.fields.merging(contacts.fields) { own, _ in own }
        let changed = Set(before.keys).union(fields.keys).filter { before[$0] != fields[$0] }
        guard !changed.isEmpty else { return }
        let names = Set(changed.map { contest.form?.field($0)?.name ?? $0 })
        entry.corrections.append(
            FieldCorrection(
                createdAt: at.text, version: entry.version, fields: names.sorted(),
                before: before.filter { changed.contains($0.key) }))
        let personal = fields.filter { contest.isPersonal($0.key) }
        entry.fields = fields.filter { personal[$0.key] == nil }
        entry.contacts?.fields = personal
    }

    /// The findings about the submission. If they are the same as before, the earlier ones stay with their time.
    private func judged(_ entry: Entry, by contest: Contest, _ before: Entry?) -> Admission? {
        let admission = Admission.of(entry, by: contest, at: at)
        guard var old = before?.admission, let admission else { return admission }
        old.createdAt = admission.createdAt
        return old == admission ? before?.admission : admission
    }
}

extension Entry {
    /// Replaces the media of the entry. If the bytes are the same, the report stays unless `new` has one.
    fileprivate mutating func attach(_ new: EntryChange.NewMedia, by contest: Contest?) {
        let isSame = media?.sha256 != nil && media?.sha256 == new.staged.media.sha256
        let name = new.filename ?? contacts?.filename ?? media?.filename
        media = new.staged.media
        setFilename(name, by: contest)
        received = new.received
        if new.report != nil || !isSame { report = new.report }
    }

    /// Sets the file's name: masked in `media`, and in full in `contacts` if a part of it is personal.
    fileprivate mutating func setFilename(_ name: String?, by contest: Contest?) {
        let shown = name.map { PersonalText.maskingFilename($0, by: contest?.fileNamePattern) }
        contacts?.filename = shown == name ? nil : name
        media?.filename = shown
    }
}
