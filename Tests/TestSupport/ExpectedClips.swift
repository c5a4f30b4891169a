internal import Foundation

/// What `TestMedia/expected.json` says of one clip.
public struct ExpectedClip: Sendable, CustomStringConvertible {
    /// File name in TestMedia.
    public let file: String
    /// What is special about it.
    public let about: String
    /// Code of the probe error; nil when the clip can be read.
    public let error: String?
    /// Facts by dotted path, as JSON text.
    public let facts: [String: String]
    /// Verdict and rules by outcome, by contest.
    public let contests: [String: Judgement]

    /// What one contest makes of a clip.
    public struct Judgement: Sendable {
        /// The verdict.
        public let verdict: String
        /// Sorted ids of the rules with an outcome, by outcome; outcomes without rules are left out.
        public let rules: [String: [String]]
    }

    /// Names the clip in test output.
    public var description: String { file }

    /// All clips, in order; empty when the file cannot be read, which a test of its own notices.
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
