internal import MediaFacts

/// A JSON object with the additional key `notes` for the client. Notes are not stored.
struct NotedBody<Body: Encodable>: Encodable {
    let body: Body
    /// Notes about the request; when empty, the key is left out.
    let notes: [LocalizedText]

    private enum CodingKeys: String, CodingKey { case notes }

    func encode(to encoder: any Encoder) throws {
        try body.encode(to: encoder)
        guard !notes.isEmpty else { return }
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(notes, forKey: .notes)
    }
}
