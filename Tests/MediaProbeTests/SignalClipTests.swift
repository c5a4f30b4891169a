import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

/// Clips of known scan, colours, depth, level, groups of pictures, sound format and layout, made by
/// `python/make_signal_clips.py`.
@Suite("Facts of made clips")
struct SignalClipTests {
    /// A clip and its facts by path: one value, null for an absent fact, or the ends of a range of numbers.
    struct Clip: Sendable, CustomTestStringConvertible {
        let file: String
        let path: String
        /// The values that the recipe of the clip gives, as JSON.
        let facts: [String: String]
        /// The values on which ffprobe and MediaInfo agree, as JSON.
        let agreed: [String: String]
        var testDescription: String { file }
    }

    /// The clips. They are made on first use, which takes about half a minute, and kept in the build folder.
    static let clips: [Clip] = {
        guard
            let folder = try? MadeFolder.path(script: "python/make_signal_clips.py", name: "signal-clips"),
            let data = FileManager.default.contents(atPath: "\(folder)/expected.json"),
            let list = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]]
        else { return [] }
        return list.compactMap { item in
            guard let file = item["file"] as? String else { return nil }
            let texts = { (key: String) in (item[key] as? [String: Any] ?? [:]).mapValues { JSONTree.text($0) } }
            return Clip(file: file, path: "\(folder)/\(file)", facts: texts("facts"), agreed: texts("agreed"))
        }
    }()

    @Test("The script `make_signal_clips.py` makes 28 clips, with values on which ffprobe and MediaInfo agree")
    func areMade() {
        #expect(Self.clips.count == 28)
        #expect(Self.clips.allSatisfy { $0.agreed.count >= 3 })
    }

    @Test(
        "The facts of a clip are those of its recipe, and those on which ffprobe and MediaInfo agree",
        arguments: clips)
    func facts(clip: Clip) throws {
        let file = try #require(ProbedFile(clip.path))
        let facts = try InProcessProber().readFacts(of: file.media, measuring: [.header, .packets])
        let tree = try JSONTree.of(facts)
        for (path, wanted) in clip.facts.merging(clip.agreed, uniquingKeysWith: { recipe, _ in recipe }) {
            let found = JSONTree.value(path, in: tree)
            if let range = try JSONDecoder().decode(Wanted.self, from: Data(wanted.utf8)).range {
                let number = (found as? NSNumber)?.doubleValue
                #expect(number.map(range.contains) ?? false, "\(path) is \(found)")
            } else {
                #expect(JSONTree.text(found) == wanted, "\(path)")
            }
        }
    }

    @Test("Nothing is known from the header alone of groups of pictures and fluctuation", arguments: clips)
    func headerOnly(clip: Clip) throws {
        let file = try #require(ProbedFile(clip.path))
        let facts = try InProcessProber().readFacts(of: file.media, measuring: [.header])
        #expect(facts.video?.coding?.longestKeyframeInterval == nil)
        #expect(facts.video?.coding?.hasClosedGroups == nil)
        #expect(facts.video?.coding?.rateFluctuation == nil)
        #expect(facts.audio?.format?.rateFluctuation == nil)
        #expect(facts.video?.signal != nil)
    }
}

/// An expected value; `range` is set for a list of two numbers.
private struct Wanted: Decodable {
    var range: ClosedRange<Double>?

    init(from decoder: any Decoder) throws {
        let ends = try? decoder.singleValueContainer().decode([Double].self)
        range = ends.map { $0[0]...$0[1] }
    }
}
