internal import CFFmpeg

/// A failed libav call.
struct FFmpegError: Error {
    /// The C function that failed.
    let call: String
    /// The result of `call`, a negative AVERROR.
    let code: CInt
}

/// Returns `code` when it is zero or positive (libav's convention for success), otherwise throws it.
@discardableResult
func check(_ call: String, _ code: CInt) throws(FFmpegError) -> CInt {
    guard code >= 0 else { throw FFmpegError(call: call, code: code) }
    return code
}

/// Returns an allocated object; throws "no memory" when the allocation returned nil.
func allocated<Object>(_ call: String, _ object: Object?) throws(FFmpegError) -> Object {
    guard let object else { throw FFmpegError(call: call, code: CInt(cff_error_no_memory)) }
    return object
}
