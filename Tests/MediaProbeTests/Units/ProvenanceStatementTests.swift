import MediaFacts
import Testing

@testable import MediaProbe

@Suite("ProvenanceStatements")
struct ProvenanceStatementTests: BuildsStructures {
    private let make = ProvenanceBoxes()

    private func iso(_ parts: [UInt8]...) -> Provenance {
        ProvenanceStatements.iso(FileBytes(parts: box("ftyp", zeros(8)) + parts.flatMap(\.self))).facts
    }

    private func labels(_ provenance: Provenance) -> [String] {
        provenance.labels.map { label in
            ([label.place.rawValue, label.label ?? "-"] + label.problems.map(\.rawValue)).joined(separator: " ")
        }
    }

    @Test("A label is read from each place of an ISO base media file")
    func places() {
        let value = make.value()
        for (movie, label) in [
            (box("udta", make.keys(value)), "metadata 1"), (make.keys(value), "metadata 1"),
            (make.keys(isQuickTime: true, value), "metadata 1"),
            (box("udta", make.keys(named: "aigc", value)), "metadata 1"),
            (box("udta", make.freeform("AIGC", value)), "metadata 1"), (box("udta", box("AIGC", value)), "user-data 1"),
            (box("udta", box("aigc", u16(value.count, 0x15c7), value)), "user-data 1"),
            (box("udta", fullBox("AIGC", u16(0x15c7), value)), "user-data 1"),
            (box("udta", box("XMP_", make.packet(3))), "xmp 3"), (make.xmp(make.packet(2)), "xmp 2"),
        ] {
            #expect(labels(iso(box("moov", movie))) == [label])
        }
        #expect(labels(iso(box("moov"), box("mdat", zeros(9)), make.xmp(make.packet(2)))) == ["xmp 2"])
        #expect(labels(iso(make.keys(value), box("moov"))) == ["metadata 1"])
    }

    @Test("Other keys, other boxes and an empty movie state nothing, and every place counts as searched")
    func nothing() {
        let value = make.value()
        for movie in [
            [], box("udta"), box("udta", make.keys(named: "AIGCX", value)), box("udta", make.freeform("title", value)),
            box("udta", box("titl", value)), box("uuid", zeros(16), value), box("meta", zeros(4)),
        ] {
            #expect(
                iso(box("moov", movie))
                    == Provenance(
                        searched: [.metadata, .userData, .xmp, .c2pa], credentials: ContentCredentials()))
        }
    }

    @Test("A second label of one place is doubled, and one of another value contradicts the first")
    func several() {
        #expect(
            labels(iso(box("moov", make.keys(make.value(), make.value())))) == ["metadata 1", "metadata 1 doubled"])
        #expect(
            labels(iso(box("moov", make.keys(make.value(2), make.value(3)), box("udta", box("AIGC", make.value(2))))))
                == ["metadata 2", "metadata 3 doubled contradicting", "user-data 2 contradicting"])
    }

    @Test("A value larger than its limit is not read")
    func tooLarge() {
        let exact = make.value() + [UInt8](repeating: 0x20, count: 4096 - make.value().count)
        #expect(labels(iso(box("moov", make.keys(exact)))) == ["metadata 1"])
        #expect(labels(iso(box("moov", make.keys(exact + [0x20])))) == ["metadata - too-large"])
        #expect(labels(iso(box("moov", box("udta", box("AIGC", exact + [0x20]))))) == ["user-data - too-large"])
        let packet = make.packet() + [UInt8](repeating: 0x20, count: (256 << 10) - make.packet().count)
        #expect(iso(make.xmp(packet)).problems == [])
        #expect(iso(make.xmp(packet + [0x20])).problems == [Provenance.PlaceProblem(.xmp, .tooLarge)])
        #expect(iso(make.credentials(zeros((1 << 20) + 1))).credentials?.problems == [.tooLarge])
    }

    @Test("The source types of two packets contradict each other when they differ")
    func sourceTypes() {
        let capture = make.packet(sourceType: "digitalCapture")
        #expect(iso(make.xmp(capture)).digitalSourceType == "digitalCapture")
        #expect(iso(make.xmp(capture), make.xmp(capture)).problems == [])
        let contradiction = iso(make.xmp(capture), make.xmp(make.packet()))
        #expect(contradiction.digitalSourceType == "digitalCapture")
        #expect(contradiction.problems == [Provenance.PlaceProblem(.xmp, .contradicting)])
    }

    @Test("Content Credentials are read from their box, and boxes of hashes are none")
    func credentials() {
        let store = make.store(make.manifest(claim: make.map(("claim_generator", make.text("tool")))))
        #expect(
            iso(make.credentials(store)).credentials == ContentCredentials(isPresent: true, claimGenerator: "tool"))
        #expect(iso(make.credentials(store, purpose: "merkle")).credentials == ContentCredentials())
        #expect(iso(make.credentials(store), make.credentials(store)).credentials?.problems == [.doubled])
        #expect(iso(make.credentials([])).credentials?.problems == [.brokenBoxes])
        #expect(iso(box("uuid", ProvenanceBoxes.credentialIdentifier)).credentials?.problems == [.brokenBoxes])
    }

    @Test("At most 16 labels are read")
    func many() {
        let items = [UInt8]((0..<100).flatMap { _ in box("AIGC", make.value()) })
        #expect(iso(box("moov", box("udta", items))).labels.count == 16)
    }

    @Test("A label of an AVI file is read from each chunk of an INFO list, and a packet from `_PMX`")
    func riff() {
        func read(_ parts: [UInt8]...) -> Provenance {
            ProvenanceStatements.riff(FileBytes(parts: chunk("RIFF", Array("AVI ".utf8), parts.flatMap(\.self)))).facts
        }
        func info(_ chunks: [UInt8]...) -> [UInt8] { chunk("LIST", Array("INFO".utf8), chunks.flatMap(\.self)) }
        let label = chunk("AIGC", make.value() + [0])
        #expect(labels(read(chunk("LIST", Array("movi".utf8)), info(chunk("ISFT", [1]), label))) == ["metadata 1"])
        #expect(labels(read(info(label), info(label))) == ["metadata 1", "metadata 1 doubled"])
        #expect(labels(read(chunk("_PMX", make.packet(2)))) == ["xmp 2"])
        #expect(labels(read(info(chunk("AIGC", zeros(5000))))) == ["metadata - too-large"])
        #expect(read() == Provenance(searched: [.metadata, .xmp]))
        #expect(ProvenanceStatements.riff(FileBytes(parts: [1])).facts.labels.isEmpty)
    }

    @Test("A label of an FLV file is read from a string and a long string of script data")
    func flv() {
        func read(_ tags: [UInt8]...) -> Provenance {
            let header = Array("FLV".utf8) + [1, 5] + u32(9, 0)
            let parts = tags.map { tag in [18] + u32(tag.count).suffix(3) + zeros(7) + tag + u32(tag.count + 11) }
            return ProvenanceStatements.flv(FileBytes(parts: header + parts.flatMap(\.self))).facts
        }
        let name: [UInt8] = [2] + u16(10) + Array("onMetaData".utf8) + [8] + u32(1)
        let key = u16(4) + Array("AIGC".utf8)
        #expect(labels(read(name + key + [2] + u16(make.value().count) + make.value() + [0, 0, 9])) == ["metadata 1"])
        #expect(labels(read(name + key + [12] + u32(make.value().count) + make.value())) == ["metadata 1"])
        #expect(labels(read(name + key + [12] + u32(5000) + zeros(5000))) == ["metadata - too-large"])
        #expect(labels(read(name + key + [2] + u16(900) + make.value())) == ["metadata 1"])
        #expect(read(name + key + [0] + zeros(8)).labels.isEmpty)
        #expect(read(name + key).labels.isEmpty)
        let packet = u16(7) + Array("liveXML".utf8) + [12] + u32(make.packet(3).count) + make.packet(3)
        #expect(labels(read(name + packet)) == ["xmp 3"])
        #expect(ProvenanceStatements.flv(FileBytes(parts: Array("FLX".utf8) + zeros(50))).facts.labels.isEmpty)
    }

    /// A Matroska file with one Tags element, which holds `tags`.
    private func matroska(_ tags: [UInt8]...) -> [UInt8] {
        let head = ebml(0x1a45_dfa3, ebml(0x4282, Array("matroska".utf8)))
        return head
            + ebml(0x1853_8067, width: 4, ebml(0xec, zeros(3)), ebml(0x1254_c367, width: 4, tags.flatMap(\.self)))
    }

    /// A Tag element with a simple tag; `targets` is the content of its Targets element.
    private func tag(named name: String = "AIGC", _ value: [UInt8], targets: [UInt8] = []) -> [UInt8] {
        ebml(
            0x7373, width: 4, ebml(0x63c0, targets),
            ebml(0x67c8, width: 4, ebml(0x45a3, Array(name.utf8)), ebml(0x4487, width: 4, value)))
    }

    @Test("A label of a Matroska file is read from each tag of the file and of a track")
    func matroskaTags() {
        func read(_ bytes: [UInt8]) -> [String] {
            labels(ProvenanceStatements.matroska(FileBytes(parts: bytes)).facts)
        }
        let track = ebml(0x63c5, [1])
        #expect(read(matroska(tag(named: "TITLE", make.value()), tag(make.value()))) == ["metadata 1"])
        #expect(
            read(matroska(tag(make.value()), tag(named: "aigc", make.value(2))))
                == ["metadata 1", "metadata 2 doubled contradicting"])
        #expect(read(matroska(tag(make.value(3), targets: track))) == ["stream-metadata 3"])
        #expect(read(matroska(tag(zeros(4097)))) == ["metadata - too-large"])
        #expect(read(matroska(ebml(0x7373, ebml(0x67c8, ebml(0x45a3, Array("AIGC".utf8)))))) == [])
        #expect(read(Array(matroska(tag(make.value())).dropLast(4))) == ["metadata - not-json"])
        #expect(read([1, 2, 3]) == [])
    }

    @Test("No random change of a carrier makes its reader trap", arguments: 0..<6)
    func mutations(carrier: Int) {
        let store = make.store(
            make.manifest(claim: make.map(("claim_generator", make.text("tool"))), actions: make.actions("a")))
        let movie = box(
            "moov", box("udta", make.keys(make.value()), box("AIGC", make.value()), make.freeform("AIGC", [1])))
        let flv =
            Array("FLV".utf8) + [1, 5] + u32(9, 0) + [18, 0, 0, 40] + zeros(7) + u16(4) + Array("AIGC".utf8) + [2]
        let carriers = [
            movie, make.xmp(make.packet()), make.credentials(store),
            chunk("RIFF", Array("AVI LIST".utf8), u32(40).reversed(), Array("INFO".utf8), chunk("AIGC", make.value())),
            flv + u16(make.value().count) + make.value(), matroska(tag(make.value()), tag(make.value(2))),
        ]
        var random = SeededBytes(seed: UInt64(carrier))
        for _ in 0..<1000 {
            let source = FileBytes(parts: random.changed(carriers[carrier]))
            for read in [
                ProvenanceStatements.iso, ProvenanceStatements.riff, ProvenanceStatements.flv,
                ProvenanceStatements.matroska,
            ] {
                let facts = read(source).facts
                #expect(facts.labels.count <= Provenance.most && facts.problems.count <= Provenance.most)
            }
        }
    }
}
