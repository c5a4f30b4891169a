internal import BlockingLanes
internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import Synchronization

/// A file being received: written in pieces of one megabyte and digested on the way, in constant memory.
///
/// Everything but `gather` blocks.
final class PartFile: Sendable {
    /// Bytes gathered before they are written.
    private static let pieceSize = 1 << 20

    let ticket: String
    private let folder: MediaFolder
    private let mostBytes: Int64
    private let state: Mutex<State>

    private struct State {
        var descriptor: Int32
        var gathered: [UInt8] = []
        /// Bytes that came, the gathered ones among them.
        var bytes: Int64 = 0
        var digest = MediaDigest()
        /// Bytes that are on the disk to stay, and their digest.
        var synced: (bytes: Int64, digest: MediaDigest) = (0, MediaDigest())
    }

    /// Begins a file in `folder`.
    init(_ ticket: String, in folder: MediaFolder, mostBytes: Int64) throws(IntakeError) {
        self.folder = folder
        self.ticket = ticket
        self.mostBytes = mostBytes
        let descriptor = open(folder.partPath(ticket), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .disk("open", errno) }
        state = Mutex(State(descriptor: descriptor))
    }

    /// Goes on with a file that has `start` bytes; what lies beyond them is dropped.
    ///
    /// - Parameter digest: of these bytes; nil means that they are read again.
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

    /// Takes bytes; true when it is time to `flush`.
    func gather(_ bytes: ArraySlice<UInt8>) throws(IntakeError) -> Bool {
        try state.withLock { state throws(IntakeError) in
            state.bytes += Int64(bytes.count)
            guard state.bytes <= mostBytes else { throw tooLarge }
            state.gathered += bytes
            return state.gathered.count >= Self.pieceSize
        }
    }

    /// Writes what was gathered.
    func flush() throws(IntakeError) {
        try state.withLock { state throws(IntakeError) in try Self.flush(&state) }
    }

    /// Writes everything through to the disk and returns the number of bytes that stay.
    func sync() throws(IntakeError) -> Int64 {
        try state.withLock { state throws(IntakeError) in
            try Self.flush(&state)
            guard fsync(state.descriptor) == 0 else { throw .disk("fsync", errno) }
            state.synced = (state.bytes, state.digest)
            return state.bytes
        }
    }

    /// Forgets everything since the last `sync`.
    func rollBack() {
        state.withLock { state in
            state.gathered = []
            (state.bytes, state.digest) = state.synced
            _ = ftruncate(state.descriptor, off_t(state.bytes))
            _ = lseek(state.descriptor, off_t(state.bytes), SEEK_SET)
        }
    }

    /// Ends the writing and hands the file over.
    ///
    /// - Parameter upload: what removes the file when nobody takes it.
    func staged(by upload: (any IncomingMedia)?) throws(IntakeError) -> StagedMedia {
        guard state.withLock({ $0.bytes <= mostBytes }) else { throw tooLarge }
        try flush()
        let (bytes, sum) = state.withLock { ($0.bytes, $0.digest.hexadecimal) }
        return StagedMedia(
            file: try OpenMediaFile(path: folder.partPath(ticket)),
            media: MediaReference(filename: nil, bytes: bytes, sha256: sum), ticket: ticket, upload: upload)
    }

    /// Closes the file, which stays; what is on the disk of it, and the digest of that.
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
        var written = 0
        while written < state.gathered.count {
            let count = state.gathered.withUnsafeBytes { piece in
                Foundation.write(state.descriptor, piece.baseAddress.map { $0 + written }, piece.count - written)
            }
            guard count >= 0 || errno == EINTR else { throw .disk("write", errno) }
            written += max(0, count)
        }
        state.digest.add(state.gathered)
        state.gathered.removeAll(keepingCapacity: true)
    }

    private var tooLarge: IntakeError {
        IntakeError(
            .mediaTooLarge, zh: "文件超过本服务允许的 \(mostBytes) 字节。请降低码率后重新导出。",
            en: "The file has more than the \(mostBytes) bytes that this service takes. Export it at a lower bit rate.")
    }
}

/// A file that comes in one request; it goes unless an entry takes it.
final class IncomingPart: IncomingMedia {
    private let part: PartFile
    private let lanes: BlockingLanes

    init(part: PartFile, lanes: BlockingLanes) {
        self.part = part
        self.lanes = lanes
    }

    deinit { part.remove() }

    func write(_ bytes: ArraySlice<UInt8>) async throws(IntakeError) {
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
