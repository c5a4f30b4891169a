import CRelease
import EntryIntake
import EntryStore
import ProbeWorker

/// The text of `clipcheck --version`: the release, the commit and the versions of the libraries that run.
enum VersionText {
    /// One line for the program and one for each library. A fact that is not known has no line.
    static var all: String {
        let commit = clipcheck_commit().map { " (\(String(cString: $0)))" } ?? ""
        let libraries = LinkedLibraries.versions.merging(["sqlite": EntryStore.sqliteVersion]) { $1 }
        let lines = libraries.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return (["clipcheck \(Release.version)\(commit)", "swift \(swift)"] + lines).joined(separator: "\n")
    }

    /// The compiler's language version, as far as conditional compilation tells it.
    private static var swift: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
