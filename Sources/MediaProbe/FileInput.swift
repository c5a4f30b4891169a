internal import CFFmpeg
internal import Foundation
internal import MediaFacts

/// Feeds libavformat from an open descriptor with positioned reads. A class, because C keeps its address.
///
/// libav never sees a path, so no demuxer can open another file in the same folder.
final class FileInput {
    /// 64 KiB: in `make bench` as fast as any size up to 1 MiB, and few bytes are read needlessly around a seek.
    private static let bufferSize: CInt = 65_536

    let file: MediaFile
    private let stop: StopFlag
    /// Offset of the next byte that is read.
    private(set) var position: Int64 = 0
    /// Whether the disk failed a read; the end of the file is no failure.
    private(set) var failedToRead = false
    private(set) var context: UnsafeMutablePointer<AVIOContext>

    /// When true, reads advance the position without filling the buffer. The packet walk needs only places, sizes and
    /// times, which the index holds. libav then sees stale bytes, so this is safe only while every packet comes whole
    /// from the index (`OutlineReading`).
    var onlyMoves = false {
        // Without libav's own buffer, each read covers exactly one packet. Source: `AVIOContext.direct`.
        didSet { context.pointee.direct = onlyMoves ? 1 : 0 }
    }

    init(_ file: MediaFile, until stop: StopFlag) throws(FFmpegError) {
        self.file = file
        self.stop = stop
        let buffer = try allocated("av_malloc", av_malloc(Int(Self.bufferSize)))
        let made = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), Self.bufferSize, 0, nil,
            { opaque, bytes, count in FileInput.from(opaque).read(bytes, count) }, nil,
            { opaque, offset, whence in FileInput.from(opaque).seek(offset, whence) })
        guard let made else {
            av_free(buffer)
            throw FFmpegError(call: "avio_alloc_context", code: CInt(cff_error_no_memory))
        }
        context = made
        context.pointee.opaque = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        // libav may have replaced the buffer, so the one that the context holds now is freed.
        av_freep(&context.pointee.buffer)
        var closing: UnsafeMutablePointer<AVIOContext>? = context
        avio_context_free(&closing)
    }

    /// The reason why the read must end; `.none` while it may go on.
    var stopReason: StopFlag.Reason { stop.reason }

    private static func from(_ opaque: UnsafeMutableRawPointer?) -> FileInput {
        // libav hands back the pointer stored in `init`; the demuxer that reads keeps this object alive.
        // swift-format-ignore: NeverForceUnwrap
        Unmanaged<FileInput>.fromOpaque(opaque!).takeUnretainedValue()
    }

    private func read(_ bytes: UnsafeMutablePointer<UInt8>?, _ count: CInt) -> CInt {
        guard stop.reason == .none else { return CInt(cff_error_stopped) }
        let wanted = min(Int64(count), file.bytes - position)
        guard wanted > 0, let bytes else { return CInt(cff_error_end_of_file) }
        if onlyMoves {
            position += wanted
            return CInt(wanted)
        }
        let got = pread(file.descriptor, bytes, Int(wanted), off_t(position))
        guard got >= 0 else {
            failedToRead = true
            return CInt(cff_error_input_output)
        }
        guard got > 0 else { return CInt(cff_error_end_of_file) }
        position += Int64(got)
        return CInt(got)
    }

    private func seek(_ offset: Int64, _ whence: CInt) -> Int64 {
        let base: Int64
        switch whence & ~AVSEEK_FORCE {
        case AVSEEK_SIZE: return file.bytes
        case SEEK_SET: base = 0
        case SEEK_CUR: base = position
        case SEEK_END: base = file.bytes
        default: return Int64(cff_error_invalid_data)
        }
        let (target, overflow) = base.addingReportingOverflow(offset)
        guard !overflow, target >= 0 else { return Int64(cff_error_invalid_data) }
        position = target
        return target
    }
}
