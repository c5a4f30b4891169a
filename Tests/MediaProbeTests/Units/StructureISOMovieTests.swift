import Testing

@testable import MediaProbe

@Suite("ISOMovie")
struct StructureISOMovieTests: BuildsStructures {
    private func movie(_ parts: [UInt8]...) -> ISOMovie { ISOMovie(FileBytes(parts: parts.flatMap(\.self))) }

    private func ftyp(_ major: String, _ compatible: String...) -> [UInt8] {
        box("ftyp", Array(major.utf8), u32(512), compatible.flatMap { Array($0.utf8) })
    }

    private func mvhd(version: Int = 0, timescale: Int = 1000, duration: Int) -> [UInt8] {
        version == 1
            ? fullBox("mvhd", version: 1, zeros(16), u32(timescale), u64(duration), zeros(80))
            : fullBox("mvhd", version: version, zeros(8), u32(timescale), u32(duration), zeros(80))
    }

    private func metadata(_ handler: String, isQuickTime: Bool) -> [UInt8] {
        let content = fullBox("hdlr", zeros(4), Array(handler.utf8), zeros(13))
        return isQuickTime ? box("meta", content) : fullBox("meta", content)
    }

    @Test("`ISOMovie` reads the major brand and at most 32 compatible ones")
    func brands() {
        let few = movie(ftyp("3gp4", "isom", "mp42", "3gp4"))
        #expect(few.majorBrand == "3gp4")
        #expect(few.compatibleBrands == ["isom", "mp42", "3gp4"])
        let many = movie(box("ftyp", Array("isom".utf8), u32(0), (0..<33).flatMap { Array("b\(100 + $0)".utf8) }))
        #expect(many.compatibleBrands.count == 32)
        #expect(many.compatibleBrands.last == "b131")
    }

    @Test("`ISOMovie` ignores a compatible brand that is cut off")
    func cutBrand() {
        #expect(movie(box("ftyp", Array("qt  ".utf8), u32(0), Array("qt  mp4".utf8))).compatibleBrands == ["qt  "])
    }

    @Test(
        "`ISOMovie.movieDuration` is nil for a field of all ones, in both versions of `mvhd`",
        arguments: [
            (0, 0xffff_ffff, nil), (0, 0xffff_fffe, 0xffff_fffe), (0, 0, 0), (0, 150_000, 150_000), (1, -1, nil),
            (1, 0xffff_ffff, 0xffff_ffff), (2, 150_000, nil),
        ] as [(Int, Int, UInt64?)])
    func movieDurations(version: Int, field: Int, units: UInt64?) {
        let movie = movie(box("moov", mvhd(version: version, duration: field)))
        #expect(movie.movieDuration?.units == units)
        #expect(movie.timescale == (version == 2 ? nil : 1000))
    }

    @Test("`ISOMovie` ignores an `mvhd` with a time scale of zero or that is cut off")
    func brokenHeaders() {
        #expect(movie(box("moov", mvhd(timescale: 0, duration: 5))).timescale == nil)
        #expect(movie(box("moov", fullBox("mvhd", zeros(8), u32(1000)))).timescale == nil)
    }

    @Test("`ISOMovie` reads the length with all fragments from `mehd`, in both versions")
    func fragmentDurations() {
        func movie(_ extends: [UInt8]) -> ISOMovie { self.movie(box("moov", mvhd(duration: 0), box("mvex", extends))) }
        #expect(movie(fullBox("mehd", u32(9000))).fragmentDuration?.duration == .seconds(9))
        #expect(movie(fullBox("mehd", u32(0xffff_ffff))).fragmentDuration == nil)
        #expect(movie(fullBox("mehd", version: 1, u64(0xffff_ffff))).fragmentDuration?.units == 0xffff_ffff)
        #expect(movie(fullBox("mehd", version: 1, u64(-1))).fragmentDuration == nil)
        #expect(movie(fullBox("mehd", version: 2, u32(9000))).fragmentDuration == nil)
        #expect(movie(fullBox("trex", zeros(20))).isFragmented)
        #expect(!self.movie(box("moov", mvhd(duration: 0))).isFragmented)
    }

    @Test(
        "`ISOMovie.isPhotograph` is true for each picture brand, unless the file has a movie",
        arguments: ["mif1", "msf1", "heic", "heix", "heim", "heis", "hevc", "hevx", "avif", "avis", "miaf"])
    func photographBrands(brand: String) {
        #expect(movie(ftyp(brand, "isom")).isPhotograph)
        #expect(movie(ftyp("isom", "mp42", brand)).isPhotograph)
        #expect(!movie(ftyp(brand, brand), box("moov", mvhd(duration: 5))).isPhotograph)
    }

    @Test("`ISOMovie.isPhotograph` is true for a `meta` box of pictures, unless the file has a movie")
    func photographMetadata() {
        #expect(movie(ftyp("isom"), metadata("pict", isQuickTime: false)).isPhotograph)
        #expect(movie(metadata("pict", isQuickTime: true)).isPhotograph)
        #expect(!movie(ftyp("isom"), metadata("mdir", isQuickTime: false)).isPhotograph)
        #expect(!movie(ftyp("isom"), metadata("pict", isQuickTime: false), box("moov")).isPhotograph)
        #expect(!movie(ftyp("isom", "mp42"), box("mdat", zeros(9))).isPhotograph)
        #expect(!movie(box("meta", zeros(8))).isPhotograph)
    }

    @Test("`ISOMovie` finds `moov` behind media data, and reads the first of two")
    func moviePositions() {
        let first = box("moov", mvhd(duration: 1))
        let found = movie(ftyp("isom"), box("mdat", zeros(100)), first, box("moov", mvhd(duration: 2)))
        #expect(found.hasMovie)
        #expect(found.movieDuration?.units == 1)
        #expect(!movie(ftyp("isom"), box("mdat", zeros(100))).hasMovie)
    }

    @Test("`ISOMovie.followsData` is true where media data lies before the movie; an empty box is no data")
    func dataPositions() {
        let moov = box("moov", mvhd(duration: 1))
        #expect(movie(ftyp("isom"), box("mdat", zeros(100)), moov).followsData)
        #expect(!movie(ftyp("isom"), moov, box("mdat", zeros(100))).followsData)
        #expect(!movie(ftyp("isom"), box("free", zeros(8)), box("mdat"), moov).followsData)
    }

    @Test("`ISOMovie.isReferenceMovie` is true for a movie that refers to other movies")
    func referenceMovies() {
        #expect(movie(box("moov", box("rmra", box("rmda")))).isReferenceMovie)
        #expect(!movie(box("moov", mvhd(duration: 1))).isReferenceMovie)
    }

    @Test("`ISOMovie` reads the tracks in the order of their boxes")
    func trackOrder() {
        let tracks = [7, 3, 5].map { box("trak", fullBox("tkhd", flags: 1, u32(0, 0, $0, 0, 90), zeros(60))) }
        let movie = movie(box("moov", tracks[0], mvhd(duration: 90), tracks[1], box("free"), tracks[2]))
        #expect(movie.tracks.map(\.identifier) == [7, 3, 5])
        #expect(movie.tracks.map(\.duration?.duration) == [.milliseconds(90), .milliseconds(90), .milliseconds(90)])
    }

    @Test("`ISOMovie` has neither brands nor a movie for bytes that are not boxes", arguments: [0, 1, 7, 8, 4096])
    func otherBytes(count: Int) {
        for byte: UInt8 in [0x00, 0x47, 0xff] {
            let movie = movie([UInt8](repeating: byte, count: count))
            #expect(movie.majorBrand == nil && !movie.hasMovie && !movie.isPhotograph && movie.tracks.isEmpty)
        }
    }

    @Test("`ISOMovie` ignores boxes that nest deeper than the format allows")
    func deepNesting() {
        let nested = (0..<2_000).reduce(mvhd(duration: 9)) { inner, _ in box("moov", inner) }
        let movie = movie(nested)
        #expect(movie.hasMovie)
        #expect(movie.timescale == nil)
    }

    @Test("`ISOMovie` does not trap for any cut or changed byte of a movie")
    func mutants() {
        let bytes = ftyp("isom", "mp42") + box("moov", mvhd(duration: 90), StructureTracks().whole)
        for length in bytes.indices { #expect(ISOMovie(FileBytes(parts: Array(bytes[..<length]))).tracks.count <= 1) }
        for position in bytes.indices {
            for value: UInt8 in [0x00, 0x01, 0x7f, 0x80, 0xff] {
                var mutant = bytes
                mutant[position] = value
                #expect(ISOMovie(FileBytes(parts: mutant)).tracks.count <= 2)
            }
        }
    }

    @Test(
        "`ISODuration` converts units to time and does not overflow",
        arguments: [
            (0, 1000, .zero), (1, 3, .nanoseconds(333_333_333)), (150_000, 1000, .seconds(150)),
            (4_294_967_295, 4_294_967_295, .seconds(1)), (.max, 1, .seconds(Int64.max)),
            (.max, 4_294_967_295, .seconds(4_294_967_297)),
        ] as [(UInt64, UInt32, Duration)])
    func durations(units: UInt64, timescale: UInt32, duration: Duration) {
        #expect(ISODuration(units: units, timescale: timescale)?.duration == duration)
    }

    @Test("`ISODuration` refuses a time scale of zero")
    func zeroTimescale() {
        #expect(ISODuration(units: 5, timescale: 0) == nil)
    }
}
