extension MultipartParser {
    /// Limits that keep a hostile body from using up memory or time. The parser throws beyond them.
    struct Limits: Hashable, Sendable {
        /// Most bytes of one part's headers, line ends and blank line included.
        var headerBytes = 16 * 1024
        /// Most header lines of one part, continuation lines included.
        var headersPerPart = 32
        /// Most parts of the body.
        var parts = 256
    }
}
