import TestSupport
import Testing

@testable import MediaFacts

@Suite("A picture")
struct PictureGeometryTests {
    @Test(
        "`PictureGeometry` computes the displayed size from coded size, pixel shape and rotation",
        arguments: [
            ("1920×1080 1:1 0", "1920×1080 16:9"), ("853×480 1:1 0", "853×480 16:9"),
            ("1920×1080 5120:5121 0", "1920×1080 16:9"), ("1920×1080 15903:15904 0", "1920×1080 16:9"),
            ("854×480 1280:1281 0", "853×480 16:9"), ("1440×1080 4:3 0", "1920×1080 16:9"),
            ("1280×1080 3:2 0", "1920×1080 16:9"), ("640×360 2:3 0", "427×360 32:27"),
            ("720×480 32:27 0", "853×480 16:9"),
            ("720×480 8:9 0", "640×480 4:3"), ("720×576 16:15 0", "768×576 4:3"), ("720×576 64:45 0", "1024×576 16:9"),
            ("1920×1080 1:1 90", "1080×1920 9:16"), ("1920×1080 1:1 -90", "1080×1920 9:16"),
            ("1920×1080 1:1 180", "1920×1080 16:9"), ("1920×1080 1:1 359.9", "1920×1080 16:9"),
            ("1920×1080 1:1 30", "1920×1080 16:9"), ("1920×1080 1:1 60", "1080×1920 9:16"),
            ("1440×1080 4:3 270", "1080×1920 9:16"), ("640×360 2:3 90", "360×427 27:32"),
            ("1080×1920 1:1 90", "1920×1080 16:9"), ("1080×1080 1:1 0", "1080×1080 1:1"),
            ("1080×1440 1:1 0", "1080×1440 3:4"), ("1×1 1:1 0", "1×1 1:1"), ("2560×1080 1:1 0", "2560×1080 64:27"),
        ])
    func display(coded: String, shown: String) throws {
        let picture = try Self.picture(coded)
        #expect("\(picture.displayWidth)×\(picture.displayHeight) \(picture.displayAspectRatio.colonText)" == shown)
    }

    @Test("`PictureGeometry.displayAspectRatio` of a 7:3 picture is written 21:9")
    func cinema() throws {
        #expect(try Self.picture("2520×1080 1:1 0").displayAspectRatio.colonText == "21:9")
    }

    @Test(
        "`PictureGeometry.displayAspectRatio` is a common shape within 0.5 %, otherwise the exact shape",
        arguments: [
            ("134×75", "16:9"), ("4467×2500", "4467:2500"), ("398×225", "16:9"), ("39799×22500", "39799:22500"),
            ("1920×1076", "16:9"), ("1920×1068", "160:89"), ("1920×1092", "160:91"), ("1078×1920", "9:16"),
            ("1005×1000", "1:1"), ("1006×1000", "503:500"),
        ])
    func commonShapes(size: String, shape: String) throws {
        #expect(try Self.picture("\(size) 1:1 0").displayAspectRatio.colonText == shape)
    }

    @Test("`PictureGeometry.exactDisplayAspectRatio` is not rounded to a common shape")
    func exactShape() throws {
        #expect(try Self.picture("853×480 1:1 0").exactDisplayAspectRatio == Ratio(853, 480))
        #expect(try Self.picture("853×480 1:1 90").exactDisplayAspectRatio == Ratio(480, 853))
        #expect(try Self.picture("1440×1080 4:3 0").exactDisplayAspectRatio == Ratio(16, 9))
    }

    @Test(
        "`PictureGeometry` refuses sides below one sample and above 2²⁰",
        arguments: [
            (0, 1080), (1920, 0), (-1920, 1080), (1920, -1), (1_048_577, 1), (1, 1_048_577), (.max, 1), (1, .min),
        ] as [(Int, Int)])
    func implausible(width: Int, height: Int) {
        let picture = PictureGeometry(
            codedWidth: width, codedHeight: height, sampleAspectRatio: .one, orientation: .upright)
        #expect(picture == nil)
    }

    @Test("`PictureGeometry` accepts sides of 2²⁰ samples")
    func largest() throws {
        let picture = try Self.picture("1048576×1048576 2147483647:1 0")
        #expect(picture.displayWidth == Int(Int32.max))
        #expect(try Self.picture("1048576×1 1:2147483647 0").displayWidth == 1)
    }

    @Test("`PictureGeometry` never traps, whatever size, pixel shape and angle are given")
    func anyPicture() throws {
        var random = SeededGenerator(seed: 1080)
        let angles: [Double?] = [0, 90, 180, 270, 359.9, -90, 44.9, 45, nil, .nan, 1e300, -1e-300]
        for _ in 0..<20_000 {
            let shape = try #require(
                Ratio(Self.anyTerm(&random, upTo: 1 << 31 - 1), Self.anyTerm(&random, upTo: 1 << 31 - 1)))
            let angle = try #require(angles.randomElement(using: &random))
            let picture = try #require(
                PictureGeometry(
                    codedWidth: Int(Self.anyTerm(&random, upTo: 1 << 20)),
                    codedHeight: Int(Self.anyTerm(&random, upTo: 1 << 20)), sampleAspectRatio: shape,
                    orientation: PictureOrientation(clockwiseDegrees: angle)))
            #expect((1...Int(Int32.max)).contains(picture.displayWidth))
            #expect((1...Int(Int32.max)).contains(picture.displayHeight))
            let exact = picture.exactDisplayAspectRatio
            #expect(picture.displayAspectRatio.isWithin(0.005_1, of: exact))
        }
    }

    @Test("`PictureGeometry` does not trap for a pixel shape whose terms exceed 32 bits")
    func absurdPixelShape() async {
        await #expect(processExitsWith: .success) {
            let shape = try #require(Ratio(Int64.max, 1))
            let picture = PictureGeometry(
                codedWidth: 1920, codedHeight: 1080, sampleAspectRatio: shape, orientation: .upright)
            _ = picture?.displayAspectRatio
        }
    }

    /// A number between 1 and `largest`: equally often 1, `largest`, one up to 2000, or any.
    private static func anyTerm(_ random: inout SeededGenerator, upTo largest: Int64) -> Int64 {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: 1
        case 1: largest
        case 2: Int64.random(in: 1...2000, using: &random)
        default: Int64.random(in: 1...largest, using: &random)
        }
    }

    /// Reads `1440×1080 4:3 90`: coded size, pixel shape, degrees clockwise.
    private static func picture(_ text: String) throws -> PictureGeometry {
        let parts = text.split(separator: " ")
        let sides = parts[0].split(separator: "×")
        let (width, height) = (try #require(Int(sides[0])), try #require(Int(sides[1])))
        let shape = try #require(Ratio(text: parts[1]))
        return try #require(
            PictureGeometry(
                codedWidth: width, codedHeight: height, sampleAspectRatio: shape,
                orientation: PictureOrientation(clockwiseDegrees: Double(parts[2]))))
    }
}
