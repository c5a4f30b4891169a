internal import CLockdown
internal import MediaFacts
internal import MediaProbe

internal import struct Foundation.Data

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The worker's side: a process with one thread that has linked everything, reads no stranger's byte itself, and forks
/// a child for every file.
public enum ZygoteProcess {
    /// The word on the command line that makes the executable a zygote. Nobody types it.
    public static let argument = "--probe-zygote"
    /// Descriptor that the parent leaves the control socket on.
    static let controlDescriptor: Int32 = 3
    /// Exit status of a child that could not be locked down.
    static let lockdownFailed: Int32 = 71

    /// Serves until the parent goes.
    public static func run() -> Never {
        warmUp()
        var job = cld_job()
        var descriptors: [Int32] = [-1, -1]
        var zygote: pid_t = 0
        cld_serve(controlDescriptor, &job, &descriptors, &zygote)
        // From here on this is a child, once per file.
        probe(job, media: descriptors[0], reply: descriptors[1], zygote: zygote)
    }

    /// Initialises what the first file would: decoder tables, JSON, the seed of hashing. Reads nothing.
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
        _ = WorkerReply.data(.success(facts))
        _ = WorkerReply.data(.failure(.garbled))
        _ = InProcessProber.linkedVersions
    }

    private static func probe(_ job: cld_job, media: Int32, reply: Int32, zygote: pid_t) -> Never {
        var limits = job.limits
        guard cld_lock_down(&limits, CInt(job.layers), zygote, [media, reply], 2) == 0 else { cld_exit(lockdownFailed) }
        var reading = ProbeLimits(
            wallTime: .milliseconds(Int64(clamping: job.wall_milliseconds)), streams: Int(clamping: job.streams),
            pixels: Int(clamping: job.pixels))
        reading.guards = ProbeGuards(rawValue: job.guards)
        let result = Result { () throws(ProbeError) in
            try InProcessProber.readFacts(
                of: MediaFile(descriptor: media, bytes: job.file_bytes), measuring: measurements(job.measurements),
                limits: reading)
        }
        cld_exit(send(WorkerReply.data(result), to: reply) ? 0 : 1)
    }

    private static func send(_ data: Data, to descriptor: Int32) -> Bool {
        data.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// Measurements as bits, in the order of `allCases`.
    static func bits(_ measurements: Set<Measurement>) -> UInt32 {
        Measurement.allCases.enumerated().reduce(0) { bits, item in
            measurements.contains(item.element) ? bits | 1 << item.offset : bits
        }
    }

    private static func measurements(_ bits: UInt32) -> Set<Measurement> {
        Set(Measurement.allCases.enumerated().filter { bits & 1 << $0.offset != 0 }.map(\.element))
    }
}
