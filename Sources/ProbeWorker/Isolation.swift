internal import CLockdown

/// How well a worker is locked down on this machine.
public enum Isolation: String, Sendable, Hashable, CaseIterable {
    /// Landlock and seccomp: no file, no socket, no program.
    case full
    /// seccomp without Landlock (Linux before 5.13): the same calls are refused by one layer instead of two.
    case withoutLandlock = "without-landlock"
    /// A process of its own with limits, and nothing else (macOS, containers that forbid seccomp).
    case none

    /// What this kernel offers.
    public static var available: Isolation {
        let layers = cld_available_layers()
        guard layers & CInt(CLD_SECCOMP) != 0 else { return .none }
        return layers & CInt(CLD_LANDLOCK) != 0 ? .full : .withoutLandlock
    }

    /// The layers of this level, as `CLockdown` numbers them.
    var layers: UInt32 {
        switch self {
        case .full: UInt32(CLD_LANDLOCK | CLD_SECCOMP)
        case .withoutLandlock: UInt32(CLD_SECCOMP)
        case .none: 0
        }
    }
}
