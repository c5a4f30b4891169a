/// The distributed trace that the present task works for.
public enum WorkTrace {
    /// Value of the header `traceparent` for whatever this work calls; nil for work that continues no trace. A task that
    /// is started from this one inherits it.
    ///
    /// Source: W3C Trace Context, level 1, §3.2.
    @TaskLocal public static var traceparent: String?
}
