import Foundation

/// Searches folders once a second and has each file checked that has stayed unchanged for `settle`. The folders are
/// polled because network shares send no notice of changes.
struct FolderWatch {
    let paths: [PathArgument]
    let search: FileSearch
    /// How long a file must stay unchanged before it is checked.
    let settle: Duration
    let table: ManifestInput?
    let showsContacts: Bool

    /// State of one file: its stamp, since when the stamp is the same, and whether the file was checked with that
    /// stamp.
    private struct Sighting {
        var stamp: FileSearch.Stamp?
        var since: ContinuousClock.Instant
        var isChecked = false
    }

    /// Watches until the task is cancelled. A file that changes after its check is checked again.
    func run(_ session: RunSession) async {
        var seen: [[UInt8]: Sighting] = [:]
        while !Task.isCancelled {
            let (files, now) = (search.files(paths), ContinuousClock.now)
            var next: [[UInt8]: Sighting] = [:]
            for file in files {
                let known = seen[file.bytes].flatMap { $0.stamp == file.stamp ? $0 : nil }
                next[file.bytes] = known ?? Sighting(stamp: file.stamp, since: now)
            }
            seen = next
            let ready = files.filter { file in
                seen[file.bytes].map { !$0.isChecked && now - $0.since >= settle } ?? false
            }
            if !ready.isEmpty {
                session.replaceRows(table?.join(files, showsContacts: showsContacts))
                await session.check(ready)
                for file in ready { seen[file.bytes]?.isChecked = true }
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
