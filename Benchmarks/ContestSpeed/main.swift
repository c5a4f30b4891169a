// Measures what contests cost: loading 1,000 contest files, and judging one file by a contest of 60 rules. Medians of the
// thread's CPU time.
//
// usage: ContestSpeed

import ContestRules
import Foundation
import MediaFacts
import TestSupport

/// CPU seconds of the calling thread that `work` takes.
func cpuTime(_ work: () -> Void) -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    work()
    return now() - start
}

/// The median of `rounds` measurements; the first two warm the caches and do not count.
func median(_ rounds: Int, _ work: () -> Void) -> Double {
    let times = (0..<(rounds + 2)).map { _ in cpuTime(work) }.dropFirst(2).sorted()
    return times[times.count / 2]
}

/// Prints one figure; false when it is over the limit.
func report(_ name: String, _ milliseconds: Double, limit: Double) -> Bool {
    let mark = milliseconds < limit ? "ok" : "OVER"
    print(
        name.padding(toLength: 32, withPad: " ", startingAt: 0),
        String(format: "%10.3f ms  limit %7.1f  %@", milliseconds, limit, mark))
    return milliseconds < limit
}

let texts = BuiltInContests.withDemonstration.compactMap { BuiltInContests.text($0.id) }

/// Loads 1,000 files, the built-in ones in turn.
func load() {
    for index in 0..<1000 {
        guard (try? ContestFile.load(texts[index % texts.count], file: "bench.yaml")) != nil else {
            fatalError("a built-in contest does not load")
        }
    }
}

/// A contest of 60 measured rules: the ten general ones, and fifty of kinds that need no decoding.
let rules = (0..<50).map { index in
    [
        "{id: r\(index), kind: duration, level: required, clause: 原文, min: \(index)s, max: 9m, tolerance: 500ms}",
        "{id: r\(index), kind: resolution, level: required, clause: 原文, min: 1280x720, turned: review}",
        "{id: r\(index), kind: container, level: required, clause: 原文, allowed: [mp4, mov, mkv]}",
        "{id: r\(index), kind: aspect-ratio, level: required, clause: 原文, allowed: [\"16:9\", \"4:3\"]}",
        "{id: r\(index), kind: bit-rate, level: required, clause: 原文, min: \(index + 1)kbit/s}",
        "{id: r\(index), kind: codec, level: required, clause: 原文, video: [h264, hevc], audio: [aac]}",
    ][index % 6]
}
let text = """
    schema: clipcheck.contest/2
    id: bench
    revision: 1
    name: {zh: 测速, en: Benchmark}
    source: {document: 测字, issued: 2026-01-02}
    rules:
      - \(rules.joined(separator: "\n  - "))
    """
let contest = try ContestFile.load(text, file: "bench.yaml")
let outcome = ProbeOutcome.facts(.sample())
let judging = median(101) { for _ in 0..<100 { _ = contest.findings(for: outcome) } } / 100
let loading = median(5, load)
let areKept = [
    report("judging by \(contest.rules.count) rules", judging * 1000, limit: 1),
    report("loading 1,000 contest files", loading * 1000, limit: 1000),
]
exit(areKept.allSatisfy(\.self) ? 0 : 1)
