import Testing

@testable import MediaFacts
@testable import MediaProbe

@Suite("AVIHeader")
struct StructureAVIHeaderTests: BuildsStructures {
    private func list(_ type: String, _ parts: [UInt8]...) -> [UInt8] {
        chunk("LIST", Array(type.utf8), parts.flatMap(\.self))
    }

    private func strh(
        _ type: String = "vids", scale: Int = 1001, rate: Int = 30_000, start: Int = 7, length: Int = 5550
    ) -> [UInt8] {
        let numbers = [scale, rate, start, length].flatMap { u32($0).reversed() }
        return chunk("strh", Array(type.utf8), Array("H264".utf8), zeros(12), numbers, zeros(20))
    }

    private func header(_ parts: [UInt8]...) -> AVIHeader? {
        AVIHeader(FileBytes(parts: chunk("RIFF", Array("AVI ".utf8), parts.flatMap(\.self))))
    }

    @Test("`AVIHeader` reads the header of each stream in order")
    func streams() {
        let sound = strh("auds", scale: 1, rate: 44_100, start: 0, length: 0xffff_ffff)
        let streams = header(
            list("hdrl", chunk("avih", zeros(56)), list("strl", strh(), chunk("strf", zeros(41))), list("strl", sound)),
            list("movi", zeros(40)))?.streams
        #expect(streams?.map(\.type) == ["vids", "auds"])
        #expect(streams?.map(\.codec) == ["H264", "H264"])
        #expect(streams?.map(\.scale) == [1001, 1])
        #expect(streams?.map(\.rate) == [30_000, 44_100])
        #expect(streams?.map(\.start) == [7, 0])
        #expect(streams?.map(\.length) == [5550, 0xffff_ffff])
        #expect(streams?.first?.frameRate == Ratio(30_000, 1001))
        #expect(streams?.first?.duration == .milliseconds(185_185))
    }

    @Test(
        "`AVIStreamHeader` has neither frame rate nor duration when scale or rate is zero",
        arguments: [(0, 25), (1, 0), (0, 0)])
    func zeroTerms(scale: Int, rate: Int) {
        let stream = header(list("hdrl", list("strl", strh(scale: scale, rate: rate))))?.streams.first
        #expect(stream?.length == 5550)
        #expect(stream?.frameRate == nil)
        #expect(stream?.duration == nil)
    }

    @Test("`AVIStreamHeader` does not overflow at the largest numbers")
    func largestTerms() {
        let stream = header(list("hdrl", list("strl", strh(scale: -1, rate: 1, length: -1))))?.streams.first
        #expect(stream?.duration == .seconds(Int64.max))
    }

    @Test("`AVIHeader` finds the header list behind other chunks, also those of odd size")
    func otherChunks() {
        let header = header(chunk("JUNK", zeros(5)), list("INFO", zeros(6)), list("hdrl", list("strl", strh())))
        #expect(header?.streams.count == 1)
    }

    @Test("`AVIHeader` reads the whole streams of a header list that is cut off")
    func cutHeader() {
        let bytes = chunk("RIFF", Array("AVI ".utf8), list("hdrl", list("strl", strh()), list("strl", strh("auds"))))
        #expect(AVIHeader(FileBytes(parts: Array(bytes.dropLast(20))))?.streams.count == 2)
        #expect(AVIHeader(FileBytes(parts: Array(bytes.dropLast(21))))?.streams.count == 1)
        for length in 0..<bytes.count {
            #expect((AVIHeader(FileBytes(parts: Array(bytes[..<length])))?.streams.count ?? 0) <= 2)
        }
    }

    @Test("`AVIHeader` reads at most 100 streams")
    func streamLimit() {
        let streams = (0..<101).flatMap { _ in list("strl", strh()) }
        #expect(header(list("hdrl", streams))?.streams.count == 100)
    }

    @Test("`AVIHeader` has no streams without a header list, and is nil for another file")
    func otherFiles() {
        #expect(header()?.streams == [])
        #expect(header(list("strl", strh()))?.streams == [])
        #expect(header(list("hdrl", list("strl", chunk("strf", zeros(40)))))?.streams == [])
        #expect(AVIHeader(FileBytes(parts: chunk("RIFF", Array("WAVE".utf8), zeros(40)))) == nil)
        #expect(AVIHeader(FileBytes(parts: [])) == nil)
    }
}
