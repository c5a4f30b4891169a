internal import BlockingLanes
internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import Synchronization

/// A file being received. Bytes are gathered to one mebibyte, then written and digested, so that memory use is constant.
///
/// Every function except `gather` blocks.
final class PartFile: Sendable {
    /// Number of gathered bytes from which on they are written.
    private static let chunkSize = 1 << 20

    let ticket: String
    private let folder: MediaFolder
    private let mostBytes: Int64
    private let state: Mutex<State>

    private struct State {
        var descriptor: Int32
        var gathered = GatheredPieces()
        /// Number of bytes received, including the gathered ones.
        var bytes: Int64 = 0
        var digest = MediaDigest()
        /// Number of bytes that are synced to the disk, and their digest.
        var synced: (bytes: Int64, digest: MediaDigest) = (0, MediaDigest())
    }

    /// Makes a new file in `folder`.
    init(_ ticket: String, in folder: MediaFolder, mostBytes: Int64) throws(IntakeError) {
        self.folder = folder
        self.ticket = ticket
        self.mostBytes = mostBytes
        let descriptor = open(folder.partPath(ticket), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .disk("open", errno) }
        state = Mutex(State(descriptor: descriptor))
    }

    /// Opens a file to append after its first `start` bytes; drops the bytes beyond.
    ///
    /// - Parameter digest: digest of the first `start` bytes; nil reads them again.
    /// - Throws: `.storageFailed`, also when the file has fewer than `start` bytes.
    init(
        _ ticket: String, in folder: MediaFolder, mostBytes: Int64, goingOnAt start: Int64, digest: MediaDigest?
    ) throws(IntakeError) {
        self.folder = folder
        self.ticket = ticket
        self.mostBytes = mostBytes
        let path = folder.partPath(ticket)
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .disk("open part", errno) }
        do throws(IntakeError) {
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_size >= start else {
                throw .storageFailed("a part is shorter than its record says")
            }
            guard ftruncate(descriptor, off_t(start)) == 0, lseek(descriptor, off_t(start), SEEK_SET) == start else {
                throw .disk("truncate part", errno)
            }
            let digest = if let digest { digest } else { try MediaDigest(of: try OpenMediaFile(path: path)) }
            state = Mutex(State(descriptor: descriptor, bytes: start, digest: digest, synced: (start, digest)))
        } catch {
            Foundation.close(descriptor)
            throw error
        }
    }

    deinit { close() }

    /// Adds bytes to the gathered ones; true when the caller must `flush`.
    ///
    /// - Throws: `.mediaTooLarge` when the file would have more than `mostBytes`.
    func gather(_ bytes: any MediaBytes) throws(IntakeError) -> Bool {
        try state.withLock { state throws(IntakeError) in
            state.bytes += Int64(bytes.count)
            guard state.bytes <= mostBytes else { throw tooLarge }
            state.gathered.append(bytes)
            return state.gathered.count >= Self.chunkSize
        }
    }

    /// Writes and digests the gathered bytes.
    func flush() throws(IntakeError) {
        try state.withLock { state throws(IntakeError) in try Self.flush(&state) }
    }

    /// Writes the gathered bytes and syncs the file to the disk.
    ///
    /// - Returns: size of the file in bytes.
    func sync() throws(IntakeError) -> Int64 {
        try state.withLock { state throws(IntakeError) in
            try Self.flush(&state)
            guard fsync(state.descriptor) == 0 else { throw .disk("fsync", errno) }
            state.synced = (state.bytes, state.digest)
            return state.bytes
        }
    }

    /// Drops all bytes since the last `sync`.
    func rollBack() {
        state.withLock { state in
            state.gathered.removeAll()
            (state.bytes, state.digest) = state.synced
            _ = ftruncate(state.descriptor, off_t(state.bytes))
            _ = lseek(state.descriptor, off_t(state.bytes), SEEK_SET)
        }
    }

    /// Writes the gathered bytes and opens the file for reading.
    ///
    /// - Parameter upload: owner of the file, which the result keeps alive and whose deinitialiser removes the file;
    ///   nil for an upload in several requests.
    func staged(by upload: (any IncomingMedia)?) throws(IntakeError) -> StagedMedia {
        guard state.withLock({ $0.bytes <= mostBytes }) else { throw tooLarge }
        try flush()
        let (bytes, sum) = state.withLock { ($0.bytes, $0.digest.hexadecimal) }
        return StagedMedia(
            file: try OpenMediaFile(path: folder.partPath(ticket)),
            media: MediaReference(filename: nil, bytes: bytes, sha256: sum), ticket: ticket, upload: upload)
    }

    /// Closes the file without removing it.
    ///
    /// - Returns: number of bytes that are synced to the disk, and their digest.
    @discardableResult
    func close() -> (bytes: Int64, digest: MediaDigest) {
        state.withLock { state in
            if state.descriptor >= 0 { Foundation.close(state.descriptor) }
            state.descriptor = -1
            return state.synced
        }
    }

    /// Closes and removes the file.
    func remove() {
        close()
        folder.removePart(ticket)
    }

    private static func flush(_ state: inout State) throws(IntakeError) {
        try state.gathered.write(to: state.descriptor, digest: &state.digest)
    }

    private var tooLarge: IntakeError {
        IntakeError(
            .mediaTooLarge, zh: "文件超过本服务允许的 \(mostBytes) 字节。请降低码率后重新导出。",
            en: "The file has more than the \(mostBytes) bytes that this service takes. Export it at a lower bit rate.")
    }
}

/// A file that arrives in one request. Its deinitialiser removes the received file; an entry keeps the file under its
/// lasting name.
final class IncomingPart: IncomingMedia {
    private let part: PartFile
    private let lanes: BlockingLanes

    init(part: PartFile, lanes: BlockingLanes) {
        self.part = part
        self.lanes = lanes
    }

    deinit { part.remove() }

    func write(_ bytes: any MediaBytes) async throws(IntakeError) {
        guard try part.gather(bytes) else { return }
        try await lanes.run { [part] () throws(IntakeError) in try part.flush() }
    }

    func finish() async throws(IntakeError) -> StagedMedia {
        try await lanes.run { () throws(IntakeError) in
            let staged = try self.part.staged(by: self)
            self.part.close()
            return staged
        }
    }

    func discard() async { await lanes.run { [part] in part.remove() } }
}
