import Foundation
import TestSupport
import Testing

@Suite("The start on a full disk", .enabled(if: SmallDisk.canBeMounted, "no small disk can be mounted here"))
struct StartTests {
    /// Runs a shell script in a mount namespace of its own; `$0` is clipcheck and `$1` an empty folder with a disk of 4
    /// MiB.
    private static func onSmallDisk(_ script: String) async throws -> Outcome {
        let folder = try TemporaryFolder()
        return try await Command(
            try #require(Binary.tool("unshare")),
            SmallDisk.unshareFlags + [
                "/bin/sh", "-c", SmallDisk.mount + " && " + script, Binary.path, folder.url.path,
            ],
            in: TestMedia.folder
        ).run()
    }

    private static let fill = "head -c 8m /dev/zero > \"$1/fill\" 2>/dev/null"

    @Test(
        "`serve`, `check --store` and `keys create` exit with 70 and words on a full disk",
        arguments: [
            "serve --port 0", "check 作品.mp4 --contest xian-2024 --depth quick --store", "keys create a --scope read",
        ])
    func newFolder(command: String) async throws {
        let outcome = try await Self.onSmallDisk(
            "{ \(Self.fill); timeout 120 \"$0\" \(command) --data \"$1/data\" --lang en; }")
        #expect(outcome.code == 70, "\(outcome.errorText)")
        #expect(outcome.errorText.contains("is full, so clipcheck cannot start"), "\(outcome.errorText)")
    }

    @Test("A data folder whose disk is full at the start is sound afterwards, and used again once there is room")
    func knownFolder() async throws {
        let outcome = try await Self.onSmallDisk(
            """
            {
            "$0" keys create a --scope read --data "$1/data" >/dev/null 2>&1 || exit 90
            \(Self.fill)
            timeout 120 "$0" keys create b --scope read --data "$1/data" --lang en >&2; echo "full $?"
            timeout 120 "$0" check empty.mp4 --contest xian-2024 --store --data "$1/data" --lang en >&2; echo "full $?"
            rm "$1/fill"
            "$0" db check --data "$1/data" >&2; echo "sound $?"
            "$0" keys create c --scope read --data "$1/data" >/dev/null 2>&1; echo "again $?"
            "$0" keys list --data "$1/data" | wc -l
            }
            """)
        #expect(outcome.lines == ["full 70", "full 70", "sound 0", "again 0", "2"], "\(outcome.errorText)")
        let words = outcome.errorText.matches(of: /is full, so clipcheck cannot start/)
        #expect(words.count == 2, "\(outcome.errorText)")
    }
}

/// A disk of 4 MiB, mounted in a namespace of its own.
private enum SmallDisk {
    /// The command of a shell that mounts the disk at `$1`.
    static let mount = "mount -t tmpfs -o size=4m tmpfs \"$1\""
    /// Flags of unshare(1): a user who is not root gets a user namespace as well.
    static let unshareFlags = [geteuid() == 0 ? "-m" : "-Urm"]

    /// Whether this machine lets the tests mount the disk.
    static let canBeMounted: Bool = {
        guard let unshare = Binary.tool("unshare"), let sink = FileHandle(forWritingAtPath: "/dev/null") else {
            return false
        }
        let process = try? ChildProcess(
            unshare, unshareFlags + ["/bin/sh", "-c", mount, "sh", "/mnt"],
            environment: ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin"], output: sink.fileDescriptor,
            errors: sink.fileDescriptor)
        return process?.wait() == .exited(0)
    }()
}
