import EntryIntake
import EntryServer

/// The settings of `clipcheck serve`, read from flags and environment before anything is opened or started.
struct ServePlan {
    var server: ServerSettings
    var storage: StorageLimits
    /// How long an unfinished upload is kept after its last byte.
    var uploadLifetime: Duration
    /// Time for requests under way after SIGTERM or SIGINT.
    var shutdownTime: Duration
    /// Files that are read at once; nil means one for every core.
    var jobs: Int?
    /// Checks that may wait for a place.
    var mostWaiting: Int
}
