import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

import enum MediaFacts.Measurement

/// Measured loudness equals that of ffmpeg's own meter, for every real file with sound.
@Suite(.enabled(if: TestMedia.corpus != nil, "skipped: CLIPCHECK_CORPUS does not name the folder of real files"))
struct LoudnessTests {
    @Test(
        "Loudness of every real file equals that of ffmpeg's ebur128 filter to 0.1 LU",
        arguments: CorpusFile.all.filter(\.isReadable))
    func agrees(file: CorpusFile) throws {
        let probed = try #require(ProbedFile(file.path))
        let examined = try InProcessProber.examine(
            probed.media, for: Examination([.sound], depth: .standard), limits: ProbeLimits())
        guard let sound = examined.facts.content?.sound, let theirs = try Self.ffmpeg(file.path) else { return }
        guard theirs > -69.9 else {
            #expect(sound.loudness.map { $0 <= -69 } ?? true)
            return
        }
        let ours = try #require(sound.loudness)
        // ffmpeg prints one decimal, which adds up to 0.05 LU.
        #expect(abs(ours - theirs) <= 0.15, "\(ours) LUFS, ffmpeg: \(theirs)")
    }

    /// Integrated loudness in LUFS; nil when ffmpeg measures none.
    private static func ffmpeg(_ path: String) throws -> Double? {
        let log = FileManager.default.temporaryDirectory.appending(component: "clipcheck-loudness-\(UUID())").path
        try Data().write(to: URL(filePath: log))
        defer { try? FileManager.default.removeItem(atPath: log) }
        let errors = open(log, O_WRONLY)
        defer { close(errors) }
        let child = try ChildProcess(
            "/usr/bin/env",
            ["ffmpeg", "-nostdin", "-hide_banner", "-i", path, "-vn", "-af", "ebur128", "-f", "null", "-"],
            environment: ProcessInfo.processInfo.environment, output: errors, errors: errors)
        guard child.wait() == .exited(0) else { return nil }
        let text = try String(contentsOfFile: log, encoding: .utf8)
        guard let summary = text.range(of: "Integrated loudness:", options: .backwards) else { return nil }
        return text[summary.upperBound...].firstMatch(of: /I: +(-?[0-9.]+) LUFS/).flatMap { Double($0.1) }
    }
}
