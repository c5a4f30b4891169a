import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

/// Facts of the real files agree with ffprobe, MediaInfo and a packet walk; `Decisions` lists the exceptions and their
/// reasons.
@Suite(.enabled(if: TestMedia.corpus != nil, "skipped: CLIPCHECK_CORPUS does not name the folder of real files"))
struct CorpusTests {
    @Test("The manifest lists at least 71 real files")
    func manifestIsThere() { #expect(CorpusFile.all.count >= 71) }

    @Test("Every real file gives facts that equal its ground truth, or an error of the file", arguments: CorpusFile.all)
    func agrees(file: CorpusFile) throws {
        let probed = try #require(ProbedFile(file.path))
        var expected = file.truth
        for decision in Decisions.all where decision.file == file.name { expected[decision.fact] = decision.ours }
        let reading = Result { () throws(ProbeError) in
            try InProcessProber().readFacts(of: probed.media, measuring: [.header, .packets])
        }
        switch reading {
        case .success(let facts):
            #expect(file.isReadable, "read although ffprobe could not")
            let tree = try JSONTree.of(facts)
            for (path, value) in expected {
                let found =
                    path == "problems"
                    ? facts.integrity.problems.map(\.code.rawValue).joined(separator: ",")
                    : JSONTree.text(JSONTree.value(path, in: tree))
                #expect(Self.agree(path, found, value), "\(path): found \(found), expected \(value)")
            }
        case .failure(let error):
            #expect(!file.isReadable)
            #expect(error.code.rawValue == expected["error"] ?? "damaged")
            #expect(error.fault == .file)
        }
    }

    @Test("Every real file on which ffprobe and MediaInfo disagree has a decision")
    func disagreementsAreDecided() {
        for file in CorpusFile.all where file.isDisputed {
            #expect(Decisions.all.contains { $0.file == file.name && !$0.why.isEmpty }, "\(file.name)")
        }
    }

    @Test("Every decision is about a file of the manifest")
    func decisionsAreUsed() {
        for decision in Decisions.all {
            #expect(CorpusFile.all.contains { $0.name == decision.file }, "\(decision.file)")
        }
    }

    /// Lengths agree within a millisecond, frame rates within 0.1 %, everything else exactly.
    private static func agree(_ path: String, _ found: String, _ expected: String) -> Bool {
        if path.hasSuffix("Milliseconds"), let found = Int(found), let expected = Int(expected) {
            return abs(found - expected) <= 1
        }
        if path == "video.frameRate", let found = Ratio(text: found.trimming),
            let expected = Ratio(text: expected.trimming)
        {
            return found.isWithin(0.001, of: expected)
        }
        return found == expected
    }
}

extension String {
    fileprivate var trimming: String { trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
}

/// One file of the corpus, with the facts that the tools report.
struct CorpusFile: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String
    let isReadable: Bool
    /// Whether ffprobe and MediaInfo disagree.
    let isDisputed: Bool
    /// Facts by dotted path, as JSON text.
    let truth: [String: String]

    var testDescription: String { name }

    static let all: [CorpusFile] = {
        guard let folder = TestMedia.corpus,
            let data = FileManager.default.contents(atPath: folder.appending(component: "manifest.json").path),
            let list = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]]
        else { return [] }
        return list.compactMap { CorpusFile($0, in: folder) }
    }()

    private init?(_ tree: [String: Any], in folder: URL) {
        guard let file = tree["file"] as? String, let tool = tree["ffprobe"] as? [String: Any],
            let packets = tree["video_packets"] as? [String: Any], let bytes = tree["bytes"] as? Int
        else { return nil }
        name = URL(filePath: file).lastPathComponent
        path = folder.appending(path: file).path
        isReadable = tool["readable"] as? Bool ?? false
        isDisputed = (tree["tools_disagree"] as? [String])?.isEmpty == false
        var truth = ["bytes": "\(bytes)", "problems": ""]
        func set(_ fact: String, _ value: Any?) { truth[fact] = JSONTree.text(value ?? NSNull()) }
        set("container.family", (tree["content_signature"] as? String).map(Self.family))
        set("durationMilliseconds", Self.milliseconds(packets["span_s"]))
        set("declaredDurationMilliseconds", Self.milliseconds(tool["duration_s"]))
        if let streams = tool["n_audio"] as? Int, streams > 0 {
            set("audio.streams", streams)
            set("audio.codec", tool["audio_codec"])
            set("audio.channels", tool["audio_channels"])
            set("audio.sampleRate", (tool["audio_rate"] as? String).flatMap(Int.init))
        } else {
            set("audio", nil)
        }
        if let streams = tool["n_video"] as? Int, streams > 0 {
            set("video.streams", streams)
            for (fact, key) in Self.videoKeys { set(fact, tool[key]) }
            // ffprobe states rotations counter-clockwise.
            set("video.rotationDegrees", ((360 - (tool["rotation"] as? Int ?? 0)) % 360))
            set("integrity.videoPackets", packets["packets"])
        } else {
            set("video", nil)
        }
        self.truth = truth
    }

    private static let videoKeys = [
        "video.codec": "video_codec", "video.profile": "video_profile", "video.pixelFormat": "pix_fmt",
        "video.codedWidth": "width", "video.codedHeight": "height", "video.displayWidth": "display_width",
        "video.displayHeight": "display_height", "video.frameRate": "avg_frame_rate",
    ]

    private static func milliseconds(_ seconds: Any?) -> Int? {
        (seconds as? NSNumber).map { Int(($0.doubleValue * 1000).rounded()) }
    }

    /// The container family of a signature in the manifest.
    private static func family(_ signature: String) -> String {
        switch signature {
        case "riff:AVI ": "avi"
        case _ where signature.hasPrefix("mp4:3g"): "3gp"
        case _ where signature.hasPrefix("mp4"): "mp4"
        default: signature
        }
    }
}
