internal import Foundation

/// What the process uses, under the names that every Prometheus client uses.
///
/// Source: prometheus.io, "Writing client libraries", "Process metrics"; proc(5).
struct ProcessState {
    /// Seconds of processor time, in the program and in the kernel. Workers are other processes.
    var cpuSeconds: Double
    /// Memory that lies in RAM.
    var residentBytes: Int
    /// Open descriptors.
    var openDescriptors: Int
    /// Descriptors that may be open; nil when there is no limit.
    var mostDescriptors: Int?
    /// Start of the process, in seconds since 1970.
    var startTime: Double

    /// The state now; nil where there is no /proc.
    static var current: ProcessState? {
        #if os(Linux)
            guard let statistics = read("/proc/self/stat"), let kernel = read("/proc/stat"),
                let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
            else { return nil }
            var limit = rlimit()
            let isLimited = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
            return ProcessState(
                statistics: statistics, kernel: kernel, ticks: Double(sysconf(Int32(_SC_CLK_TCK))),
                pageBytes: sysconf(Int32(_SC_PAGESIZE)), openDescriptors: open,
                mostDescriptors: isLimited && limit.rlim_cur != rlim_t.max ? Int(clamping: limit.rlim_cur) : nil)
        #else
            nil
        #endif
    }

    /// Reads the files of the kernel.
    ///
    /// - Parameters:
    ///   - statistics: content of /proc/self/stat. The program's name, which stands in brackets, may have spaces.
    ///   - kernel: content of /proc/stat, whose line `btime` says when the machine started.
    ///   - ticks: units of time in a second.
    ///   - pageBytes: bytes in a page of memory.
    /// - Returns: nil when a number is missing.
    init?(
        statistics: String, kernel: String, ticks: Double, pageBytes: Int, openDescriptors: Int, mostDescriptors: Int?
    ) {
        guard let end = statistics.lastIndex(of: ")") else { return nil }
        // The first field after the name is number 3 of proc(5).
        let fields = statistics[end...].split(separator: " ").dropFirst().map(String.init)
        let boot = kernel.split(separator: "\n").first { $0.hasPrefix("btime ") }
        guard fields.count > 21, let user = Double(fields[11]), let system = Double(fields[12]),
            let start = Double(fields[19]), let pages = Int(fields[21]),
            let bootTime = boot.flatMap({ Double($0.dropFirst("btime ".count)) })
        else { return nil }
        cpuSeconds = (user + system) / ticks
        residentBytes = pages * pageBytes
        startTime = bootTime + start / ticks
        (self.openDescriptors, self.mostDescriptors) = (openDescriptors, mostDescriptors)
    }

    private static func read(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    /// Adds the state to `text`.
    func write(to text: inout PrometheusText) {
        let metrics: [(String, String, String, Double?)] = [
            ("process_cpu_seconds_total", "counter", "Processor time of the service, without its workers.", cpuSeconds),
            ("process_max_fds", "gauge", "Descriptors that may be open.", mostDescriptors.map(Double.init)),
            ("process_open_fds", "gauge", "Open descriptors.", Double(openDescriptors)),
            ("process_resident_memory_bytes", "gauge", "Memory of the service in RAM.", Double(residentBytes)),
            ("process_start_time_seconds", "gauge", "Start of the service, in seconds since 1970.", startTime),
        ]
        for (name, type, help, value) in metrics {
            text.add(name, type, help, value.map { [PrometheusText.Sample(value: $0)] } ?? [])
        }
    }
}
