import Testing

@testable import MediaFacts
@testable import MediaProbe

@Suite("MatroskaPicture")
struct StructureMatroskaPictureTests {
    private let full = MatroskaPicture(pixelWidth: 1920, pixelHeight: 1088)

    private func picture(_ change: (inout MatroskaPicture) -> Void) -> MatroskaPicture {
        var picture = full
        change(&picture)
        return picture
    }

    @Test("`MatroskaPicture.cropped` is the part of the picture that the crop leaves, and nil without a crop")
    func cropped() {
        #expect(full.cropped == nil)
        #expect(
            picture { $0.cropBottom = 8 }.cropped == CropRectangle(left: 0, top: 0, width: 1920, height: 1080))
        let all = picture { ($0.cropTop, $0.cropBottom, $0.cropLeft, $0.cropRight) = (3, 5, 400, 440) }
        #expect(all.cropped == CropRectangle(left: 400, top: 3, width: 1080, height: 1080))
    }

    @Test("`MatroskaPicture.cropped` is nil for a crop that leaves nothing")
    func largeCrops() {
        #expect(picture { $0.cropLeft = 1919 }.cropped?.width == 1)
        #expect(picture { $0.cropLeft = 1920 }.cropped == nil)
        #expect(picture { $0.cropTop = 1088 }.cropped == nil)
        #expect(picture { ($0.cropTop, $0.cropBottom) = (Int(Int32.max), Int(Int32.max)) }.cropped == nil)
    }

    @Test(
        "`MatroskaPicture.sampleAspectRatio` is the display shape divided by the shape of the cropped picture",
        arguments: [
            (1920, 1080, 0, Ratio(1, 1)), (16, 9, 3, Ratio(1, 1)), (1440, 1080, 0, Ratio(3, 4)),
            (nil, nil, 0, nil), (nil, nil, 3, nil), (1440, nil, 0, Ratio(3, 4)), (nil, 540, 0, Ratio(2, 1)),
            (16, nil, 3, nil), (nil, 9, 3, nil), (16, 9, 1, nil), (16, 9, 2, nil), (16, 9, 4, nil),
            (0, 1080, 0, nil), (1920, 0, 0, nil), (2_147_483_647, 2_147_483_647, 0, Ratio(9, 16)),
        ] as [(Int?, Int?, Int, Ratio?)])
    func sampleAspectRatios(width: Int?, height: Int?, unit: Int, ratio: Ratio?) {
        let picture = picture {
            ($0.cropBottom, $0.displayWidth, $0.displayHeight, $0.displayUnit) = (8, width, height, unit)
        }
        #expect(picture.sampleAspectRatio == ratio)
    }

    @Test("`MatroskaPicture.sampleAspectRatio` ignores a crop that leaves nothing, and is nil without a picture size")
    func senselessSizes() {
        let overcropped = picture { ($0.cropLeft, $0.displayWidth, $0.displayHeight) = (1920, 1920, 1088) }
        #expect(overcropped.sampleAspectRatio == .one)
        #expect(MatroskaPicture(displayWidth: 16, displayHeight: 9).sampleAspectRatio == nil)
    }
}
