import ArgumentParser
import Dispatch
import Foundation
import ProbeWorker

// The executable is also the zygote, the process that workers are forked from. This branch must come before anything
// starts a thread, because forking a process with threads is not safe.
if CommandLine.arguments.dropFirst().first == ZygoteProcess.argument { ZygoteProcess.run() }

// This locale makes fnmatch(3) match patterns by character, not by byte. Source: fnmatch(3), setlocale(3).
setlocale(LC_CTYPE, "C.UTF-8")

Task {
    await Clipcheck.main(RawArguments.process.texts)
    exit(0)
}
dispatchMain()
