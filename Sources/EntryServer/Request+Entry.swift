internal import EntryIntake
internal import Hummingbird

extension RequestContext {
    /// The `{id}` in an entry's address, in lower case.
    ///
    /// - Throws: `entryUnknown` when it is no UUID.
    func id() throws -> String {
        guard let id = uuid() else { throw IntakeError.entryUnknown }
        return id
    }

    /// The `{id}` in an upload's address, in lower case.
    ///
    /// - Throws: `uploadUnknown` when it is no UUID.
    func uploadID() throws -> String {
        guard let id = uuid() else { throw IntakeError.uploadUnknown }
        return id
    }

    private func uuid() -> String? {
        let id = parameters.get("id")?.lowercased()
        return id?.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) == nil ? nil : id
    }
}

extension Request {
    /// Whether `Accept` names `text/html`, and no JSON type before it, as browsers do. Quality values are ignored.
    var prefersHTML: Bool {
        let types = (headers[.accept] ?? "").lowercased().split(separator: ",").map { $0.prefix { $0 != ";" } }
        let first = types.first { $0.contains("text/html") || $0.contains("json") }
        return first?.contains("text/html") ?? false
    }
}
