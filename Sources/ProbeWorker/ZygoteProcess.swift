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

    /// Initialises what the first file would: decoder tables, JSON, what the runtime looks up once. Else every child
    /// would do it anew.
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
        readOwnClip()
    }

    /// Reads the smallest clip there is, which is ours.
    private static func readOwnClip() {
        let file = ownClip.withUnsafeBytes { cld_memory_file($0.baseAddress, $0.count) }
        guard file >= 0 else { return }
        defer { close(file) }
        let result = Result { () throws(ProbeError) in
            try InProcessProber.examine(
                MediaFile(descriptor: file, bytes: Int64(ownClip.count)), for: Examination(measurements(.max)),
                limits: ProbeLimits(wallTime: .seconds(5)))
        }
        _ = WorkerReply.data(result)
    }

    /// WebM of two VP8 packets of 16×16 pixels, one of Vorbis, and a subtitle stream with its language.
    static let ownClip: [UInt8] = [
        0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84, 0x77, 0x65, 0x62, 0x6d, 0x18, 0x53, 0x80, 0x67, 0x40, 0x95,
        0x15, 0x49, 0xa9, 0x66, 0x87, 0x2a, 0xd7, 0xb1, 0x83, 0x0f, 0x42, 0x40, 0x16, 0x54, 0xae, 0x6b, 0xdc, 0xae,
        0x99, 0xd7, 0x81, 0x01, 0x73, 0xc5, 0x81, 0x01, 0x83, 0x81, 0x01, 0x86, 0x85, 0x56, 0x5f, 0x56, 0x50, 0x38,
        0xe0, 0x86, 0xb0, 0x81, 0x10, 0xba, 0x81, 0x10, 0xae, 0x9f, 0xd7, 0x81, 0x02, 0x73, 0xc5, 0x81, 0x02, 0x83,
        0x81, 0x02, 0x86, 0x88, 0x41, 0x5f, 0x56, 0x4f, 0x52, 0x42, 0x49, 0x53, 0xe1, 0x89, 0xb5, 0x84, 0x47, 0x3b,
        0x80, 0x00, 0x9f, 0x81, 0x02, 0xae, 0x9e, 0xd7, 0x81, 0x03, 0x73, 0xc5, 0x81, 0x03, 0x83, 0x81, 0x11, 0x86,
        0x8b, 0x53, 0x5f, 0x54, 0x45, 0x58, 0x54, 0x2f, 0x55, 0x54, 0x46, 0x38, 0x22, 0xb5, 0x9c, 0x83, 0x63, 0x68,
        0x69, 0x1f, 0x43, 0xb6, 0x75, 0xa3, 0xe7, 0x81, 0x00, 0xa3, 0x8e, 0x81, 0x00, 0x00, 0x80, 0x10, 0x00, 0x00,
        0x9d, 0x01, 0x2a, 0x10, 0x00, 0x10, 0x00, 0xa3, 0x85, 0x82, 0x00, 0x00, 0x80, 0x00, 0xa3, 0x87, 0x81, 0x00,
        0x28, 0x00, 0x11, 0x00, 0x00,
    ]

    private static func probe(_ job: cld_job, media: Int32, reply: Int32, zygote: pid_t) -> Never {
        var limits = job.limits
        guard cld_lock_down(&limits, CInt(job.layers), zygote, [media, reply], 2) == 0 else { cld_exit(lockdownFailed) }
        var reading = ProbeLimits(
            wallTime: .milliseconds(Int64(clamping: job.wall_milliseconds)), streams: Int(clamping: job.streams),
            pixels: Int(clamping: job.pixels))
        reading.guards = ProbeGuards(rawValue: job.guards)
        let result = Result { () throws(ProbeError) in
            try InProcessProber.examine(
                MediaFile(descriptor: media, bytes: job.file_bytes),
                for: Examination(
                    measurements(job.measurements), depth: depth(job.depth), thresholds: thresholds(job.thresholds)),
                limits: reading
            ) { progress in
                // Nothing can be done here when nobody listens: the answer will fail as well.
                _ = send(Data(ReplyStream.record(progress)), to: reply)
            }
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

    /// The place of a depth among all.
    static func number(_ depth: Depth) -> UInt32 { UInt32(Depth.allCases.firstIndex(of: depth) ?? 0) }

    /// Thresholds as a job holds them, in the order of their names.
    typealias Numbers = (Double, Double, Double, Double, Double)

    static func numbers(_ thresholds: ContentThresholds) -> Numbers {
        var numbers: Numbers = (0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &numbers) { bytes in
            ContentThresholds.Name.allCases.map { thresholds[$0] }.withUnsafeBytes { bytes.copyMemory(from: $0) }
        }
        return numbers
    }

    static func thresholds(_ numbers: Numbers) -> ContentThresholds {
        var thresholds = ContentThresholds.usual
        withUnsafeBytes(of: numbers) { bytes in
            for (place, name) in ContentThresholds.Name.allCases.enumerated() {
                thresholds[name] = bytes.load(fromByteOffset: place * MemoryLayout<Double>.stride, as: Double.self)
            }
        }
        return thresholds
    }

    private static func depth(_ number: UInt32) -> Depth {
        Depth.allCases.indices.contains(Int(number)) ? Depth.allCases[Int(number)] : .quick
    }
}
