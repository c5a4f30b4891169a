/// The kinds and keys of `clipcheck.contest/1`.
///
/// The schema is closed, so that every program that reads it reads every file of it. Nothing is added here: a kind or a key
/// that is not listed belongs to `clipcheck.contest/2`.
enum FirstSchema {
    /// Keys of the file.
    static let file: Set = ["schema", "id", "revision", "name", "source", "window", "categories", "rules", "quotas"]

    /// Keys of a form's field.
    static let formField: Set = [
        "name", "label", "required", "kind", "personal", "max", "choices", "others", "tolerance",
    ]

    /// Kinds of a form's fields.
    static let fieldKinds: Set = ["text", "phone", "email", "choice", "duration"]

    /// Names that works are counted by.
    static let groupings: Set = ["region", "category"]

    /// Keys of a quota.
    static let quota: Set = ["id", "by", "min", "max", "groups", "clause"]

    /// Whether the schema has rules of `kind`.
    static func has(kind: String) -> Bool { parameters[kind] != nil }

    /// Keys of a rule of `kind`; those that every rule has for a kind that the schema lacks.
    static func rule(kind: String) -> Set<String> { commonKeys.union(parameters[kind] ?? []) }

    private static let commonKeys: Set = ["id", "kind", "level", "clause", "decision"]

    private static let parameters: [String: Set<String>] = [
        "readable": [], "has-video": [], "has-audio": [], "upright": [], "true-length": ["tolerance"],
        "complete-file": [], "duration": ["min", "max", "tolerance"], "aspect-ratio": ["allowed", "tolerance"],
        "resolution": ["sizes", "min", "turned"], "container": ["allowed", "others"], "file-size": ["min", "max"],
        "frame-rate": ["min", "max", "allowed"], "bit-rate": ["min", "max"], "codec": ["video", "audio", "others"],
        "black": ["longest", "darkness", "area"], "freeze": ["longest", "movement"], "silence": ["longest", "below"],
        "loudness": ["min", "max", "maxTruePeak"], "active-picture": ["allowed", "tolerance", "others", "darkness"],
        "decodable": ["depth"], "person": ["createdIn", "evidence"], "form": ["fields"], "window": [],
        "unique-media": [], "file-name": [],
    ]
}
