import EntryIntake
import Foundation
import MediaFacts
import MediaProbe
import ProbeWorker

/// Milliseconds of CPU that may be spent on isolation for one file.
let limit = 4.0
/// Files in one turn, and turns of each kind.
let (filesInTurn, turns) = (60, 11)

/// CPU milliseconds of this process with all its threads. Source: clock_gettime(2).
func ownMilliseconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) * 1000 + Double(now.tv_nsec) / 1e6
}

/// CPU milliseconds of this process's children with the children that they have waited for. In clock ticks of 10 ms: to
/// be read over many files only. Source: proc(5), fields 14 to 17 of `stat`.
func childrensMilliseconds() -> Double {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    let tick = 1000 / Double(sysconf(Int32(_SC_CLK_TCK)))
    return names.filter { Int32($0) != nil }.reduce(0) { total, name in
        let stat = FileManager.default.contents(atPath: "/proc/\(name)/stat").map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let stat, let end = stat.lastIndex(of: ")") else { return total }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 14, Int32(fields[1]) == getpid() else { return total }
        return total + fields[11...14].compactMap { Double($0) }.reduce(0, +) * tick
    }
}

/// The median of an odd number of figures.
func median(_ figures: [Double]) -> Double { figures.sorted()[figures.count / 2] }

/// CPU milliseconds for one file through `prober`, all processes together: the parent's, and the others' beside.
func turn(
    _ prober: some MediaProbing, over file: OpenMediaFile, files: Int
) async throws -> (own: Double, children: Double) {
    let start = (own: ownMilliseconds(), children: childrensMilliseconds())
    for _ in 0..<files { _ = try await prober.facts(of: file.media, measuring: Set(Measurement.allCases)) }
    let end = (own: ownMilliseconds(), children: childrensMilliseconds())
    return ((end.own - start.own) / Double(files), (end.children - start.children) / Double(files))
}

/// Measures both and prints one line; false when isolation costs more than it may.
func isIsolationCheap(_ file: OpenMediaFile, executable: String) async throws -> Bool {
    let worker = try ProbeWorker(executable: executable, lanes: 1)
    let prober = InProcessProber(lanes: 1)
    _ = try await turn(prober, over: file, files: filesInTurn)  // warms the caches
    _ = try await turn(worker, over: file, files: filesInTurn)
    var (inProcess, parent, children) = ([Double](), [Double](), [Double]())
    for _ in 0..<turns {
        inProcess.append(try await turn(prober, over: file, files: filesInTurn).own)
        let isolated = try await turn(worker, over: file, files: filesInTurn)
        parent.append(isolated.own)
        children.append(isolated.children)
    }
    let isolated = zip(parent, children).map(+)
    let overhead = median(isolated) - median(inProcess)
    let mean = (isolated.reduce(0, +) - inProcess.reduce(0, +)) / Double(turns)
    print(
        String(
            format: "isolation  in process %.2f ms  worker %.2f ms (parent %.2f, others %.2f)  overhead %.2f ms  "
                + "(mean of %d files %.2f)  limit %.1f  %@", median(inProcess), median(isolated), median(parent),
            median(children), overhead, turns * filesInTurn, mean, limit, overhead <= limit ? "ok" : "OVER"))
    return overhead <= limit
}
