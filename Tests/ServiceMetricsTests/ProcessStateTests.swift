import Testing

@testable import ServiceMetrics

@Suite("ProcessState")
struct ProcessStateTests {
    /// The 24 first fields of /proc/self/stat; 14 is `utime`, 15 `stime`, 22 `starttime`, 24 `rss`. Source: proc(5).
    private static func statistics(name: String = "(clipcheck)") -> String {
        "4711 \(name) S 1 4711 4711 0 -1 4194560 500 0 0 0 250 50 0 0 20 0 9 0 12345 90000000 321"
    }

    private static func state(_ statistics: String, kernel: String = "cpu 1\nbtime 1700000000\n") -> ProcessState? {
        ProcessState(
            statistics: statistics, kernel: kernel, ticks: 100, pageBytes: 4096, openDescriptors: 12,
            mostDescriptors: 1024)
    }

    @Test(
        "`ProcessState` reads /proc/self/stat, whatever the program is called",
        arguments: ["(clipcheck)", "(a b)", "(a) S 9 9)", "())"])
    func fields(name: String) throws {
        let state = try #require(Self.state(Self.statistics(name: name)))
        #expect(state.cpuSeconds == 3)
        #expect(state.residentBytes == 321 * 4096)
        #expect(state.startTime == 1_700_000_123.45)
        var text = PrometheusText()
        state.write(to: &text)
        #expect(text.text.contains("\n# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 3\n"))
        #expect(text.text.contains("\nprocess_open_fds 12\n") && text.text.contains("\nprocess_max_fds 1024\n"))
    }

    @Test("`ProcessState` is nil when a field or the time of the machine's start is missing")
    func missing() {
        #expect(Self.state("") == nil)
        #expect(Self.state("4711 (a) S 1 2 3") == nil)
        #expect(Self.state(Self.statistics(), kernel: "cpu 1\n") == nil)
    }

    #if os(Linux)
        @Test("`ProcessState` of this process has plausible numbers")
        func own() throws {
            let state = try #require(ProcessState.current)
            #expect(state.residentBytes > 1 << 20)
            #expect(state.openDescriptors >= 3)
            #expect(state.startTime > 1_600_000_000)
        }
    #endif
}
