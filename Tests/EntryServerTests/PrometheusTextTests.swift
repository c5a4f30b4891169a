import Foundation
import Hummingbird
import TestSupport
import Testing

@testable import EntryServer

@Suite("The metrics")
struct PrometheusTextTests {
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
                        try #require(match.3 == "counter" || match.3 == "gauge", "\(line)")
                        try #require(types.updateValue(String(match.3), forKey: name) == nil, "\(line)")
                    }
                    continue
                }
                let label = #"[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\n"])*""#
                let sample = try Regex<(Substring, Substring, Substring?, Substring)>(
                    #"([a-zA-Z_:][a-zA-Z0-9_:]*)(\{\#(label)(?:,\#(label))*\})? (\S+)"#)
                let match = try #require(line.wholeMatch(of: sample), "\(line)")
                try #require(match.output.1 == current && types[current] != nil, "\(line) stands under \(current)")
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
            ("clipcheck_checks_waiting", 0), ("clipcheck_open_uploads", 0),
        ] {
            #expect(metrics.samples[name] == Double(value), "\(name)")
            #expect(metrics.types[name] == "gauge", "\(name)")
        }
        #expect(metrics.samples["clipcheck_free_disk_bytes"] ?? 0 > 1000)
        #expect(metrics.samples[#"clipcheck_reports_total{verdict="non-compliant"}"#] == 1)
        #expect(metrics.samples[#"clipcheck_reports_total{verdict="compliant"}"#] == 0)
        #expect(metrics.samples[#"clipcheck_given_up_total{work="content-check"}"#] == 0)
        #expect(metrics.samples[#"clipcheck_background_failures_total{work="tidying"}"#] == 0)
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

    @Test("`PrometheusText` escapes the values of labels")
    func escapes() throws {
        var text = PrometheusText()
        text.add("a_total", .counter, "A.", [([("b", "\"\\\n")], 1.5)])
        text.add("empty", .gauge, "Nothing.", [])
        #expect(text.text == "# HELP a_total A.\n# TYPE a_total counter\na_total{b=\"\\\"\\\\\\n\"} 1.5\n")
        #expect(try Exposition(text.text).samples.count == 1)
    }
}
