internal import BlockingLanes
internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import Synchronization

/// A file being received: written in pieces of one megabyte and digested on the way, in constant memory.
final class PartFile: IncomingMedia {
    /// Bytes gathered before a lane writes them.
    private static let pieceSize = 1 << 20

    private let folder: MediaFolder
    private let ticket: String
    private let path: String
    private let lanes: BlockingLanes
    private let mostBytes: Int64
    private let state: Mutex<State>

    private struct State {
        var descriptor: Int32
        var bytes: Int64 = 0
        var gathered: [UInt8] = []
        var digest = MediaDigest()
    }

    /// Begins a file in `folder`. Blocks.
    init(in folder: MediaFolder, lanes: BlockingLanes, mostBytes: Int64) throws(IntakeError) {
        self.folder = folder
        self.lanes = lanes
        self.mostBytes = mostBytes
        (ticket, path) = folder.newPart()
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .disk("open", errno) }
        state = Mutex(State(descriptor: descriptor))
    }

    deinit { remove() }

    func write(_ bytes: ArraySlice<UInt8>) async throws(IntakeError) {
        let isPieceFull = try state.withLock { state throws(IntakeError) in
            state.bytes += Int64(bytes.count)
            guard state.bytes <= mostBytes else { throw tooLarge }
            state.gathered += bytes
            return state.gathered.count >= Self.pieceSize
        }
        guard isPieceFull else { return }
        try await lanes.run { () throws(IntakeError) in try self.flush() }
    }

    func finish() async throws(IntakeError) -> StagedMedia {
        try await lanes.run { () throws(IntakeError) in
            guard self.state.withLock({ $0.bytes <= self.mostBytes }) else { throw self.tooLarge }
            try self.flush()
            let (bytes, sum) = self.state.withLock { state in
                close(state.descriptor)
                state.descriptor = -1
                return (state.bytes, state.digest.hexadecimal)
            }
            return StagedMedia(
                file: try OpenMediaFile(path: self.path),
                media: MediaReference(filename: nil, bytes: bytes, sha256: sum), ticket: self.ticket, upload: self)
        }
    }

    func discard() async { await lanes.run { self.remove() } }

    private func flush() throws(IntakeError) {
        try state.withLock { state throws(IntakeError) in
            state.digest.add(state.gathered)
            var written = 0
            while written < state.gathered.count {
                let count = state.gathered.withUnsafeBytes { piece in
                    Foundation.write(state.descriptor, piece.baseAddress.map { $0 + written }, piece.count - written)
                }
                guard count >= 0 || errno == EINTR else { throw .disk("write", errno) }
                written += max(0, count)
            }
            state.gathered.removeAll(keepingCapacity: true)
        }
    }

    private func remove() {
        state.withLock { state in
            if state.descriptor >= 0 { close(state.descriptor) }
            state.descriptor = -1
        }
        folder.removePart(ticket)
    }

    private var tooLarge: IntakeError {
        IntakeError(
            .mediaTooLarge, zh: "文件超过本服务允许的 \(mostBytes) 字节。请降低码率后重新导出。",
            en: "The file has more than the \(mostBytes) bytes that this service takes. Export it at a lower bit rate.")
    }
}
