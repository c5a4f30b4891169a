import Testing

@testable import MediaProbe

@Suite("`EBMLHead`")
struct EBMLHeadTests {
    @Test("`EBMLHead` reads the document type and the extent of the segment")
    func known() throws {
        let head = try #require(EBMLHead(FileBytes(EBML.header + EBML.element(EBML.segmentID, filler(40)))))
        #expect(head.documentType == "webm")
        #expect(head.segmentBody == UInt64(EBML.header.count + 9))
        #expect(head.segmentEnd == UInt64(EBML.header.count + 49))
    }

    @Test("`EBMLHead.segmentEnd` is nil for a segment of unknown size")
    func unknown() throws {
        let head = try #require(EBMLHead(FileBytes(EBML.openSegment)))
        #expect(head.segmentEnd == nil)
        #expect(head.segmentBody == UInt64(EBML.header.count + 12))
    }

    @Test("`EBMLHead` finds a segment behind 999 other elements, and none behind 1000", arguments: [999, 1000])
    func fillers(count: Int) throws {
        let fillers = [[UInt8]](repeating: [0xec, 0x80], count: count).flatMap { $0 }
        let file = EBML.header + fillers + EBML.element(EBML.segmentID, filler(4))
        let head = try #require(EBMLHead(FileBytes(file)))
        #expect(head.segmentEnd == (count == 999 ? UInt64(file.count) : nil))
    }

    @Test("`EBMLHead` reads a header without a document type as Matroska and refuses other files")
    func type() throws {
        let head = try #require(EBMLHead(FileBytes(EBML.element([0x1a, 0x45, 0xdf, 0xa3], []))))
        #expect(head.documentType == "matroska")
        #expect(EBMLHead(FileBytes(filler(40))) == nil)
        #expect(EBMLHead(FileBytes([])) == nil)
    }
}
