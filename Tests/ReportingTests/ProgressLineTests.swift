import MediaFacts
import Testing

@testable import Reporting

@Suite("ProgressLine")
struct ProgressLineTests {
    private static func line(
        _ name: String?, look: (Int64, Int64)?, width: Int?, _ language: Language = .chinese, files: Int = 20
    ) -> String {
        ProgressLine(language: language, files: files, bytes: 2_000_000_000).text(
            ProgressLine.Moment(
                done: 3, bytesDone: 300_000_000, tally: Tally(), name: name,
                look: look.map { ExaminationProgress(decoded: .milliseconds($0.0), length: .milliseconds($0.1)) },
                elapsed: .seconds(60)),
            width: width)
    }

    @Test(
        "`ProgressLine` shows the decoded time and the length of the file being checked",
        arguments: [
            (65_000, 200_000, "1:05/3:20"), (0, 59_999, "0:00/0:59"), (3_725_000, 7_200_000, "1:02:05/2:00:00"),
        ] as [(Int64, Int64, String)])
    func clock(done: Int64, length: Int64, text: String) {
        for width in [nil, 79, 200] {
            for language in Language.allCases {
                let line = Self.line("作品.mp4", look: (done, length), width: width, language)
                #expect(line.hasPrefix("3/20"))
                #expect(line.hasSuffix("作品.mp4 \(text)"), "\(line)")
            }
        }
    }

    @Test("`ProgressLine` shows no time of the file while nothing is decoded")
    func noLook() {
        let line = Self.line("作品.mp4", look: nil, width: 79)
        #expect(line.hasSuffix("  作品.mp4") && line.contains("300 MB/2 GB"))
    }

    @Test(
        "`ProgressLine` fits the terminal: it cuts the name, then leaves out figures, never the decoded time",
        arguments: [79, 59, 39])
    func width(width: Int) {
        let name = String(repeating: "很长的名字", count: 20) + ".mp4"
        for (look, clock) in [((65_000, 200_000), "1:05/3:20"), ((3_725_000, 7_200_000), "1:02:05/2:00:00")]
            as [((Int64, Int64), String)]
        {
            for files in [20, 100_000] {
                let line = Self.line(name, look: look, width: width, files: files)
                #expect(DisplayWidth.of(line) <= width)
                #expect(line.hasSuffix(" \(clock)") && line.contains("很长"), "\(line)")
                #expect(line.hasPrefix("3/\(files)"))
            }
        }
        #expect(DisplayWidth.of(Self.line(name, look: (65_000, 200_000), width: 12)) <= 12)
    }
}
