internal import Foundation

/// The entry of one clip in `TestMedia/expected.json`.
public struct ExpectedClip: Sendable, CustomStringConvertible {
    /// File name in TestMedia.
    public let file: String
    /// The special property of the clip.
    public let about: String
    /// Code of the probe error; nil when the clip can be read.
    public let error: String?
    /// Facts by dotted path, as JSON text.
    public let facts: [String: String]
    /// The expected judgement of each contest, by contest id.
    public let contests: [String: Judgement]

    /// The expected judgement of one contest on a clip.
    public struct Judgement: Sendable {
        /// The expected verdict.
        public let verdict: String
        /// Sorted ids of the rules with an outcome, by outcome; outcomes without rules are left out.
        public let rules: [String: [String]]
    }

    /// Names the clip in test output.
    public var description: String { file }

    /// All clips, in order; empty when the file cannot be read, for which another test fails.
    public static let all: [ExpectedClip] = {
        guard let data = FileManager.default.contents(atPath: TestMedia.path("expected.json")),
            let tree = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            let clips = tree["clips"] as? [[String: Any]]
        else { return [] }
        return clips.compactMap(ExpectedClip.init)
    }()

    private init?(_ tree: [String: Any]) {
        guard let file = tree["file"] as? String, let contests = tree["contests"] as? [String: [String: Any]] else {
            return nil
        }
        self.file = file
        about = tree["about"] as? String ?? ""
        error = tree["error"] as? String
        facts = (tree["facts"] as? [String: Any] ?? [:]).mapValues(JSONTree.text)
        self.contests = contests.mapValues { judgement in
            Judgement(
                verdict: judgement["verdict"] as? String ?? "",
                rules: judgement.compactMapValues { ($0 as? [String]).flatMap { $0.isEmpty ? nil : $0 } })
        }
    }
}
