import CLockdown
import MediaFacts
import Testing

@testable import ProbeWorker

@Suite("WorkerLimits")
struct WorkerLimitsTests {
    @Test(
        "`WorkerLimits.scaled(for:)` multiplies the times by ten at .standard and by forty at .full",
        arguments: [(Depth.quick, 1), (.standard, 10), (.full, 40)])
    func scaled(depth: Depth, factor: Int) {
        let limits = WorkerLimits(wallTime: .seconds(3), cpuSeconds: 7)
        var expected = limits
        expected.wallTime = .seconds(3 * factor)
        expected.cpuSeconds = 7 * factor
        #expect(limits.scaled(for: depth) == expected)
    }

    @Test("`WorkerLimits.scaled(for:)` keeps a CPU time that is too large to multiply")
    func overflow() {
        #expect(WorkerLimits(cpuSeconds: .max).scaled(for: .full).cpuSeconds == .max)
    }

    @Test(
        "`WorkerLimits.addressSpaceBytes` is 2 GiB above the resident limit",
        arguments: [(0, 2 << 30), (512 << 20, 2560 << 20), (-1, 2 << 30)] as [(Int64, UInt64)])
    func addressSpace(resident: Int64, expected: UInt64) {
        #expect(WorkerLimits(residentBytes: resident).addressSpaceBytes == expected)
    }

    @Test("`WorkerLimits.kernelLimits` has at least one second and four descriptors")
    func kernel() {
        let least = WorkerLimits(cpuSeconds: -5, residentBytes: 1 << 20, descriptors: 0).kernelLimits
        #expect(least.cpu_seconds == 1 && least.descriptors == 4 && least.address_space_bytes == 2049 << 20)
        let usual = WorkerLimits().kernelLimits
        #expect(usual.cpu_seconds == 60 && usual.descriptors == 16)
    }
}
