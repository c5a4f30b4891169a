import MediaFacts
import Testing

@testable import MediaProbe

/// The scan of a stream, from its header, its pictures and its container.
@Suite("StreamScan")
struct ScanTests {
    private static func tally(progressive: Int = 0, top: Int = 0, bottom: Int = 0, either: Int = 0)
        -> ScanTally
    {
        var tally = ScanTally()
        for _ in 0..<progressive { tally.add(.progressive) }
        for _ in 0..<top { tally.add(.topFirst) }
        for _ in 0..<bottom { tally.add(.bottomFirst) }
        for _ in 0..<either { tally.add(.interlaced) }
        tally.add(nil)
        return tally
    }

    private static func expect(
        _ sequence: ScanType?, _ pictures: ScanTally, _ container: PictureScan?, _ type: ScanType?,
        _ order: FieldOrder?, _ source: FactSource, first: PictureScan? = nil,
        at place: SourceLocation = #_sourceLocation
    ) {
        let scan = StreamScan(sequence: sequence, first: first, pictures: pictures, container: container)
        #expect(scan.type == type, sourceLocation: place)
        #expect(scan.fieldOrder == order, sourceLocation: place)
        #expect(scan.source == source, sourceLocation: place)
    }

    @Test("A stream whose header allows frames only is progressive, whatever the container states")
    func framesOnly() {
        Self.expect(.progressive, Self.tally(), nil, .progressive, nil, .stream)
        Self.expect(.progressive, Self.tally(), .topFirst, .progressive, nil, .stream)
    }

    @Test("A stream with interlaced pictures and no progressive ones is interlaced, with the order that they share")
    func interlaced() {
        Self.expect(nil, Self.tally(top: 3), .progressive, .interlaced, .topFirst, .packets)
        Self.expect(nil, Self.tally(bottom: 3), nil, .interlaced, .bottomFirst, .packets)
        Self.expect(nil, Self.tally(bottom: 3, either: 2), nil, .interlaced, .bottomFirst, .packets)
        Self.expect(nil, Self.tally(either: 2), .topFirst, .interlaced, .topFirst, .packets)
        Self.expect(nil, Self.tally(top: 1, bottom: 1), .topFirst, .interlaced, nil, .packets)
        Self.expect(.interlaced, Self.tally(), nil, .interlaced, nil, .stream)
        Self.expect(.interlaced, Self.tally(), .bottomFirst, .interlaced, .bottomFirst, .stream)
    }

    @Test("A stream with interlaced and progressive pictures has no scan")
    func mixed() {
        Self.expect(nil, Self.tally(progressive: 100, top: 1), .progressive, nil, nil, .packets)
        Self.expect(nil, Self.tally(progressive: 64), .progressive, nil, nil, .packets, first: .topFirst)
        Self.expect(nil, Self.tally(top: 64), nil, nil, nil, .packets, first: .progressive)
    }

    @Test("A stream of progressive pictures is progressive, but the first picture alone proves nothing")
    func progressive() {
        Self.expect(nil, Self.tally(progressive: 9), nil, .progressive, nil, .packets, first: .progressive)
        Self.expect(nil, Self.tally(), nil, nil, nil, .header, first: .progressive)
        Self.expect(nil, Self.tally(), .progressive, .progressive, nil, .header, first: .progressive)
        Self.expect(nil, Self.tally(), nil, .interlaced, .topFirst, .packets, first: .topFirst)
    }

    @Test("The container decides where nothing else tells the scan")
    func container() {
        Self.expect(nil, Self.tally(), .bottomFirst, .interlaced, .bottomFirst, .header)
        Self.expect(nil, Self.tally(), .progressive, .progressive, nil, .header)
        Self.expect(nil, Self.tally(), nil, nil, nil, .header)
    }
}
