import BlockingLanes
import Foundation

/// Divides the file descriptors of the process between reading files and the connections of `serve`.
struct DescriptorBudget {
    /// Descriptors that the process may have open at once.
    let limit: Int
    /// Descriptors that connections must leave free for everything else.
    let reserved: Int

    /// Upper bound of `defaultConnections`. An idle connection takes about 10 kB of memory.
    private static let usualConnections = 4096

    /// Reserves descriptors for reading `jobs` files at once, out of `limit`.
    init(limit: Int, jobs: Int) {
        self.limit = limit
        let jobs = min(jobs, 1 << 20)
        // A worker takes up to 8: its socket, its file, the pipes of its start. The rest are the database with its
        // journals and readers, the event loops, the log, and connections accepted in one turn of the event loop.
        reserved = 96 + 4 * BlockingLanes.cores + 8 * (jobs + 2 * max(1, jobs / 2))
    }

    /// Most connections that leave the reserved descriptors free. Each connection takes two descriptors: its socket,
    /// and the file that is sent or received on it.
    var mostConnections: Int { max(0, (limit - reserved) / 2) }

    /// Connections that `serve` accepts at once when neither `--connections` nor `CLIPCHECK_CONNECTIONS` is set.
    var defaultConnections: Int { min(Self.usualConnections, mostConnections) }

    /// Raises the soft limit of the process to its hard limit. Source: setrlimit(2), `RLIMIT_NOFILE`.
    ///
    /// - Returns: the descriptors that the process may then open.
    static func raiseLimit() -> Int {
        var limit = current
        #if canImport(Darwin)
            // Darwin refuses more than OPEN_MAX, whatever the hard limit says.
            let wanted = min(limit.rlim_max, rlim_t(OPEN_MAX))
        #else
            let wanted = limit.rlim_max
        #endif
        if wanted > limit.rlim_cur {
            limit.rlim_cur = wanted
            _ = setrlimit(resource, &limit)  // a refusal leaves the soft limit, which `current` then says
        }
        return Int(clamping: current.rlim_cur)
    }

    /// The limits of the process now, soft (`rlim_cur`) and hard (`rlim_max`); 256 for both when the system does not
    /// report them.
    static var current: rlimit {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return rlimit(rlim_cur: 256, rlim_max: 256) }
        return limit
    }

    #if canImport(Darwin)
        private static let resource = RLIMIT_NOFILE
    #else
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #endif
}
