import CoreMetrics
import Testing

@testable import ServiceMetrics

@Suite("MetricRegistry")
struct MetricRegistryTests {
    /// The lines of the registry without those about the process.
    private static func lines(_ registry: MetricRegistry) -> [String] {
        registry.text().split(separator: "\n").map(String.init).filter { !$0.contains("process_") }
    }

    private static func registry() -> MetricRegistry {
        MetricRegistry([
            MetricDeclaration(
                "checks_total", .counter, "Checks.",
                labels: [.list("contest", ["b", "a"]), .list("verdict", ["good", "bad"])]),
            MetricDeclaration("bytes_total", .counter, "Bytes."),
            MetricDeclaration("room_bytes", .gauge, "Room.", labels: [.allowing("disk") { $0.hasPrefix("sd") }]),
            MetricDeclaration(
                "time_seconds", .histogram(bounds: [0.1, 1]), "Time.", labels: [.list("phase", ["read"])]),
        ])
    }

    @Test(
        "`MetricRegistry` writes counters, gauges and histograms sorted by name and labels; listed counters begin at zero"
    )
    func text() {
        let registry = Self.registry()
        Counter(label: "checks_total", dimensions: [("verdict", "bad"), ("contest", "b")], factory: registry)
            .increment(by: 2)
        FloatingPointCounter(label: "bytes_total", factory: registry).increment(by: 0.5)
        Gauge(label: "room_bytes", dimensions: [("disk", "sda")], factory: registry).record(7)
        Meter(label: "room_bytes", dimensions: [("disk", "sdb")], factory: registry).set(8)
        let timer = Timer(label: "time_seconds", dimensions: [("phase", "read")], factory: registry)
        for nanoseconds in [50_000_000, 100_000_000, 100_000_001, 2_000_000_000] as [Int64] {
            timer.recordNanoseconds(nanoseconds)
        }
        #expect(
            Self.lines(registry) == [
                "# HELP bytes_total Bytes.", "# TYPE bytes_total counter", "bytes_total 0.5",
                "# HELP checks_total Checks.", "# TYPE checks_total counter",
                #"checks_total{contest="a",verdict="bad"} 0"#, #"checks_total{contest="a",verdict="good"} 0"#,
                #"checks_total{contest="b",verdict="bad"} 2"#, #"checks_total{contest="b",verdict="good"} 0"#,
                "# HELP room_bytes Room.", "# TYPE room_bytes gauge", #"room_bytes{disk="sda"} 7"#,
                #"room_bytes{disk="sdb"} 8"#, "# HELP time_seconds Time.", "# TYPE time_seconds histogram",
                #"time_seconds_bucket{phase="read",le="0.1"} 2"#, #"time_seconds_bucket{phase="read",le="1"} 3"#,
                #"time_seconds_bucket{phase="read",le="+Inf"} 4"#, #"time_seconds_sum{phase="read"} 2.250000001"#,
                #"time_seconds_count{phase="read"} 4"#,
            ])
    }

    @Test("100,000 values outside the set of a label make one series, `other`")
    func closedLabels() {
        let registry = Self.registry()
        for number in 0..<100_000 {
            let labels = [("contest", "c\(number)"), ("verdict", "v\(number)"), ("extra", "e\(number)")]
            Counter(label: "checks_total", dimensions: labels, factory: registry).increment()
        }
        Gauge(label: "room_bytes", dimensions: [("disk", "\"} 1\nforged 1")], factory: registry).record(1)
        Gauge(label: "room_bytes", factory: registry).record(2)
        let lines = Self.lines(registry)
        #expect(lines.count { $0.hasPrefix("checks_total{") } == 5)
        #expect(lines.contains(#"checks_total{contest="other",verdict="other"} 100000"#))
        #expect(lines.filter { $0.hasPrefix("room_bytes{") } == [#"room_bytes{disk="other"} 2"#])
    }

    @Test("A metric that is not declared, or is declared as another kind, counts nothing")
    func undeclared() {
        let registry = Self.registry()
        Counter(label: "unknown_total", factory: registry).increment()
        Counter(label: "room_bytes", dimensions: [("disk", "sda")], factory: registry).increment()
        Gauge(label: "checks_total", dimensions: [("contest", "a")], factory: registry).record(9)
        Recorder(label: "room_bytes", dimensions: [("disk", "sda")], factory: registry).record(9)
        Timer(label: "bytes_total", factory: registry).recordNanoseconds(9)
        Meter(label: "time_seconds", factory: registry).set(9)
        let lines = Self.lines(registry)
        #expect(!lines.contains { $0.hasPrefix("unknown") || $0.hasPrefix("room_bytes") || $0.hasPrefix("time_") })
        #expect(lines.count { $0.hasPrefix("checks_total{") && $0.hasSuffix(" 0") } == 4)
        #expect(lines.contains("bytes_total 0"))
    }

    @Test("A gauge that was set to NaN has no sample until it is set again")
    func absentGauge() {
        let registry = Self.registry()
        let gauge = Gauge(label: "room_bytes", dimensions: [("disk", "sda")], factory: registry)
        gauge.record(1)
        gauge.record(Double.nan)
        #expect(!Self.lines(registry).contains { $0.hasPrefix("room_bytes{") })
        gauge.record(3)
        #expect(Self.lines(registry).contains(#"room_bytes{disk="sda"} 3"#))
    }

    @Test("Destroying a counter keeps its series, so that the count does not begin again")
    func destroyed() {
        let registry = Self.registry()
        Counter(label: "bytes_total", factory: registry).increment(by: 3)
        Counter(label: "bytes_total", factory: registry).destroy()
        Counter(label: "bytes_total", factory: registry).increment(by: 4)
        #expect(Self.lines(registry).contains("bytes_total 7"))
    }

    @Test("Eight tasks that count and time at once lose nothing")
    func concurrency() async {
        let (registry, tasks, rounds) = (Self.registry(), 8, 10_000)
        await withTaskGroup { group in
            for _ in 0..<tasks {
                group.addTask {
                    let labels = [("contest", "a"), ("verdict", "good")]
                    let counter = Counter(label: "checks_total", dimensions: labels, factory: registry)
                    let timer = Timer(label: "time_seconds", dimensions: [("phase", "read")], factory: registry)
                    for _ in 0..<rounds {
                        counter.increment()
                        timer.recordNanoseconds(500_000_000)
                    }
                }
            }
        }
        let lines = Self.lines(registry)
        #expect(lines.contains(#"checks_total{contest="a",verdict="good"} \#(tasks * rounds)"#))
        #expect(lines.contains(#"time_seconds_count{phase="read"} \#(tasks * rounds)"#))
        #expect(lines.contains(#"time_seconds_sum{phase="read"} \#(tasks * rounds / 2)"#))
    }
}
