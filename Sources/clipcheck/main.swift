import ArgumentParser
import Dispatch
import Foundation
import ProbeWorker

// The executable is its own zygote. That must be decided before anything starts a thread: a zygote forks, and a process
// with threads cannot do so safely.
if CommandLine.arguments.dropFirst().first == ZygoteProcess.argument { ZygoteProcess.run() }

// Patterns are matched by character, not by byte. Source: fnmatch(3), setlocale(3).
setlocale(LC_CTYPE, "C.UTF-8")

Task {
    await Clipcheck.main(RawArguments.process.texts)
    exit(0)
}
dispatchMain()
