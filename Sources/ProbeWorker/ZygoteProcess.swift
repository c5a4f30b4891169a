internal import CLockdown
internal import MediaFacts
internal import MediaProbe

internal import struct Foundation.Data

#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
#endif

/// The program as a zygote: a process with one thread that has loaded and initialised everything, reads no untrusted
/// byte, and forks a child for every file.
public enum ZygoteProcess {
    /// The argument that starts the executable as a zygote. `ProbeWorker` passes it; it is no option for users.
    public static let argument = "--probe-zygote"
    /// Number of the descriptor that the parent opens as the control socket.
    static let controlDescriptor: Int32 = 3
    /// Exit status of a child that could not be locked down.
    static let lockdownFailed: Int32 = 71
    /// Exit status of a child whose job holds no readable request. Parent and child are one executable, so this status
    /// means a bug.
    static let requestUnreadable: Int32 = 72

    /// Serves until the parent closes its side of the control socket.
    public static func run() -> Never {
        warmUp()
        var job = cld_job()
        var descriptors: [Int32] = [-1, -1]
        var zygote: pid_t = 0
        cld_serve(controlDescriptor, &job, &descriptors, &zygote)
        // `cld_serve` returns in the children only, once in each.
        probe(job, media: descriptors[0], reply: descriptors[1], zygote: zygote)
    }

    /// Initialises everything that the first file would initialise (decoder tables, JSON coding, lazy variables of the
    /// runtime), so that the children need not do so again.
    private static func warmUp() {
        let facts = MediaFacts(
            container: ContainerFacts(family: .other, brand: "", demuxer: "", createdAt: ""), duration: .zero,
            declaredDuration: .zero, bytes: 0,
            video: VideoFacts(
                codec: "", profile: "",
                picture: PictureGeometry(
                    codedWidth: 16, codedHeight: 9, sampleAspectRatio: .one, orientation: .upright),
                pixelFormat: "", frameRate: .one, bitsPerSecond: 0),
            audio: AudioFacts(codec: "", sampleRate: 0, channels: 0),
            subtitles: [SubtitleFacts(codec: "", language: "")],
            integrity: IntegrityFacts(
                videoPackets: 0, audioPackets: 0, firstTimestamp: .zero,
                problems: [IntegrityProblem(.truncated, count: 0)]),
            sources: ["": .packets])
        _ = WorkerReply.data(.success(ExaminedFile(facts)))
        _ = WorkerReply.data(.failure(.garbled))
        _ = InProcessProber.linkedVersions
        _ = OwnClip.withFile(readOwnClip)
        // A child reads one file and ends. If it returned memory to the kernel between two packets, it would only cause
        // page faults.
        cld_keep_freed_memory(32 << 20, 256 << 20, 1 << 20)
    }

    /// Does what a child does, from reading the request in a job to encoding the reply.
    private static func readOwnClip(_ file: MediaFile) {
        var job = cld_job()
        let all = Examination(Set(Measurement.allCases))
        guard WorkerRequest(file, all, WorkerLimits(), .all).write(to: &job), let request = WorkerRequest(job) else {
            return
        }
        var limits = request.limits
        limits.wallTime = .seconds(5)
        let result = Result { () throws(ProbeError) in
            try InProcessProber.examine(file, for: request.examination, limits: limits)
        }
        _ = WorkerReply.data(result)
    }

    /// Runs a child: locks the process down, reads the file, sends progress and the answer, and ends the process.
    private static func probe(_ job: cld_job, media: Int32, reply: Int32, zygote: pid_t) -> Never {
        var limits = job.limits
        guard cld_lock_down(&limits, CInt(job.layers), zygote, [media, reply], 2) == 0 else { cld_exit(lockdownFailed) }
        guard let request = WorkerRequest(job) else { cld_exit(requestUnreadable) }
        let result = Result { () throws(ProbeError) in
            try InProcessProber.examine(
                MediaFile(descriptor: media, bytes: request.fileBytes), for: request.examination,
                limits: request.limits
            ) { progress in
                // If sending fails, sending the answer fails as well, and that failure sets the exit status.
                _ = send(Data(ReplyStream.record(progress)), to: reply)
            }
        }
        cld_exit(send(WorkerReply.data(result), to: reply) ? 0 : 1)
    }

    /// Writes all bytes; `false` when the other end is closed.
    private static func send(_ data: Data, to descriptor: Int32) -> Bool {
        data.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }
}
