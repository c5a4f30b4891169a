internal import CFFmpeg

/// A failed libav call.
struct FFmpegError: Error {
    /// The C function.
    let call: String
    /// Its result, a negative AVERROR.
    let code: CInt
}

/// Passes `code` through when zero or positive (libav's success convention), otherwise throws it.
@discardableResult
func check(_ call: String, _ code: CInt) throws(FFmpegError) -> CInt {
    guard code >= 0 else { throw FFmpegError(call: call, code: code) }
    return code
}

/// Passes an allocated object through, otherwise throws "no memory".
func allocated<Object>(_ call: String, _ object: Object?) throws(FFmpegError) -> Object {
    guard let object else { throw FFmpegError(call: call, code: CInt(cff_error_no_memory)) }
    return object
}
