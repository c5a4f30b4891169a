import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

import enum MediaFacts.Measurement

/// Content of odd or broken files is either measured, or has a shortfall that says why not.
@Suite("Content of odd files")
struct ContentBadInputTests {
    private static func content(_ path: String, _ depth: Depth) throws -> ContentFacts? {
        let probed = try #require(ProbedFile(path))
        return try InProcessProber.examine(
            probed.media, for: Examination(Set(Measurement.allCases), depth: depth), limits: ProbeLimits()
        ).facts.content
    }

    /// Makes a clip with ffmpeg and returns its path; the caller removes it with `remove(_:)`.
    private static func clip(_ name: String, _ arguments: [String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(component: "clipcheck-odd-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(component: name).path
        let null = open("/dev/null", O_WRONLY)
        defer { close(null) }
        let maker = try ChildProcess(
            "/usr/bin/env", ["ffmpeg", "-nostdin", "-v", "error", "-y"] + arguments + [path],
            environment: ProcessInfo.processInfo.environment, output: null, errors: STDERR_FILENO)
        try #require(maker.wait() == .exited(0))
        return path
    }

    private static func remove(_ path: String) {
        try? FileManager.default.removeItem(at: URL(filePath: path).deletingLastPathComponent())
    }

    /// Six seconds of a moving picture at 25 frames a second, black from 2 s to 4 s.
    private static let picture =
        "testsrc2=s=322x182:r=25:d=6,drawbox=c=black:t=fill:enable='between(n,50,99)'"

    @Test(
        "Black is found to 100 ms in every pixel format, in pictures of 322×182",
        arguments: [
            ["-pix_fmt", "yuv420p", "-c:v", "libx264"], ["-pix_fmt", "yuv420p10le", "-c:v", "libx264"],
            ["-pix_fmt", "yuv422p", "-c:v", "libx264"], ["-pix_fmt", "yuv444p", "-c:v", "libx264"],
            ["-pix_fmt", "rgb24", "-c:v", "png"], ["-pix_fmt", "bgr0", "-c:v", "libx264rgb"],
            ["-pix_fmt", "yuvj420p", "-color_range", "pc", "-c:v", "libx264"],
            ["-pix_fmt", "yuv422p10le", "-c:v", "prores"], ["-pix_fmt", "uyvy422", "-c:v", "rawvideo"],
            ["-pix_fmt", "gray", "-c:v", "ffv1"],
            [
                "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace",
                "bt2020nc", "-c:v", "libx264",
            ],
        ])
    func formats(options: [String]) throws {
        let path = try Self.clip("odd.mov", ["-f", "lavfi", "-i", Self.picture] + options)
        defer { Self.remove(path) }
        for depth in [Depth.standard, .full] {
            let picture = try #require(try Self.content(path, depth)?.picture)
            #expect(picture.shortfall == nil && picture.damagedFrames == 0)
            #expect(picture.black.count == 1, "\(depth)")
            let black = try #require(picture.black.first)
            #expect(abs(black.fromMilliseconds - 2000) <= 100 && abs(black.toMilliseconds - 4000) <= 100, "\(black)")
        }
    }

    @Test("The active picture of a film stored rotated by 90 degrees is reported as a viewer sees it")
    func rotation() throws {
        // Bars at the left and the right of the stored picture are at the top and the bottom of the picture as shown.
        let bars = "drawbox=x=0:w=40:h=180:c=black:t=fill,drawbox=x=280:w=40:h=180:c=black:t=fill"
        let lying = try Self.clip(
            "lying.mov", ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=5,\(bars)", "-c:v", "libx264"])
        defer { Self.remove(lying) }
        let path = try Self.clip("turned.mov", ["-i", lying, "-c", "copy", "-metadata:s:v:0", "rotate=90"])
        defer { Self.remove(path) }
        let active = try #require(try Self.content(path, .full)?.picture?.active.first)
        #expect(active.width == 180 && active.x == 0)
        #expect(abs(active.height - 240) <= 6 && abs(active.y - 40) <= 6, "\(active)")
    }

    @Test("A sound of six channels that ends before the picture is followed by a silent range")
    func shortSound() throws {
        let path = try Self.clip(
            "short.mkv",
            [
                "-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=8", "-f", "lavfi", "-i",
                "sine=d=3,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0", "-c:v", "libx264", "-c:a", "ac3",
            ])
        defer { Self.remove(path) }
        let sound = try #require(try Self.content(path, .standard)?.sound)
        let silence = try #require(sound.silent.last)
        #expect(abs(silence.fromMilliseconds - 3000) <= 100 && abs(silence.toMilliseconds - 8000) <= 100)
        #expect(sound.shortfall == nil && sound.loudness != nil)
    }

    @Test("A film whose picture changes its size is measured without false black or frozen ranges")
    func changingSize() throws {
        let parts = try ["320x180", "160x120"].map { size in
            try Self.clip("\(size).ts", ["-f", "lavfi", "-i", "testsrc2=s=\(size):r=25:d=3", "-c:v", "mpeg2video"])
        }
        defer { for part in parts { Self.remove(part) } }
        let path = parts[0] + ".changing.ts"
        let whole = try parts.reduce(into: Data()) { $0 += try Data(contentsOf: URL(filePath: $1)) }
        try whole.write(to: URL(filePath: path))
        for depth in [Depth.standard, .full] {
            let picture = try #require(try Self.content(path, depth)?.picture)
            #expect(picture.framesExamined > 0 && picture.black.isEmpty && picture.frozen.isEmpty)
        }
    }

    @Test("A stream without a keyframe has the shortfall `nothingDecoded`")
    func noKeyframe() throws {
        let whole = try Self.clip(
            "refresh.mp4",
            [
                "-f", "lavfi", "-i", Self.picture, "-c:v", "libx264", "-x264-params",
                "keyint=infinite:intra-refresh=1:scenecut=0",
            ])
        defer { Self.remove(whole) }
        let path = try Self.clip("refresh.mkv", ["-i", whole, "-c", "copy", "-copyinkf", "-bsf:v", "noise=drop=key"])
        defer { Self.remove(path) }
        for depth in [Depth.standard, .full] {
            let picture = try #require(try Self.content(path, depth)?.picture)
            #expect(picture.frames == 149 && picture.shortfall == .nothingDecoded)
        }
    }

    @Test("A film with 20,000 overwritten bytes has damaged pictures or a shortfall")
    func overwritten() throws {
        let path = try Self.clip("damaged.mp4", ["-f", "lavfi", "-i", Self.picture, "-c:v", "libx264", "-g", "25"])
        defer { Self.remove(path) }
        var bytes = try Data(contentsOf: URL(filePath: path))
        let start = bytes.count / 2
        for index in start..<min(bytes.count - 5000, start + 20_000) {
            bytes[index] = UInt8(truncatingIfNeeded: index &* 131)
        }
        try bytes.write(to: URL(filePath: path))
        let picture = try #require(try Self.content(path, .full)?.picture)
        #expect(picture.damagedFrames > 0 || picture.shortfall != nil)
    }

    @Test("Every fourth clip and real file below 1 MB is measured or has a shortfall")
    func many() throws {
        let folders =
            [URL(filePath: TestMedia.path("")).path] + (TestMedia.corpus.map { ["\($0.path)/files"] } ?? [])
        for folder in folders {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            for name in stride(from: 0, to: names.count, by: 4).map({ names[$0] }) {
                guard let probed = ProbedFile("\(folder)/\(name)"), probed.media.bytes < 1_000_000 else { continue }
                let result = Result { () throws(ProbeError) in
                    try InProcessProber.examine(
                        probed.media, for: Examination(Set(Measurement.allCases), depth: .standard),
                        limits: ProbeLimits(wallTime: .seconds(60)))
                }
                guard case .success(let examined) = result, examined.facts.video != nil else { continue }
                let picture = try #require(examined.facts.content?.picture, "\(name)")
                #expect(picture.framesExamined > 0 || picture.shortfall != nil, "\(name)")
            }
        }
    }
}
