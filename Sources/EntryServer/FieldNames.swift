internal import HTTPTypes

/// Names of header fields that HTTPTypes does not define.
extension HTTPField.Name {
    /// The field name `name`, which must be valid; an invalid one ends the process.
    static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("not a field name") }
        return name
    }

    /// A client's key for a request that it may repeat. Source: the IETF's draft "The Idempotency-Key HTTP Header
    /// Field", §2.
    static let idempotencyKey = known("Idempotency-Key")
    /// `true` on an answer that repeats the one to an earlier request with the same `Idempotency-Key`.
    static let idempotencyReplayed = known("Idempotency-Replayed")
    /// The scheme with which the client reached a proxy.
    static let forwardedProto = known("X-Forwarded-Proto")
    /// Id of the last event that a browser received. Source: HTML, section 9.2.
    static let lastEventID = known("Last-Event-ID")
    /// Seconds after which a browser reloads the page. Source: HTML, section 7.7.
    static let refresh = known("Refresh")
    /// The verdict on the entry that an upload has become, or `pending`.
    static let clipcheckVerdict = known("Clipcheck-Verdict")

    /// The library that sent a request, as scripts name it, like `XMLHttpRequest`.
    static let requestedWith = known("X-Requested-With")
    /// The id of a request: the client's own, as tus-js-client sends it, or the service's.
    static let requestID = known("X-Request-ID")

    // Source: tus 1.0.0.
    static let tusResumable = known("Tus-Resumable")
    static let tusVersion = known("Tus-Version")
    static let tusExtension = known("Tus-Extension")
    static let tusMaxSize = known("Tus-Max-Size")
    static let tusChecksumAlgorithm = known("Tus-Checksum-Algorithm")
    static let uploadLength = known("Upload-Length")
    static let uploadOffset = known("Upload-Offset")
    static let uploadMetadata = known("Upload-Metadata")
    static let uploadChecksum = known("Upload-Checksum")
    static let uploadExpires = known("Upload-Expires")
    static let uploadDeferLength = known("Upload-Defer-Length")
    static let methodOverride = known("X-HTTP-Method-Override")
}
