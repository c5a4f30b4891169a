public import ContestRules
public import MediaFacts

/// An event in the life of an entry. `EntryKeeping.apply(_:)` carries it out in one transaction.
public struct EntryChange: Sendable {
    /// Id of the entry; for an arrival, the id that a new entry gets.
    public var entry: String
    /// When it happens.
    public var at: Moment
    /// The event.
    public var event: Event
    /// The rules that the submission is judged by once the change is made; nil leaves its findings as they are.
    public var rules: Contest?
    /// The request that asked for it, when it has an `Idempotency-Key`: the entry as it then stands is its kept answer.
    public var request: IdempotentRequest?

    /// Describes a change.
    public init(
        entry: String, at moment: Moment, _ event: Event, rules: Contest? = nil, request: IdempotentRequest? = nil
    ) {
        self.entry = entry
        at = moment
        self.event = event
        self.rules = rules
        self.request = request
    }

    /// The kinds of events.
    public enum Event: Sendable {
        /// A work arrived. With a `place` where an entry of the contest came from before, it is that entry's next version.
        case arrived(Arrival)
        /// The entry's media was attached or replaced.
        case mediaReplaced(NewMedia)
        /// The media that the entry holds was checked again, or for the first time.
        case checked(Report)
        /// A content check ended with its report and the pictures that the report names.
        case completed(check: String, Report, showing: [Still])
        /// The form was corrected: these are all of its fields now.
        case corrected([String: String])
        /// A person answered.
        case signed(SignOff.Item, SignOff.Answer, who: String, why: String)
        /// The entry was withdrawn.
        case deleted
    }

    /// A work that arrives.
    public struct Arrival: Sendable {
        /// The form as sent.
        public var fields: [String: String]
        /// The media; nil for a form that comes before its file.
        public var media: NewMedia?
        /// Name of the file that the form announces, where the media is still to come; nil when none is announced.
        public var filename: String?
        /// Id of the principal that submits it; nil when nobody had to show a key.
        public var owner: String?
        /// Where `check --store` found the file; nil over HTTP.
        public var place: String?
        /// Id of the upload in several requests that the media came by; nil for any other way.
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
        /// The name it was sent under, with everything in it; nil keeps the name that the entry's media has.
        public var filename: String?
        /// When its last byte arrived.
        public var received: Moment
        /// The report on it; nil when it is still to be checked.
        public var report: Report?
        /// The pictures that the report names.
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

    /// The media that the change brings; nil when it brings none.
    public var newMedia: NewMedia? {
        switch event {
        case .arrived(let arrival): arrival.media
        case .mediaReplaced(let media): media
        case .checked, .completed, .corrected, .signed, .deleted: nil
        }
    }

    /// The pictures that the change's report names.
    public var stills: [Still] {
        if case .completed(_, _, let stills) = event { stills } else { newMedia?.stills ?? [] }
    }
}
