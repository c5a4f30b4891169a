// Compares clipcheck's probe with the C floor on the same files, in one process and one run: medians of the thread's
// CPU time, the two taking turns so that a busy machine slows both.
//
// usage: ProbeSpeed FILE…

import CFloor
import EntryIntake
import Foundation
import MediaFacts
import MediaProbe

/// CPU microseconds of the calling thread that `work` takes.
func cpuTime(_ work: () -> Void) -> Double {
    let start = floor_thread_microseconds()
    work()
    return floor_thread_microseconds() - start
}

/// The median of an odd number of times.
func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

/// One comparison: its name, the largest ratio that is allowed, and both sides.
struct Comparison {
    var name: String
    var limit: Double
    var rounds: Int
    var floor: (String) -> Void
    var ours: (String) -> Void

    /// Prints one line; false when the ratio is over the limit.
    func run(_ path: String) -> Bool {
        var (floors, own): ([Double], [Double]) = ([], [])
        for round in 0..<(rounds + 2) {
            let (a, b) = (cpuTime { floor(path) }, cpuTime { ours(path) })
            guard round >= 2 else { continue }  // the first two warm the caches
            floors.append(a)
            own.append(b)
        }
        let ratio = median(own) / median(floors)
        let name = URL(filePath: path).lastPathComponent
        print(
            name.padding(toLength: 16, withPad: " ", startingAt: 0),
            self.name.padding(toLength: 10, withPad: " ", startingAt: 0),
            String(
                format: "floor %9.1f µs  clipcheck %9.1f µs  ratio %.2f  limit %.1f  %@", median(floors), median(own),
                ratio, limit, ratio <= limit ? "ok" : "OVER"))
        return ratio <= limit
    }
}

let prober = InProcessProber()

/// Reads a file as a check does: opened, measured, closed.
func probe(_ path: String, whole: Bool) {
    guard let file = try? OpenMediaFile(path: path),
        (try? prober.readFacts(of: file.media, measuring: whole ? [.header, .packets] : [.header])) != nil
    else { fatalError("cannot read \(path)") }
}

let comparisons = [
    Comparison(
        name: "header", limit: 1.5, rounds: 101, floor: { _ = floor_header($0) }, ours: { probe($0, whole: false) }),
    Comparison(name: "walk", limit: 1.2, rounds: 15, floor: { _ = floor_walk($0) }, ours: { probe($0, whole: true) }),
]
let results = CommandLine.arguments.dropFirst().flatMap { path in comparisons.map { $0.run(path) } }
exit(results.allSatisfy(\.self) ? 0 : 1)
