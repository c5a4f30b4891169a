import EntryIntake
import Foundation
import Hummingbird
import TestSupport
import Testing

@testable import EntryServer

@Suite("`/metrics`")
struct MetricsTests {
    /// Reads the text format 0.0.4 line by line, by its definition. Source: prometheus.io, "Exposition formats".
    private struct Exposition {
        var types: [String: String] = [:]
        var samples: [String: Double] = [:]

        init(_ text: String) throws {
            try #require(text.hasSuffix("\n"), "the last line has no end")
            var (current, finished): (String, Set<String>) = ("", [])
            for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
                if let match = line.wholeMatch(of: /# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)/) {
                    let name = String(match.2)
                    if name != current {
                        try #require(finished.insert(name).inserted, "the lines of \(name) do not stand together")
                        current = name
                    }
                    if match.1 == "TYPE" {
                        try #require(["counter", "gauge", "histogram"].contains(String(match.3)), "\(line)")
                        try #require(types.updateValue(String(match.3), forKey: name) == nil, "\(line)")
                    }
                    continue
                }
                let label = #"[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\n"])*""#
                let sample = try Regex<(Substring, Substring, Substring?, Substring)>(
                    #"([a-zA-Z_:][a-zA-Z0-9_:]*)(\{\#(label)(?:,\#(label))*\})? (\S+)"#)
                let match = try #require(line.wholeMatch(of: sample), "\(line)")
                let isHistogram = types[current] == "histogram"
                let name = isHistogram ? match.output.1.replacing(/_(bucket|sum|count)$/, with: "") : match.output.1
                try #require(name == current && types[current] != nil, "\(line) stands under \(current)")
                let value = try #require(Double(match.output.3), "\(line)")
                try #require(value.isFinite && value >= 0, "\(line)")
                let key = match.output.1 + (match.output.2 ?? "")
                try #require(samples.updateValue(value, forKey: String(key)) == nil, "\(key) stands there twice")
            }
        }
    }

    @Test("`/metrics` follows the text format of Prometheus and has the gauges of the service's state")
    func format() async throws {
        let service = try TestService()
        _ = try await service.submit()
        let metrics = try Exposition(try await service.send(.get, "/metrics").text)
        for (name, value) in [
            ("clipcheck_open_connections", 0), ("clipcheck_connections_limit", 1024), ("clipcheck_checks_running", 0),
            ("clipcheck_checks_waiting", 0), ("clipcheck_open_uploads", 0), ("clipcheck_ready", 1),
            ("clipcheck_backlog_entries", 0), ("clipcheck_webhooks_waiting", 0),
            (#"clipcheck_queue_running{line="front"}"#, 0),
            (#"clipcheck_queue_running_limit{line="front"}"#, 4), (#"clipcheck_queue_waiting{line="front"}"#, 0),
            (#"clipcheck_queue_waiting_limit{line="front"}"#, 64),
            ("clipcheck_build_info{version=\"\(Release.version)\"}", 1),
        ] {
            #expect(metrics.samples[name] == Double(value), "\(name)")
            #expect(metrics.types[String(name.prefix { $0 != "{" })] == "gauge", "\(name)")
        }
        #expect(metrics.samples["clipcheck_free_disk_bytes"] ?? 0 > 1000)
        let reports = #"clipcheck_reports_total{contest="xian-2024",verdict="#
        #expect(metrics.samples[reports + #""non-compliant"}"#] == 1)
        #expect(metrics.samples[reports + #""compliant"}"#] == 0)
        #expect(metrics.samples[#"clipcheck_given_up_total{work="content-check"}"#] == 0)
        #expect(metrics.samples[#"clipcheck_background_failures_total{work="tidying"}"#] == 0)
    }

    @Test("`/metrics` times every phase of a submission once, and the transactions of the database")
    func phases() async throws {
        let service = try TestService(contests: [.content()])
        let form = Form(.field("contest", "content"), .media("a.mp4", Clip.short))
        #expect(try await service.send(.post, "/v1/entries", form: form).status == 201)
        let metrics = try Exposition(try await service.send(.get, "/metrics").text)
        for phase in ["receive", "wait", "probe", "store"] {
            let name = #"clipcheck_phase_duration_seconds_count{phase="\#(phase)"}"#
            #expect(metrics.samples[name] == 1, "\(phase)")
        }
        #expect(metrics.samples[#"clipcheck_phase_duration_seconds_count{phase="decode"}"#] == 0)
        for access in ["read", "write"] {
            let count = metrics.samples[#"clipcheck_database_duration_seconds_count{access="\#(access)"}"#]
            #expect(count ?? 0 >= 1, "\(access)")
        }
    }

    @Test("`/metrics` shows the file that is read and the one that waits behind it")
    func queue() async throws {
        let prober = HeldProber()
        let service = try TestService(prober: prober, running: 1, waiting: 2)
        async let first = service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.short)
        try await prober.waitForProbes(1)
        async let second = service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.short)
        let waiting = #"clipcheck_queue_waiting{line="front"}"#
        var samples: [String: Double] = [:]
        for _ in 0..<3000 where samples[waiting] != 1 {
            samples = try Exposition(try await service.send(.get, "/metrics").text).samples
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(samples[waiting] == 1)
        #expect(samples[#"clipcheck_queue_running{line="front"}"#] == 1)
        #expect(samples[#"clipcheck_queue_waiting_limit{line="front"}"#] == 2)
        prober.release()
        #expect(try await (first.status, second.status) == (200, 200))
    }

    @Test("`/metrics` counts the bytes of request and response bodies, over a socket")
    func bytes() async throws {
        let service = try TestService()
        try await service.listening { port in
            let line = try RawConnection(port: port)
            let head = "POST /v1/checks?contest=xian-2024 HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            try await line.send(Array("\(head)\(Clip.short.count)\r\n\r\n".utf8) + Clip.short)
            let answer = try await line.readAnswer()
            #expect(answer.status == 200)
            // `/metrics` does not count its own answer yet.
            let metrics = try Exposition(service.meter.text())
            #expect(metrics.samples["clipcheck_received_bytes_total"] == Double(Clip.short.count))
            #expect(metrics.samples["clipcheck_sent_bytes_total"] == Double(answer.body.count))
        }
    }

    @Test("Worker deaths count under a closed set of reasons or `other`, and webhooks under their four outcomes")
    func words() throws {
        let meter = ServiceMeter(contests: ["a"], workerEnds: ["crashed", "no-worker"])
        for reason in ["crashed", "crashed", "invented"] { meter.countWorkerDeath(reason: reason) }
        for outcome in [WebhookOutcome.delivered, .dead] { meter.countWebhook(outcome) }
        let samples = try Exposition(meter.text()).samples
        let deaths = samples.filter { $0.key.hasPrefix("clipcheck_worker_deaths_total") }
        #expect(
            deaths == [
                #"clipcheck_worker_deaths_total{reason="crashed"}"#: 2,
                #"clipcheck_worker_deaths_total{reason="no-worker"}"#: 0,
                #"clipcheck_worker_deaths_total{reason="other"}"#: 1,
            ])
        for (outcome, count) in [("delivered", 1), ("retry", 0), ("dead", 1), ("refused", 0)] {
            #expect(samples[#"clipcheck_webhooks_total{outcome="\#(outcome)"}"#] == Double(count), "\(outcome)")
        }
    }

    @Test("`/metrics` counts open uploads and waiting checks")
    func waiting() async throws {
        let service = try TestService(contests: [.content()])
        _ = try await service.beginUpload(9, ["contest": "content"])
        let form = Form(.field("contest", "content"), .media("a.mp4", Clip.short))
        #expect(try await service.send(.post, "/v1/entries", form: form).status == 201)
        let metrics = try Exposition(try await service.send(.get, "/metrics").text)
        #expect(metrics.samples["clipcheck_open_uploads"] == 1)
        #expect(metrics.samples["clipcheck_checks_waiting"] == 1)
    }

    @Test("The labels of the metrics are a closed set: 2,000 invented methods and addresses make two series")
    func closedSet() async throws {
        let service = try TestService()
        for number in 0..<1000 {
            let method = try #require(HTTPRequest.Method("INVENTED\(number)"))
            _ = try await service.send(method, "/nowhere/\(number)")
            _ = try await service.send(.get, "/elsewhere/\(number)")
        }
        let text = try await service.send(.get, "/metrics").text
        let series = try Exposition(text).samples.filter { $0.key.hasPrefix("clipcheck_requests_total") }
        #expect(series.count == 2, "\(series)")
        #expect(series[#"clipcheck_requests_total{method="other",route="unknown",status="404"}"#] == 1000)
    }

    @Test(
        "`X-HTTP-Method-Override` takes the methods of tus only, in capital letters",
        arguments: ["GET", "patch", "X1", ""])
    func override(method: String) async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(9)
        try await service.tus(.post, uri, [.methodOverride: method]).expectProblem(400, "method-override")
        #expect(try await service.tus(.post, uri, [.methodOverride: "DELETE"]).status == 204)
    }
}
