/// A receiver that discards every time.
public struct NoTiming: WorkTiming {
    /// Discards every time.
    public init() {}

    /// Discards the time.
    public func ended(_ phase: WorkPhase, after time: Duration) {}

    /// Discards the time.
    public func ended(_ access: DatabaseAccess, after time: Duration) {}
}
