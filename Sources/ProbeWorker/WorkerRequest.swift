internal import CLockdown
internal import MediaFacts
internal import MediaProbe

internal import struct Foundation.Data
internal import class Foundation.JSONDecoder
internal import class Foundation.JSONEncoder

/// The examination that a worker must make. The parent writes it as JSON into the payload of a `cld_job`.
struct WorkerRequest: Codable, Hashable {
    /// Size of the file in bytes.
    let fileBytes: Int64
    private let measurements: [String]
    private let depth: Depth
    private let thresholds: ContentThresholds
    private let streams: Int
    private let pixels: Int
    private let guards: UInt32

    /// Describes the examination of `file` within `limits`.
    init(_ file: MediaFile, _ examination: Examination, _ limits: WorkerLimits, _ guards: ProbeGuards) {
        fileBytes = file.bytes
        measurements = examination.measurements.map(\.rawValue).sorted()
        depth = examination.depth
        thresholds = examination.thresholds
        streams = limits.streams
        pixels = limits.pixels
        self.guards = guards.rawValue
    }

    /// The examination to make. Names of measurements that this program does not know are ignored.
    var examination: Examination {
        Examination(Set(measurements.compactMap(Measurement.init)), depth: depth, thresholds: thresholds)
    }

    /// The limits of the reader inside the worker.
    ///
    /// They set no wall time: the parent alone measures the time and ends the worker. A clock in the worker would
    /// continue to run while the whole program is stopped.
    var limits: ProbeLimits {
        var limits = ProbeLimits(wallTime: .seconds(366 * 86_400), streams: streams, pixels: pixels)
        limits.guards = ProbeGuards(rawValue: guards)
        return limits
    }
}

extension WorkerRequest {
    /// Writes the request into the payload of `job`; `false` when it cannot be encoded or is too long.
    func write(to job: inout cld_job) -> Bool {
        guard let data = try? JSONEncoder().encode(self) else { return false }
        return Self.write([UInt8](data), to: &job)
    }

    /// Writes bytes into the payload of `job`; `false` when they are more than `CLD_PAYLOAD_BYTES`.
    static func write(_ bytes: [UInt8], to job: inout cld_job) -> Bool {
        guard bytes.count <= MemoryLayout.size(ofValue: job.payload) else { return false }
        job.payload_bytes = UInt32(bytes.count)
        withUnsafeMutableBytes(of: &job.payload) { $0.copyBytes(from: bytes) }
        return true
    }

    /// Reads the request from the payload of `job`; nil when the payload holds none.
    init?(_ job: cld_job) {
        let data = withUnsafeBytes(of: job.payload) { Data($0.prefix(Int(clamping: job.payload_bytes))) }
        guard let request = try? JSONDecoder().decode(Self.self, from: data) else { return nil }
        self = request
    }
}
