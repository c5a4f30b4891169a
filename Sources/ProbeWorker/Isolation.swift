internal import CLockdown

/// The level at which workers are locked down.
public enum Isolation: String, Sendable, Hashable, CaseIterable {
    /// Landlock and seccomp: a worker can open no file and no socket, and start no program.
    case full
    /// seccomp without Landlock (Linux before 5.13, or a container that refuses Landlock): the same calls are refused,
    /// but by one layer instead of two.
    case withoutLandlock = "without-landlock"
    /// A separate process with resource limits only (containers that forbid seccomp).
    case none

    /// The best level that the kernel reports. `ProbeWorker` tries the level on a clip of its own before it relies on
    /// it.
    public static var available: Isolation {
        let layers = cld_available_layers()
        guard layers & CInt(CLD_SECCOMP) != 0 else { return .none }
        return layers & CInt(CLD_LANDLOCK) != 0 ? .full : .withoutLandlock
    }

    /// The layers of this level, as bits of `CLockdown`.
    var layers: UInt32 {
        switch self {
        case .full: UInt32(CLD_LANDLOCK | CLD_SECCOMP)
        case .withoutLandlock: UInt32(CLD_SECCOMP)
        case .none: 0
        }
    }
}
