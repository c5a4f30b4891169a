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

    @Test("A display matrix turns clockwise by its angle", arguments: [0.0, 30, 45, 90, 135, 180, 270, 359])
    func turns(degrees: Double) {
        let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
        let turned = orientation(cosine, sine, -sine, cosine)
        #expect(!turned.mirrored)
        #expect(abs((turned.clockwiseDegrees ?? -1) - degrees) <= 0.002)
        let doubled = orientation(2 * cosine, 2 * sine, -2 * sine, 2 * cosine)
        #expect(abs((doubled.clockwiseDegrees ?? -1) - degrees) <= 0.002)
    }

    @Test(
        "A mirrored display matrix flips top to bottom, then turns",
        arguments: [
            (1.0, 0.0, 0.0, -1.0, 0.0), (-1, 0, 0, 1, 180), (0, 1, 1, 0, 90), (0, -1, -1, 0, 270),
        ])
    func mirrored(a: Double, b: Double, c: Double, d: Double, degrees: Double) {
        #expect(orientation(a, b, c, d) == PictureOrientation(clockwiseDegrees: degrees, mirrored: true))
    }

    @Test(
        "A display matrix of zeros or of a shear has no angle",
        arguments: [
            (0.0, 0.0, 0.0, 0.0), (1, 0, 0, 0), (1, 1, 1, 1), (1, 1, 0, 1), (1, 0, 1, 1), (1, 0, 0.02, 1),
        ])
    func broken(a: Double, b: Double, c: Double, d: Double) {
        #expect(orientation(a, b, c, d) == PictureOrientation(clockwiseDegrees: nil))
    }

    @Test(
        "A display matrix within 1 % of a turn is one",
        arguments: [(1.0, 0.0, 0.0, 1.009), (1.009, 0, 0, 1), (1, 0, 0.009, 1), (1, 0.009, 0, 1)])
    func nearTurns(a: Double, b: Double, c: Double, d: Double) {
        #expect(orientation(a, b, c, d).quarterTurnDegrees == 0)
    }

    @Test(
        "A display matrix that stretches the picture has the angle of its turn: the stretch is the pixel shape",
        arguments: [(2.0, 0.0, 0.0, 1.0, 0.0), (1, 0, 0, 1.5, 0), (0, 1.02, -1, 0, 90), (-1, 0, 0, -2, 180)])
    func stretched(a: Double, b: Double, c: Double, d: Double, degrees: Double) {
        #expect(orientation(a, b, c, d) == PictureOrientation(clockwiseDegrees: degrees))
    }

    @Test("A display matrix does not overflow at the largest numbers")
    func largestNumbers() {
        let largest = PictureOrientation(matrix: [.min, 0, 0, 0, .min, 0, 0, 0, 0])
        #expect(largest == PictureOrientation(clockwiseDegrees: 180))
    }

    @Test("A missing display matrix is upright, and one of fewer than nine numbers has no angle")
    func missing() {
        #expect(PictureOrientation(displayMatrix: nil as UnsafePointer<Int32>?) == .upright)
        #expect(PictureOrientation(matrix: [Self.one, 0, 0, 0, Self.one]).clockwiseDegrees == nil)
        let identity = [Self.one, 0, 0, 0, Self.one, 0, 0, 0, 1 << 30]
        #expect(identity.withUnsafeBufferPointer { PictureOrientation(displayMatrix: $0.baseAddress) } == .upright)
    }
}
