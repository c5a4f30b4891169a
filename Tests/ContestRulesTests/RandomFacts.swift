import MediaFacts
import TestSupport

/// A source of facts with random combinations of problems, ends, shapes, lengths and content. The same seed gives the same
/// facts.
struct RandomFacts {
    private var random: SplitMix

    /// Makes a source.
    init(seed: UInt64) { random = SplitMix(state: seed) }

    /// The next facts.
    mutating func next() -> MediaFacts {
        var facts = MediaFacts.sample(
            family: pick(ContainerFamily.known), duration: length(), declared: length(),
            hasVideo: chance(9, of: 10), hasAudio: chance(8, of: 10))
        let frames = pick([0, 1, 12, 3750, 5000])
        facts.integrity = integrity(frames)
        if facts.integrity.problem(.timelineJumps) != nil || chance(1, of: 10) { facts.durationWithoutJumps = length() }
        facts.video?.picture = chance(9, of: 10) ? picture() : nil
        facts.video?.uncropped = chance(1, of: 5) ? picture() : nil
        facts.video?.changes = changes()
        facts.content = chance(8, of: 10) ? content(frames) : nil
        facts.container.layout = chance(1, of: 2) ? layout() : nil
        facts.provenance = chance(4, of: 5) ? provenance() : nil
        facts.video?.signal = chance(4, of: 5) ? signal() : nil
        facts.video?.coding = chance(4, of: 5) ? coding() : nil
        facts.audio?.format = chance(4, of: 5) ? format() : nil
        return facts
    }

    // MARK: Parts

    private mutating func length() -> Duration? {
        pick([nil, .zero, .milliseconds(500), .milliseconds(119_500), .seconds(150), .seconds(150), .seconds(340)])
    }

    private mutating func integrity(_ frames: Int) -> IntegrityFacts {
        var integrity = IntegrityFacts(
            videoPackets: pick([nil, frames, frames, frames, 0]), audioPackets: pick([nil, 0, 7000, 7000]),
            end: pick([nil, .reached, .reached, .reached, .missing, .unknown, FileEndFact(rawValue: "folded")]))
        guard chance(7, of: 10) else { return integrity }
        let share = pick([24, 8])
        for code in IntegrityProblem.Code.known where chance(1, of: share) {
            integrity.add(IntegrityProblem(code, count: pick([nil, 1, 7, 5000])))
        }
        return integrity
    }

    private mutating func picture() -> PictureGeometry? {
        PictureGeometry(
            codedWidth: pick([1920, 1080, 1280, 540]), codedHeight: pick([1080, 1920, 720, 960]),
            sampleAspectRatio: pick([.one, .one, Ratio(4, 3) ?? .one]),
            orientation: PictureOrientation(clockwiseDegrees: pick([0, 0, 90, 30, nil]), mirrored: chance(1, of: 8)))
    }

    private mutating func changes() -> [PictureChange] {
        guard chance(1, of: 3) else { return [] }
        let times = (0..<pick([1, 2, 3, FactBounds.pictureChanges])).map { _ in time() }.sorted()
        return times.compactMap { at in picture().map { PictureChange(at: at, picture: $0) } }
    }

    private mutating func layout() -> ContainerLayout {
        ContainerLayout(
            indexFirst: pick([nil, true, false]), editLists: pick([nil, true, false]),
            fragments: pick([nil, true, false]))
    }

    private mutating func provenance() -> Provenance {
        let labels = (0..<pick([0, 0, 0, 1, 2])).map { _ in
            AILabel(
                place: pick(ProvenancePlace.known + [ProvenancePlace(rawValue: "frame")]),
                label: pick([nil, "1", "2", "3", "value1"]), producer: pick([nil, "甲公司"]),
                problems: chance(1, of: 4) ? [pick(ProvenanceProblem.known)] : [])
        }
        let types = [nil, nil, nil, "x/digitalCapture", "x/trainedAlgorithmicMedia"] as [String?]
        return Provenance(
            searched: ProvenancePlace.known, labels: labels, digitalSourceType: pick(types),
            credentials: chance(1, of: 4)
                ? ContentCredentials(isPresent: true, digitalSourceType: pick(types), problems: pick([[], [.noClaim]]))
                : nil,
            problems: chance(1, of: 8) ? [Provenance.PlaceProblem(.xmp, pick(ProvenanceProblem.known))] : [])
    }

    private mutating func signal() -> VideoSignal {
        VideoSignal(
            scan: pick([nil, .progressive, .interlaced, ScanType(rawValue: "segmented")]),
            fieldOrder: pick([nil, .topFirst, .bottomFirst, FieldOrder(rawValue: "both-first")]),
            chroma: pick([nil, "4:2:0", "4:2:2", "4:4:4"]), bitDepth: pick([nil, 8, 10, 12]),
            color: chance(4, of: 5) ? color() : nil)
    }

    private mutating func color() -> ColorDescription {
        ColorDescription(
            range: pick([nil, .limited, .full, ColorRange(rawValue: "wide")]),
            primaries: pick([nil, "bt709", "bt2020", "smpte432"]),
            transfer: pick([nil, "bt709", "smpte2084", "arib-std-b67"]),
            matrix: pick([nil, "bt709", "bt2020nc", "smpte170m"]))
    }

    private mutating func coding() -> VideoCoding {
        VideoCoding(
            level: pick([nil, "3.1", "4.0", "4.1", "5.1", "1b", "9.9"]),
            longestKeyframeInterval: pick([nil, .zero, .milliseconds(480), .seconds(10), .milliseconds(10_001)]),
            hasClosedGroups: pick([nil, true, false]), rateFluctuation: fluctuation())
    }

    private mutating func format() -> AudioFormat {
        AudioFormat(
            layout: pick([nil, "mono", "stereo", "5.1(side)"]), bitDepth: pick([nil, 16, 24]),
            profile: pick([nil, "LC", "HE-AAC"]), bitsPerSecond: pick([nil, 0, 95_999, 128_000, 320_000]),
            rateFluctuation: fluctuation())
    }

    private mutating func fluctuation() -> Duration? {
        pick([nil, .zero, .milliseconds(40), .milliseconds(1500), .seconds(2), .milliseconds(2500), .seconds(30)])
    }

    private mutating func content(_ frames: Int) -> ContentFacts {
        ContentFacts(
            depth: pick(Depth.allCases), picture: chance(9, of: 10) ? pictureContent(frames) : nil,
            sound: chance(9, of: 10) ? soundContent() : nil)
    }

    private mutating func pictureContent(_ frames: Int) -> PictureContent {
        var content = PictureContent(
            framesExamined: pick([frames, frames, frames, frames / 2, 0, frames + 1]), frames: frames, black: ranges(),
            frozen: ranges(), active: active(), shortfall: shortfall())
        if chance(1, of: 6) { (content.damagedFrames, content.damage) = (pick([1, 12, 9000]), ranges()) }
        if chance(1, of: 6) { (content.missingFrames, content.missing) = (pick([0, 1, 12, 9000]), ranges()) }
        if chance(4, of: 5) { content.last = EdgePicture(at: time(), brightness: 0.5, isBlack: false) }
        return content
    }

    private mutating func soundContent() -> SoundContent {
        SoundContent(
            silent: ranges(), loudness: pick([nil, -20, -40, -3]), truePeak: pick([nil, -2, 1]),
            damagedPackets: pick([0, 0, 0, 2, 3]), shortfall: shortfall())
    }

    private mutating func active() -> [ActivePicture] {
        ranges().map {
            ActivePicture(when: $0, x: 0, y: 0, width: pick([1920, 1440, 608]), height: pick([1080, 816]))
        }
    }

    private mutating func shortfall() -> ContentShortfall? {
        chance(1, of: 4) ? pick(ContentShortfall.known + [ContentShortfall(rawValue: "too-loud")]) : nil
    }

    private mutating func ranges() -> [TimeRange] {
        guard chance(1, of: 2) else { return [] }
        let times = (0..<2 * pick([1, 2, 5])).map { _ in time() }.sorted()
        return stride(from: 0, to: times.count, by: 2).map { TimeRange(start: times[$0], end: times[$0 + 1]) }
    }

    private mutating func time() -> Duration { .milliseconds(Int64.random(in: 0...150_000, using: &random)) }

    // MARK: Chance

    private mutating func chance(_ hits: Int, of all: Int) -> Bool { Int.random(in: 0..<all, using: &random) < hits }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }
}

/// SplitMix64, a generator with a seed. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators".
struct SplitMix: RandomNumberGenerator {
    /// The state; any value.
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
