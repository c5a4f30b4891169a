internal import MediaFacts

/// The JSON object of an answer with `notes` to its sender, which are not kept.
struct NotedBody<Body: Encodable>: Encodable {
    let body: Body
    /// Notes to the sender about the request; the key is left out when there is nothing.
    let notes: [LocalizedText]

    private enum CodingKeys: String, CodingKey { case notes }

    func encode(to encoder: any Encoder) throws {
        try body.encode(to: encoder)
        guard !notes.isEmpty else { return }
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(notes, forKey: .notes)
    }
}
