/// The machine could not read an attachment; bytes that make no sense are facts, never this error.
public struct AttachmentReadingError: Error, Sendable, Hashable {
    /// The error of pread(2).
    public var code: Int32

    /// Makes the error of a system call.
    public init(code: Int32) { self.code = code }
}
