/// The known facts about a submission beside its file. Pure values.
public struct Submission: Sendable, Hashable {
    /// The form as sent; a key is a field's name or one of its labels. Nil when no form has been sent yet.
    public var fields: [String: String]?
    /// When the last byte of the media arrived, in milliseconds since 1970-01-01T00:00Z; nil while there is no media.
    public var receivedMilliseconds: Int64?
    /// Name of the file as sent, its last component only; nil when none was sent.
    public var filename: String?
    /// True length of the media; nil when it was not measured or there is no media.
    public var duration: Duration?
    /// Whether media has arrived.
    public var hasMedia: Bool
    /// Number of other entries of the contest that held the same bytes before.
    public var earlierHolders: Int
    /// Number of other entries of the contest that got the same bytes later.
    public var laterHolders: Int
    /// Names of the attachments that have arrived, as the contest lists them; nil when they are not known.
    public var attachments: Set<String>?

    /// What the work declares, with the category from elsewhere than the form; nil takes it from `fields`.
    public var declaration: Declaration?

    /// Makes a submission.
    public init(
        fields: [String: String]? = [:], receivedMilliseconds: Int64? = nil, filename: String? = nil,
        duration: Duration? = nil, hasMedia: Bool = false, earlierHolders: Int = 0, laterHolders: Int = 0,
        attachments: Set<String>? = nil, declaration: Declaration? = nil
    ) {
        self.fields = fields
        self.receivedMilliseconds = receivedMilliseconds
        self.filename = filename
        self.duration = duration
        self.hasMedia = hasMedia
        self.earlierHolders = earlierHolders
        self.laterHolders = laterHolders
        self.declaration = declaration
        self.attachments = attachments
    }
}

extension Contest {
    /// The form that goes with an entry; nil when the contest has none.
    public var form: FormRule? {
        for rule in rules {
            if case .admission(let kind) = rule.kind, let form = kind as? FormRule { return form }
        }
        return nil
    }
}
