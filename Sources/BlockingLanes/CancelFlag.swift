internal import Synchronization

/// A flag that tells work in progress to stop. The caller raises it when the result is no longer wanted; the working
/// thread reads it.
public final class CancelFlag: Sendable {
    private let state = Atomic<Bool>(false)

    /// Makes a flag that is not raised.
    public init() {}

    /// Raises the flag; a raised flag stays raised.
    public func raise() { state.store(true, ordering: .relaxed) }

    /// Whether the flag has been raised.
    public var isRaised: Bool { state.load(ordering: .relaxed) }
}
