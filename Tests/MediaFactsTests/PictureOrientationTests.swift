import TestSupport
import Testing

@testable import MediaFacts

@Suite("An orientation")
struct PictureOrientationTests {
    @Test(
        "`PictureOrientation.quarterTurnDegrees` is the nearest quarter turn",
        arguments: [
            (0, 0), (90, 90), (180, 180), (270, 270), (360, 0), (450, 90), (-90, 270), (-180, 180), (-270, 90),
            (-360, 0),
            (359.9, 0), (0.1, 0), (89.9, 90), (90.4, 90), (44.9, 0), (45, 90), (134.9, 90), (135, 180), (224.9, 180),
            (225, 270), (314.9, 270), (315, 0), (-45, 0), (-46, 270), (36_000_090, 90), (-1e-20, 0),
        ] as [(Double, Int)])
    func quarterTurns(angle: Double, quarter: Int) {
        #expect(PictureOrientation(clockwiseDegrees: angle).quarterTurnDegrees == quarter)
    }

    @Test(
        "`PictureOrientation.oddAngleDegrees` is nil for an angle at most half a degree off a quarter turn",
        arguments: [
            (30, 30), (-30, 330), (359.4, 359.4), (0.6, 0.6), (89.4, 89.4), (90.6, 90.6), (45, 45), (390, 30),
            (0, nil), (0.5, nil), (359.5, nil), (359.9, nil), (89.5, nil), (90.5, nil), (180.25, nil), (-0.25, nil),
        ] as [(Double, Double?)])
    func oddAngles(angle: Double, odd: Double?) {
        #expect(PictureOrientation(clockwiseDegrees: angle).oddAngleDegrees == odd)
    }

    @Test(
        "`PictureOrientation.swapsSides` is true at 90 and 270 degrees only",
        arguments: [(0.0, false), (90, true), (180, false), (-90, true)])
    func swapping(angle: Double, swaps: Bool) {
        #expect(PictureOrientation(clockwiseDegrees: angle).swapsSides == swaps)
    }

    @Test(
        "`PictureOrientation` made from nil, NaN or infinity has no angle",
        arguments: [nil, .nan, .infinity, -.infinity] as [Double?])
    func broken(angle: Double?) {
        let orientation = PictureOrientation(clockwiseDegrees: angle, mirrored: true)
        #expect(orientation.clockwiseDegrees == nil)
        #expect(orientation.quarterTurnDegrees == nil)
        #expect(orientation.oddAngleDegrees == nil)
        #expect(!orientation.swapsSides)
        #expect(orientation.mirrored)
    }

    @Test("`PictureOrientation` maps any finite angle to 0..<360 degrees")
    func anyAngle() throws {
        var random = SeededGenerator(seed: 90)
        for _ in 0..<5000 {
            let angle = Double(bitPattern: random.next())
            let degrees = PictureOrientation(clockwiseDegrees: angle).clockwiseDegrees
            #expect((degrees == nil) == !angle.isFinite)
            #expect(degrees.map { (0..<360).contains($0) } ?? true, "\(angle)")
        }
    }
}
