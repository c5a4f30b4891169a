public import ContestRules
public import MediaFacts

/// A change of an entry. `EntryKeeping.apply(_:)` carries it out in one transaction.
public struct EntryChange: Sendable {
    /// Id of the entry; for an arrival, the id that a new entry gets.
    public var entry: String
    /// Time of the change.
    public var at: Moment
    /// The event.
    public var event: Event
    /// The contest that judges the submission after the change; nil leaves its findings as they are.
    public var rules: Contest?
    /// The request behind the change, if it has an `Idempotency-Key`. Its stored answer is the entry after the change.
    public var request: IdempotentRequest?
    /// Value of `traceparent` for the webhooks of the change; nil when it continues no trace.
    public var traceparent: String?

    /// Describes a change.
    public init(
        entry: String, at moment: Moment, _ event: Event, rules: Contest? = nil, request: IdempotentRequest? = nil,
        traceparent: String? = nil
    ) {
        self.entry = entry
        at = moment
        self.event = event
        self.rules = rules
        self.request = request
        self.traceparent = traceparent
    }

    /// The kinds of events.
    public enum Event: Sendable {
        /// A work arrived. If an entry of the contest has the same `place`, the work is that entry's next version.
        case arrived(Arrival)
        /// The entry's media was attached or replaced.
        case mediaReplaced(NewMedia)
        /// The media that the entry holds was checked again, or for the first time.
        case checked(Report)
        /// A content check ended with its report and the stills that the report names.
        case completed(check: String, Report, showing: [Still])
        /// The form was corrected. The value has all fields of the form, not only the changed ones.
        case corrected([String: String])
        /// A person answered an item.
        case signed(SignOff.Item, SignOff.Answer, who: String, why: String)
        /// The entry was withdrawn.
        case deleted
    }

    /// A work that arrives.
    public struct Arrival: Sendable {
        /// Form fields, as sent.
        public var fields: [String: String]
        /// The media; nil for a form that is sent before its file.
        public var media: NewMedia?
        /// File name that the form announces for media that is still to come; nil when none is announced.
        public var filename: String?
        /// Id of the principal that submits the work; nil when no key was needed.
        public var owner: String?
        /// The file's absolute path in `check --store`, percent-encoded; nil over HTTP.
        public var place: String?
        /// Id of the upload in several requests that brought the media; nil for media in a single request.
        public var upload: String?

        /// Describes an arrival.
        public init(
            fields: [String: String], media: NewMedia?, filename: String? = nil, owner: String? = nil,
            place: String? = nil, upload: String? = nil
        ) {
            self.fields = fields
            self.media = media
            self.filename = filename
            self.owner = owner
            self.place = place
            self.upload = upload
        }
    }

    /// Media that an entry gets.
    public struct NewMedia: Sendable {
        /// The file, received whole.
        public var staged: StagedMedia
        /// The file's name as sent, unmasked; nil keeps the name of the entry's media.
        public var filename: String?
        /// Time at which the last byte arrived.
        public var received: Moment
        /// The report on the file; nil when it is still to be checked.
        public var report: Report?
        /// The stills that the report names.
        public var stills: [Still]

        /// Describes media.
        public init(
            _ staged: StagedMedia, named filename: String?, received: Moment, report: Report?, stills: [Still] = []
        ) {
            self.staged = staged
            self.filename = filename
            self.received = received
            self.report = report
            self.stills = stills
        }
    }

    /// The new media of the entry; nil when the change does not replace media.
    public var newMedia: NewMedia? {
        switch event {
        case .arrived(let arrival): arrival.media
        case .mediaReplaced(let media): media
        case .checked, .completed, .corrected, .signed, .deleted: nil
        }
    }

    /// The stills that the change's report names.
    public var stills: [Still] {
        if case .completed(_, _, let stills) = event { stills } else { newMedia?.stills ?? [] }
    }

    /// The change with `transform` of the report that it brings; without a report, the change as it is.
    func mapReport(_ transform: (Report) throws(IntakeError) -> Report) throws(IntakeError) -> EntryChange {
        var change = self
        switch event {
        case .arrived(var arrival):
            try arrival.media?.mapReport(transform)
            change.event = .arrived(arrival)
        case .mediaReplaced(var media):
            try media.mapReport(transform)
            change.event = .mediaReplaced(media)
        case .checked(let report): change.event = .checked(try transform(report))
        case .completed(let check, let report, let stills):
            change.event = .completed(check: check, try transform(report), showing: stills)
        case .corrected, .signed, .deleted: break
        }
        return change
    }
}

extension EntryChange.NewMedia {
    fileprivate mutating func mapReport(
        _ transform: (Report) throws(IntakeError) -> Report
    ) throws(IntakeError) {
        guard let report else { return }
        self.report = try transform(report)
    }
}
