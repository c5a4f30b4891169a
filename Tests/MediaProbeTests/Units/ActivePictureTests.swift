import MediaFacts
import Testing

@testable import MediaProbe

/// An off-centre part of a stored picture is converted to pixels as a viewer sees them.
struct ActivePictureTests {
    /// The box is 100×150 samples at 10, 20 in a picture of 320×180.
    private static let box = ActivePictureDetector.Box(left: 10, top: 20, right: 110, bottom: 170)

    private static func active(_ geometry: PictureGeometry?) -> [Int] {
        let active = ActivePicture(
            box, when: TimeRange(start: .zero, end: .seconds(1)), of: (width: 320, height: 180), geometry)
        return [active.x, active.y, active.width, active.height]
    }

    @Test("`ActivePicture` without geometry equals the box of the stored picture")
    func stored() { #expect(Self.active(nil) == [10, 20, 100, 150]) }

    @Test(
        "`ActivePicture` mirrors an off-centre box top to bottom, then turns it clockwise",
        arguments: [
            (0, false, [10, 20, 100, 150]), (90, false, [10, 10, 150, 100]), (180, false, [210, 10, 100, 150]),
            (270, false, [20, 210, 150, 100]), (0, true, [10, 10, 100, 150]), (90, true, [20, 10, 150, 100]),
            (180, true, [210, 20, 100, 150]), (270, true, [10, 210, 150, 100]),
        ] as [(Double, Bool, [Int])])
    func turned(degrees: Double, mirrored: Bool, expected: [Int]) throws {
        let orientation = PictureOrientation(clockwiseDegrees: degrees, mirrored: mirrored)
        let geometry = try #require(
            PictureGeometry(codedWidth: 320, codedHeight: 180, sampleAspectRatio: .one, orientation: orientation))
        #expect(Self.active(geometry) == expected)
    }

    @Test(
        "`ActivePicture` stretches the stored width by the pixel shape, also after a turn",
        arguments: [(0, [20, 20, 200, 150]), (90, [10, 20, 150, 200]), (270, [20, 420, 150, 200])] as [(Double, [Int])])
    func stretched(degrees: Double, expected: [Int]) throws {
        let ratio = try #require(Ratio(2, 1))
        let geometry = try #require(
            PictureGeometry(
                codedWidth: 320, codedHeight: 180, sampleAspectRatio: ratio,
                orientation: PictureOrientation(clockwiseDegrees: degrees)))
        #expect(Self.active(geometry) == expected)
    }

    @Test("`ActivePicture` is at least one pixel wide and high")
    func thin() throws {
        let ratio = try #require(Ratio(1, 100))
        let geometry = try #require(
            PictureGeometry(codedWidth: 320, codedHeight: 180, sampleAspectRatio: ratio, orientation: .upright))
        #expect(Self.active(geometry) == [0, 20, 1, 150])
    }
}
