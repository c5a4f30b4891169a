import MediaFacts
import Testing

@testable import MediaProbe

/// Sizes and orientations of stills.
struct StillShapeTests {
    /// A stored picture, and the size of its still as shown.
    struct Case: CustomTestStringConvertible, Sendable {
        var width: Int
        var height: Int
        var shape: Ratio?
        var degrees: Double? = 0
        var still: [Int]
        var testDescription: String {
            "\(width)×\(height), pixels \(shape.map { "\($0)" } ?? "1:1"), \(degrees ?? -1)°"
        }
    }

    static let cases = [
        Case(width: 1920, height: 1080, still: [640, 360]),
        Case(width: 1920, height: 1080, degrees: 90, still: [360, 640]),
        Case(width: 1920, height: 1080, degrees: 180, still: [640, 360]),
        Case(width: 1920, height: 1080, degrees: 270, still: [360, 640]),
        Case(width: 1920, height: 1080, degrees: nil, still: [640, 360]),
        Case(width: 1440, height: 1080, shape: Ratio(4, 3), still: [640, 360]),
        Case(width: 1440, height: 1080, shape: Ratio(4, 3), degrees: 90, still: [360, 640]),
        Case(width: 720, height: 576, shape: Ratio(16, 15), still: [640, 480]),
        Case(width: 720, height: 480, shape: Ratio(8, 9), still: [640, 480]),
        Case(width: 320, height: 240, still: [320, 240]),
        Case(width: 321, height: 241, still: [320, 240]),
        Case(width: 853, height: 480, still: [640, 360]),
        Case(width: 1, height: 1, still: [2, 2]),
        Case(width: 0, height: -5, still: [2, 2]),
        Case(width: 16384, height: 16, still: [640, 2]),
        Case(width: 16384, height: 16, degrees: 90, still: [2, 640]),
        Case(width: 16, height: 16, shape: Ratio(1 << 30, 1), still: [640, 2]),
        Case(width: 16, height: 16, shape: Ratio(1, 1 << 30), still: [2, 16]),
    ]

    @Test(
        "`StillShape` has the displayed shape of the picture, sides of at most 640 pixels, and even sides",
        arguments: cases)
    func size(picture: Case) throws {
        let geometry = try #require(
            PictureGeometry(
                codedWidth: max(1, picture.width), codedHeight: max(1, picture.height),
                sampleAspectRatio: picture.shape ?? .one,
                orientation: PictureOrientation(clockwiseDegrees: picture.degrees)))
        let shape = StillShape(width: picture.width, height: picture.height, geometry)
        #expect([shape.width, shape.height] == picture.still)
    }

    @Test("`StillShape` of a picture without geometry has the shape of the stored picture")
    func noGeometry() {
        let shape = StillShape(width: 1280, height: 720, nil)
        #expect([shape.width, shape.height, shape.quarterTurns, shape.isMirrored ? 1 : 0] == [640, 360, 0, 0])
    }

    /// Turns of a plane with the lines 1 2 3 and 4 5 6, and the lines after each turn.
    static let turns: [(turns: Int, isMirrored: Bool, lines: [[UInt8]])] = [
        (0, false, [[1, 2, 3], [4, 5, 6]]), (1, false, [[4, 1], [5, 2], [6, 3]]),
        (2, false, [[6, 5, 4], [3, 2, 1]]), (3, false, [[3, 6], [2, 5], [1, 4]]),
        (0, true, [[4, 5, 6], [1, 2, 3]]), (1, true, [[1, 4], [2, 5], [3, 6]]),
        (2, true, [[3, 2, 1], [6, 5, 4]]), (3, true, [[6, 3], [5, 2], [4, 1]]),
    ]

    @Test("`PlanarImage.Plane.oriented` flips top to bottom first and then turns clockwise", arguments: turns)
    func plane(turns: Int, isMirrored: Bool, lines: [[UInt8]]) {
        let plane = PlanarImage.Plane(width: 3, height: 2, samples: [1, 2, 3, 4, 5, 6])
        let turned = plane.oriented(quarterTurns: turns, isMirrored: isMirrored)
        #expect(turned.samples == lines.flatMap(\.self))
        #expect([turned.width, turned.height] == [lines[0].count, lines.count])
    }

    @Test("`PlanarImage.oriented` turns its three planes alike")
    func image() {
        var image = PlanarImage(width: 4, height: 2)
        image.planes[0].samples = [1, 2, 3, 4, 5, 6, 7, 8]
        image.planes[1].samples = [10, 11]
        image.planes[2].samples = [20, 21]
        let turned = image.oriented(quarterTurns: 1, isMirrored: false)
        #expect([turned.width, turned.height] == [2, 4])
        #expect(turned.planes.map(\.samples) == [[5, 1, 6, 2, 7, 3, 8, 4], [10, 11], [20, 21]])
        #expect(turned.planes.map(\.height) == [4, 2, 2])
    }
}
