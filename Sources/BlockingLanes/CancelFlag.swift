internal import Synchronization

/// A flag that the caller raises once when the result of some work is no longer wanted, and that the working thread reads.
public final class CancelFlag: Sendable {
    private let state = Atomic<Bool>(false)

    /// Makes a flag that is not raised.
    public init() {}

    /// Raises the flag.
    public func raise() { state.store(true, ordering: .relaxed) }

    /// Whether the flag has been raised.
    public var isRaised: Bool { state.load(ordering: .relaxed) }
}
