internal import Synchronization

/// Raised once when nobody waits for a piece of work any more, and seen by the thread that does it.
public final class CancelFlag: Sendable {
    private let state = Atomic<Bool>(false)

    /// Makes a flag that is not raised.
    public init() {}

    /// Raises the flag.
    public func raise() { state.store(true, ordering: .relaxed) }

    /// Whether the flag is raised.
    public var isRaised: Bool { state.load(ordering: .relaxed) }
}
