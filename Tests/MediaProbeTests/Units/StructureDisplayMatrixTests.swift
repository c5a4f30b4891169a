import Foundation
import Testing

@testable import MediaFacts
@testable import MediaProbe

@Suite("Display matrix")
struct StructureDisplayMatrixTests {
    private static let one: Int32 = 0x1_0000

    private func orientation(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> PictureOrientation {
        let (a, b, c, d) = (fixed(a), fixed(b), fixed(c), fixed(d))
        return PictureOrientation(matrix: [a, b, 0, c, d, 0, 0, 0, 1 << 30])
    }

    private func fixed(_ number: Double) -> Int32 { Int32((number * 65_536).rounded()) }

    @Test(
        "`PictureOrientation(matrix:)` has the clockwise angle of the matrix, whatever its scale",
        arguments: [0.0, 30, 45, 90, 135, 180, 270, 359])
    func turns(degrees: Double) {
        let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
        let turned = orientation(cosine, sine, -sine, cosine)
        #expect(!turned.mirrored)
        #expect(abs((turned.clockwiseDegrees ?? -1) - degrees) <= 0.002)
        let doubled = orientation(2 * cosine, 2 * sine, -2 * sine, 2 * cosine)
        #expect(abs((doubled.clockwiseDegrees ?? -1) - degrees) <= 0.002)
    }

    @Test(
        "`PictureOrientation(matrix:)` describes a mirrored matrix as flipped top to bottom, then turned",
        arguments: [
            (1.0, 0.0, 0.0, -1.0, 0.0), (-1, 0, 0, 1, 180), (0, 1, 1, 0, 90), (0, -1, -1, 0, 270),
        ])
    func mirrored(a: Double, b: Double, c: Double, d: Double, degrees: Double) {
        #expect(orientation(a, b, c, d) == PictureOrientation(clockwiseDegrees: degrees, mirrored: true))
    }

    @Test(
        "`PictureOrientation(matrix:)` has no angle for zeros or a shear",
        arguments: [
            (0.0, 0.0, 0.0, 0.0), (1, 0, 0, 0), (1, 1, 1, 1), (1, 1, 0, 1), (1, 0, 1, 1), (1, 0, 0.02, 1),
        ])
    func broken(a: Double, b: Double, c: Double, d: Double) {
        #expect(orientation(a, b, c, d) == PictureOrientation(clockwiseDegrees: nil))
    }

    @Test(
        "`PictureOrientation(matrix:)` accepts a matrix whose sides are up to 1 % off a right angle",
        arguments: [(1.0, 0.0, 0.0, 1.009), (1.009, 0, 0, 1), (1, 0, 0.009, 1), (1, 0.009, 0, 1)])
    func nearTurns(a: Double, b: Double, c: Double, d: Double) {
        #expect(orientation(a, b, c, d).quarterTurnDegrees == 0)
    }

    @Test(
        "`PictureOrientation(matrix:)` ignores a stretch, which is a pixel shape",
        arguments: [(2.0, 0.0, 0.0, 1.0, 0.0), (1, 0, 0, 1.5, 0), (0, 1.02, -1, 0, 90), (-1, 0, 0, -2, 180)])
    func stretched(a: Double, b: Double, c: Double, d: Double, degrees: Double) {
        #expect(orientation(a, b, c, d) == PictureOrientation(clockwiseDegrees: degrees))
    }

    @Test("`PictureOrientation(matrix:)` does not overflow at the largest numbers")
    func largestNumbers() {
        let largest = PictureOrientation(matrix: [.min, 0, 0, 0, .min, 0, 0, 0, 0])
        #expect(largest == PictureOrientation(clockwiseDegrees: 180))
    }

    @Test("`PictureOrientation` is upright without a display matrix, and has no angle for fewer than nine numbers")
    func missing() {
        #expect(PictureOrientation(displayMatrix: nil as UnsafePointer<Int32>?) == .upright)
        #expect(PictureOrientation(matrix: [Self.one, 0, 0, 0, Self.one]).clockwiseDegrees == nil)
        let identity = [Self.one, 0, 0, 0, Self.one, 0, 0, 0, 1 << 30]
        #expect(identity.withUnsafeBufferPointer { PictureOrientation(displayMatrix: $0.baseAddress) } == .upright)
    }
}
