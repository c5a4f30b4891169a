import ContestRules
import MediaFacts
import Testing

@testable import Reporting

@Suite("HTMLTimeline")
struct HTMLTimelineTests {
    private static func timeline(_ picture: PictureContent, _ change: PictureChange? = nil) throws -> HTMLTimeline {
        var report = try SampleReports.compliant()
        report.facts?.duration = .seconds(150)
        report.facts?.video?.picture = PictureGeometry(
            codedWidth: 1080, codedHeight: 1920, sampleAspectRatio: .one, orientation: .upright)
        report.facts?.video?.changes = change.map { [$0] } ?? []
        report.facts?.content = ContentFacts(depth: .standard, picture: picture)
        return HTMLTimeline(words: Words(.english), report: report)
    }

    private static func range(_ from: Int64, _ to: Int64) -> TimeRange {
        TimeRange(fromMilliseconds: from, toMilliseconds: to)
    }

    @Test("`HTMLTimeline` draws damaged and missing pictures in lanes of their own")
    func lanes() throws {
        let timeline = try Self.timeline(
            PictureContent(
                framesExamined: 9, frames: 9, damage: [Self.range(1000, 2000)], missing: [Self.range(60_000, 90_000)]))
        let figure = try #require(timeline.figure)
        #expect(figure.contains("aria-label=\"Damaged 0:01–0:02; Missing 1:00–1:30\""))
        #expect(figure.contains("<rect class=\"missing\" x=\"202\""))
        #expect(timeline.names(at: 59_999) == [])
        #expect(timeline.names(at: 60_000) == ["Missing"])
        #expect(timeline.names(at: 90_000) == [])
    }

    @Test("`HTMLTimeline` measures black bars against the picture shape at their time")
    func bars() throws {
        let landscape = try #require(
            PictureGeometry(codedWidth: 1920, codedHeight: 1080, sampleAspectRatio: .one, orientation: .upright))
        let content = PictureContent(
            framesExamined: 9, frames: 9,
            active: [
                ActivePicture(when: Self.range(0, 60_000), x: 0, y: 0, width: 1080, height: 1920),
                ActivePicture(when: Self.range(60_000, 150_000), x: 0, y: 0, width: 1920, height: 1080),
            ])
        let change = PictureChange(at: .seconds(60), picture: landscape)
        #expect(try Self.timeline(content, change).figure?.contains("class=\"bars\"") == false)
        #expect(try Self.timeline(content).figure?.contains("aria-label=\"Bars 1:00–2:30\"") == true)
    }

    @Test("`HTMLContent` shows a still unrotated, whatever the film's rotation")
    func upright() throws {
        var report = try SampleReports.compliant()
        report.facts?.duration = .seconds(150)
        report.facts?.video?.picture = PictureGeometry(
            codedWidth: 1920, codedHeight: 1080, sampleAspectRatio: .one,
            orientation: PictureOrientation(clockwiseDegrees: 90))
        report.facts?.content = ContentFacts(
            depth: .standard, picture: PictureContent(framesExamined: 9, frames: 9))
        let still = Still(at: .seconds(2), width: 9, height: 16, jpeg: [1, 2, 3])
        let page = HTMLReport(language: .english).page(report, stills: [still])
        #expect(page.contains("<img alt=\"0:02\" src=\"data:image/jpeg;base64,AQID\">"))
        #expect(!page.contains("rotate("))
    }

    /// The figure of a film with the length `length` and silence in the range `silent`.
    private static func figure(length: Duration, silent: [TimeRange], pictures: Int? = nil) throws -> String {
        var report = try SampleReports.compliant()
        report.facts?.duration = length
        report.facts?.content = ContentFacts(
            depth: .standard, picture: pictures.map { PictureContent(framesExamined: $0, frames: $0) },
            sound: SoundContent(silent: silent))
        return HTMLContent(words: Words(.english), report: report, stills: []).figure(.none)
    }

    @Test(
        "`HTMLTimeline` labels no time twice for a film of one to six seconds",
        arguments: [
            (1000, ["0:00", "0:01"]), (2000, ["0:00", "0:01", "0:02"]), (3999, ["0:00", "0:01", "0:02", "0:03"]),
            (6000, ["0:00", "0:01", "0:02", "0:03", "0:04", "0:05", "0:06"]),
            (150_000, ["0:00", "0:25", "0:50", "1:15", "1:40", "2:05", "2:30"]),
        ] as [(Int64, [String])])
    func axis(length: Int64, times: [String]) throws {
        let figure = try Self.figure(length: .milliseconds(length), silent: [])
        #expect(figure.matches(of: /text-anchor="[a-z]+">([0-9:]+)</).map { String($0.output.1) } == times)
    }

    @Test("`HTMLTimeline` draws silence after the last picture inside the drawing")
    func soundBehindTheFilm() throws {
        let figure = try Self.figure(length: .seconds(150), silent: [Self.range(160_000, 170_000)])
        #expect(figure.contains("<rect class=\"silent\" x=\"404\" y=\"3\" height=\"12\" width=\"2\">"))
    }

    @Test("`HTMLContent` says that no picture was examined when there is no picture content")
    func soundOnly() throws {
        let sound = try Self.figure(length: .seconds(150), silent: [])
        #expect(sound.contains(">No picture was examined. The thresholds are this tool's, not the notice's.<"))
        let whole = try Self.figure(length: .seconds(150), silent: [], pictures: 9)
        #expect(whole.contains("suspicious passages and all sound (9/9 frames)"))
    }
}
