internal import BlockingLanes
internal import ContestRules
public import EntryIntake
internal import Foundation
internal import Synchronization

/// Keeps media files in a folder of this machine.
public final class MediaVaultFolder: MediaVault {
    let folder: MediaFolder
    private let mostBytes: Int64
    private let lanes = BlockingLanes("disk")
    /// Number of holds on each file, by SHA-256. A held file was promoted, but no committed row need name it yet.
    private let holds = Mutex<[String: Int]>([:])

    init(_ folder: MediaFolder, mostBytes: Int64) {
        self.folder = folder
        self.mostBytes = mostBytes
    }

    /// Begins to receive a file of at most `mostBytes`.
    public func stage() async throws(IntakeError) -> any IncomingMedia {
        try await lanes.run { [folder, lanes, mostBytes] () throws(IntakeError) in
            let ticket = UUID().uuidString.lowercased()
            return IncomingPart(part: try PartFile(ticket, in: folder, mostBytes: mostBytes), lanes: lanes)
        }
    }

    /// Gives a received file its lasting name and holds it: `remove(_:)` keeps it until `release(_:isNamed:)`.
    public func promote(_ media: StagedMedia) async throws(IntakeError) {
        guard let sum = media.media.sha256 else { throw .storageFailed("a file without SHA-256") }
        holds.withLock { $0[sum, default: 0] += 1 }
        do throws(IntakeError) {
            try await lanes.run { [folder] () throws(IntakeError) in
                try folder.syncPart(media.ticket)
                try folder.take(media.ticket, as: sum)
            }
        } catch {
            unhold(sum)
            throw error
        }
    }

    /// Ends one hold. When an entry names the kept file (`isNamed`), removes the received file.
    public func release(_ media: StagedMedia, isNamed: Bool) async {
        if let sum = media.media.sha256 { unhold(sum) }
        guard isNamed else { return }
        await lanes.run { [folder] in folder.removePart(media.ticket) }
    }

    /// Opens a kept file for reading; nil when there is none with this SHA-256.
    public func open(_ sha256: String) async throws(IntakeError) -> OpenMediaFile? {
        try await lanes.run { [folder] () throws(IntakeError) in try folder.open(sha256) }
    }

    /// Removes a kept file unless it is held. Blocks. The caller must hold the database's writer and have checked that
    /// no row names the file.
    func remove(_ sha256: String) {
        holds.withLock { holds in
            if holds[sha256] == nil { folder.remove(sha256) }
        }
    }

    private func unhold(_ sum: String) {
        holds.withLock { holds in
            let left = (holds[sum] ?? 1) - 1
            holds[sum] = left > 0 ? left : nil
        }
    }
}
