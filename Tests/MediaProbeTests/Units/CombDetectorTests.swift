import Testing

@testable import MediaProbe

/// Combed frames are counted, in buffers of drawn samples.
struct CombDetectorTests {
    /// A detector that examined one picture. Each sample is a function of its column and line; the padding of the
    /// buffer is 250.
    private static func detector(
        width: Int = 64, height: Int = 48, _ sample: (_ x: Int, _ y: Int) -> UInt8
    ) -> CombDetector {
        let stride = width + 16
        var bytes = [UInt8](repeating: 250, count: stride * height)
        for y in 0..<height {
            for x in 0..<width { bytes[y * stride + x] = sample(x, y) }
        }
        var detector = CombDetector()
        bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            detector.append(LumaPlane(samples: start, width: width, height: height, stride: stride))
        }
        return detector
    }

    @Test("`CombDetector` counts a frame whose even lines are 25 steps brighter as combed, and not one with 24 steps")
    func tooth() {
        let combed = Self.detector { _, y in y % 2 == 0 ? 125 : 100 }
        #expect(combed.combed == 1 && combed.examined == 1)
        let smooth = Self.detector { _, y in y % 2 == 0 ? 124 : 100 }
        #expect(smooth.combed == 0 && smooth.examined == 1)
    }

    @Test("`CombDetector` does not count plain, sloped and edged frames as combed")
    func progressive() {
        #expect(Self.detector { _, _ in 100 }.combed == 0)
        #expect(Self.detector { _, y in UInt8(y * 5) }.combed == 0)
        #expect(Self.detector { x, _ in x % 2 == 0 ? 20 : 200 }.combed == 0)
        #expect(Self.detector { _, y in y < 20 ? 20 : 200 }.combed == 0)
    }

    @Test(
        "`CombDetector` counts a frame as combed when more than 2 % of the examined samples are teeth, and not at 2 %")
    func share() {
        // Of 100 columns, two or three are combed.
        #expect(Self.detector(width: 100) { x, y in x < 2 && y % 2 == 0 ? 200 : 100 }.combed == 0)
        #expect(Self.detector(width: 100) { x, y in x < 3 && y % 2 == 0 ? 200 : 100 }.combed == 1)
    }

    @Test("`CombDetector` counts a line as combed only if the lines above and below it differ by less than 12 steps")
    func neighbours() {
        #expect(Self.detector { _, y in y % 2 == 0 ? 200 : y % 4 == 1 ? 100 : 111 }.combed == 1)
        #expect(Self.detector { _, y in y % 2 == 0 ? 200 : y % 4 == 1 ? 100 : 112 }.combed == 0)
    }

    @Test("`CombDetector` examines a frame of 17 lines and not one of 16")
    func small() {
        #expect(Self.detector(height: 16) { _, y in y % 2 == 0 ? 200 : 100 }.examined == 0)
        #expect(Self.detector(height: 17) { _, y in y % 2 == 0 ? 200 : 100 }.combed == 1)
    }
}
