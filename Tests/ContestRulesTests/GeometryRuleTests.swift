import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// Shapes that change on the way, and the container's cropping.
@Suite("Geometry rules")
struct GeometryRuleTests {
    private static func picture(_ width: Int, _ height: Int, degrees: Double? = 0) throws -> PictureGeometry {
        try #require(
            PictureGeometry(
                codedWidth: width, codedHeight: height, sampleAspectRatio: .one,
                orientation: PictureOrientation(clockwiseDegrees: degrees)))
    }

    /// A film of 150 s that begins with 1920×1080 and has each other size from the given millisecond on.
    private static func facts(_ changes: [(Int64, Int, Int)], duration: Duration? = .seconds(150)) throws -> MediaFacts
    {
        var facts = MediaFacts.sample(duration: duration)
        facts.video?.changes = try changes.map {
            PictureChange(at: .milliseconds($0.0), picture: try picture($0.1, $0.2))
        }
        return facts
    }

    private static let shape = AspectRatioRule(allowed: [Ratio(16, 9) ?? .one], tolerance: 0.005)
    private static let size = ResolutionRule(sizes: [PictureSize(width: 1920, height: 1080)])

    @Test(
        "`AspectRatioRule` judges a shape that is shown for 1 s or longer in all",
        arguments: [
            ([(149_001, 1080, 1920)], .pass), ([(149_000, 1080, 1920)], .fail),
            ([(10_000, 1080, 1920), (10_999, 1920, 1080)], .pass),
            ([(10_000, 1080, 1920), (11_000, 1920, 1080)], .fail),
            ([(0, 1080, 1920), (999, 1920, 1080)], .pass),
            (
                [(10_000, 1080, 1920), (10_500, 1920, 1080), (20_000, 1080, 1920), (20_500, 1920, 1080)],
                .fail
            ),
            ([(10_000, 1280, 720)], .pass),
        ] as [([(Int64, Int, Int)], Finding.Outcome)])
    func shortest(changes: [(Int64, Int, Int)], outcome: Finding.Outcome) throws {
        #expect(Self.shape.judge(try Self.facts(changes)).outcome == outcome)
    }

    @Test("A failing message names the time ranges of the wrong shape, and the passages hold them")
    func located() throws {
        let facts = try Self.facts([(5000, 540, 960), (60_000, 1920, 1080), (90_000, 540, 960)])
        let judgement = Self.size.judge(facts)
        judgement.expect(
            .fail, zh: ["0:05–1:00, 1:30–2:30：画面为 540×960"], en: ["0:05–1:00, 1:30–2:30: The picture is 540×960"])
        #expect(judgement.measured == "540×960")
        #expect(judgement.passages.map(\.fromMilliseconds) == [5000, 90_000])
        #expect(judgement.passages.map(\.toMilliseconds) == [60_000, 150_000])
    }

    @Test("A fail outranks a review, which outranks a pass")
    func worst() throws {
        let turned = ResolutionRule(sizes: [PictureSize(width: 1920, height: 1080)], turned: .review)
        turned.judge(try Self.facts([(50_000, 1080, 1920)])).expect(.review, "turned", zh: ["0:50–2:30"])
        turned.judge(try Self.facts([(50_000, 1080, 1920), (100_000, 640, 480)])).expect(
            .fail, zh: ["640×480", "1:40–2:30"])
    }

    @Test("A pass of several shapes lists each with its time ranges")
    func severalPass() throws {
        let judgement = Self.shape.judge(try Self.facts([(75_000, 1280, 720)]))
        judgement.expect(
            .pass, zh: ["1920×1080（0:00–1:15）", "1280×720（1:15–2:30）"],
            en: ["1920×1080 (0:00–1:15)", "1280×720 (1:15–2:30)"])
        #expect(judgement.measured == "16:9")
        #expect(judgement.passages.isEmpty)
    }

    @Test("A film of unknown length is judged by its last shape as well")
    func unknownLength() throws {
        #expect(Self.shape.judge(try Self.facts([(5000, 1080, 1920)], duration: nil)).outcome == .fail)
        #expect(Self.shape.judge(try Self.facts([], duration: nil)).outcome == .pass)
    }

    @Test("A film of less than 1 s is judged by all its shapes")
    func shortFilm() throws {
        let facts = try Self.facts([(400, 1080, 1920)], duration: .milliseconds(800))
        Self.shape.judge(facts).expect(.fail, "turned")
    }

    @Test("`UprightRule` reviews a film whose later part is turned by 30°")
    func uprightLater() throws {
        var facts = MediaFacts.sample()
        facts.video?.changes = [
            PictureChange(at: .seconds(60), picture: try Self.picture(1920, 1080, degrees: 30))
        ]
        UprightRule().judge(facts).expect(.review, "odd-angle", zh: ["1:00–2:30"], en: ["30°"])
    }

    @Test("More changes than the facts hold are a review, not a pass")
    func manyChanges() throws {
        let changes = (0..<Int64(FactBounds.pictureChanges)).map {
            ($0 * 1500, $0 % 2 == 0 ? 1920 : 1280, $0 % 2 == 0 ? 1080 : 720)
        }
        Self.shape.judge(try Self.facts(changes)).expect(.review, "many-changes", zh: ["100"], en: ["100"])
        #expect(Self.shape.judge(try Self.facts(Array(changes.dropLast()))).outcome == .pass)
        #expect(Self.size.judge(try Self.facts(changes)).outcome == .fail)
    }

    @Test("Cropping is a review where the uncropped picture has another outcome, either way")
    func cropping() throws {
        var facts = MediaFacts.sample(width: 1920, height: 1080)
        facts.video?.uncropped = try Self.picture(1920, 1088)
        facts.integrity.add(IntegrityProblem(.containerCropping))
        let judgement = Self.size.judge(facts)
        judgement.expect(
            .review, "cropping", zh: ["1920×1080", "1920×1088", "各播放器"], en: ["1920×1080", "1920×1088", "players"])
        #expect(judgement.measured == "1920×1080 / 1920×1088")
        #expect(AspectRatioRule(allowed: [.one], tolerance: 0.005).judge(facts).outcome == .fail)
        var reverse = MediaFacts.sample(width: 1920, height: 1088)
        reverse.video?.uncropped = try Self.picture(1920, 1080)
        Self.size.judge(reverse).expect(.review, "cropping")
    }

    @Test("Cropping changes nothing where cropped and uncropped picture are judged alike")
    func sameOutcome() throws {
        var facts = MediaFacts.sample(width: 1280, height: 720)
        facts.video?.uncropped = try Self.picture(1280, 736)
        facts.integrity.add(IntegrityProblem(.containerCropping))
        Self.size.judge(facts).expect(.fail, zh: ["1280×720"])
        UprightRule().judge(facts).expect(.pass)
    }

    @Test("Cropping without the uncropped size is a review")
    func unknownUncropped() {
        var facts = MediaFacts.sample()
        facts.integrity.add(IntegrityProblem(.containerCropping))
        Self.size.judge(facts).expect(.review, "cropping", zh: ["未知"], en: ["unknown size"])
    }

    @Test("A fail of a later shape outranks the review of the first shape's cropping")
    func croppingAndChange() throws {
        var facts = try Self.facts([(50_000, 640, 480)])
        facts.video?.uncropped = try Self.picture(1920, 1088)
        Self.size.judge(facts).expect(.fail, zh: ["640×480"])
    }

    @Test("Contradictions between container and stream are noted, and change no outcome")
    func notes() {
        var facts = MediaFacts.sample()
        facts.integrity.add(IntegrityProblem(.sizeContradiction))
        facts.integrity.add(IntegrityProblem(.pixelShapeContradiction))
        Self.size.judge(facts).expect(.pass, zh: ["以视频流为准"], en: ["the stream's is used"])
        Self.shape.judge(facts).expect(.pass, zh: ["以容器为准"], en: ["the container's is used"])
    }

    @Test("Changes with times from a stranger are judged without a trap", arguments: [Int64.min, -1, .max])
    func hostileTimes(at: Int64) async throws {
        var facts = MediaFacts.sample()
        facts.video?.changes = [
            PictureChange(at: .milliseconds(at), picture: try Self.picture(640, 480)),
            PictureChange(at: .milliseconds(0), picture: try Self.picture(1080, 1920)),
        ]
        for rule in MeasuredKinds.all { rule.judge(facts).expectWords() }
    }
}
