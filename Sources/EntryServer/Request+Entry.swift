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
        parameters.get("id").map { $0.lowercased() }.flatMap { $0.isLowercaseUUID ? $0 : nil }
    }
}

extension String {
    /// Whether the text is a UUID of RFC 9562 §4 in lower case. A regular expression would be compiled for each request.
    var isLowercaseUUID: Bool {
        let groups = utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.joined().allSatisfy(\.isLowercaseHexadecimal)
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
