import Testing

@testable import MediaProbe

@Suite("ISOCleanAperture")
struct StructureCleanApertureTests: BuildsStructures {
    private func aperture(_ numbers: [Int], width: Int = 1088, height: Int = 1920) -> ISOCleanAperture? {
        ISOCleanAperture(numbers.flatMap { u32($0) }, codedWidth: width, codedHeight: height)
    }

    @Test("`ISOCleanAperture` centres the aperture and adds its offsets")
    func places() {
        let centred = aperture([1080, 1, 1920, 1, 0, 1, 0, 1])
        #expect(centred?.width == 1080 && centred?.height == 1920 && centred?.left == 4 && centred?.top == 0)
        let shifted = aperture([2160, 2, 3820, 2, -8, 2, 10, 4])
        #expect(shifted?.width == 1080 && shifted?.height == 1910 && shifted?.left == 0 && shifted?.top == 7.5)
    }

    @Test(
        "`ISOCleanAperture` refuses a zero denominator, an empty aperture and one outside the picture",
        arguments: [
            [1080, 0, 1920, 1, 0, 1, 0, 1], [1080, 1, 1920, 0, 0, 1, 0, 1], [1080, 1, 1920, 1, 0, 0, 0, 1],
            [1080, 1, 1920, 1, 0, 1, 0, 0], [0, 1, 1920, 1, 0, 1, 0, 1], [1080, 1, 0, 1, 0, 1, 0, 1],
            [1090, 1, 1920, 1, 0, 1, 0, 1], [1080, 1, 1922, 1, 0, 1, 0, 1], [-1080, 1, 1920, 1, 0, 1, 0, 1],
            [1080, 1, 1920, 1, -5, 1, 0, 1], [1080, 1, 1920, 1, 5, 1, 0, 1], [1080, 1, 1910, 1, 0, 1, 6, 1],
            [1080, 1, 1910, 1, 0, 1, -6, 1],
        ])
    func refused(numbers: [Int]) {
        #expect(aperture(numbers) == nil)
    }

    @Test("`ISOCleanAperture` refuses a box that is cut off, and a picture without size")
    func missingBytes() {
        #expect(ISOCleanAperture(zeros(31), codedWidth: 1088, codedHeight: 1920) == nil)
        #expect(aperture([1080, 1, 1920, 1, 0, 1, 0, 1], width: 0, height: 0) == nil)
    }

    @Test("`ISOCleanAperture.rectangle` rounds to whole samples inside the picture")
    func rectangles() {
        func rectangle(_ numbers: [Int]) -> CropRectangle? {
            aperture(numbers)?.rectangle(codedWidth: 1088, codedHeight: 1920)
        }
        #expect(rectangle([1080, 1, 1920, 1, 0, 1, 0, 1]) == CropRectangle(left: 4, top: 0, width: 1080, height: 1920))
        #expect(rectangle([2159, 2, 1920, 1, 0, 1, 0, 1]) == CropRectangle(left: 4, top: 0, width: 1080, height: 1920))
        #expect(rectangle([1080, 1, 1920, 1, 9, 2, 0, 1]) == CropRectangle(left: 8, top: 0, width: 1080, height: 1920))
        #expect(rectangle([1088, 1, 1920, 1, 0, 1, 0, 1]) == nil)
        #expect(rectangle([1, 4, 1920, 1, 0, 1, 0, 1]) == nil)
    }

    @Test("`ISOSampleEntry.crop` is the clean aperture of the entry")
    func crop() {
        let parts = StructureTracks()
        let clap = box("clap", u32(1080, 1, 1920, 1, 0, 1, 0, 1))
        let table = parts.stsd(parts.videoEntry("avc1", box("pasp", u32(1, 1)), clap), parts.videoEntry("avc1"))
        var walk = ISOBoxWalk(FileBytes(parts: table))
        let entries = ISOSampleEntry.list(8..<UInt64(table.count), handler: "vide", &walk)
        let expected: [CropRectangle?] = [CropRectangle(left: 4, top: 0, width: 1080, height: 1920), nil]
        #expect(entries.map(\.crop) == expected)
    }
}
