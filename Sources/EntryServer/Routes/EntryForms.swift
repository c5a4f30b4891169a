internal import EntryIntake

/// The body of `POST /v1/entries` as JSON: a form without media.
struct EntryForm: JSONRequestBody {
    var contest: String?
    var fields: [String: String]?

    static let keys: Set = ["contest", "fields"]
    static let example = #"{"contest": "编号 id", "fields": {"字段 name": "值 value"}}"#
    var fieldCount: Int { fields?.count ?? 0 }
}

/// The body of `PUT /v1/entries/{id}/fields`: the corrected form of an entry.
struct FieldsForm: JSONRequestBody {
    var fields: [String: String]

    static let keys: Set = ["fields"]
    static let example = #"{"fields": {"字段 name": "值 value"}}"#
    var fieldCount: Int { fields.count }
}

/// The body of `POST /v1/entries/{id}/signoffs`: a person's answer to an item that needs review.
struct SignOffForm: JSONRequestBody {
    var rule: String
    var field: String?
    var answer: SignOff.Answer
    var who: String
    var why: String?

    static let keys: Set = ["rule", "field", "answer", "who", "why"]
    static let example = #"{"rule": "originality", "answer": "approved", "who": "姓名 name", "why": "理由 reason"}"#
}
