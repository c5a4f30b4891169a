// Measures what a process of its own for each file costs: CPU time of parent, zygote and workers together, less the CPU
// time of reading the same file in this process. Both in one run, in turns of 60 files; medians over the turns.
//
// usage: IsolationOverhead FILE

import EntryIntake
import Foundation
import ProbeWorker

// It is its own zygote, as clipcheck is. Before anything starts a thread.
if CommandLine.arguments.dropFirst().first == ZygoteProcess.argument { ZygoteProcess.run() }

guard let path = CommandLine.arguments.dropFirst().first, let file = try? OpenMediaFile(path: path) else {
    fatalError("usage: IsolationOverhead FILE")
}
#if os(Linux)
    let executable = "/proc/self/exe"
#else
    let executable = Bundle.main.executablePath ?? CommandLine.arguments[0]
#endif

Task { [file, executable] in
    exit(try await isIsolationCheap(file, executable: executable) ? 0 : 1)
}
dispatchMain()
