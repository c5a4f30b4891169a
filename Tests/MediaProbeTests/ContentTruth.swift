import Foundation
import TestSupport

/// Clips made by `python/make_content_clips.py`, each with its known content.
struct ContentTruth: Decodable {
    struct Clip: Decodable {
        /// Packets from one keyframe to the next.
        var gop: Int64
        var black: [[Int64]]
        var frozen: [[Int64]]
        var silent: [[Int64]]
        var activePicture: [Piece]
        /// `true` where bars cannot be distinguished from a black picture.
        var activePictureIsUnclear: Bool?
    }

    struct Piece: Decodable {
        var fromMilliseconds: Int64
        var x: Int
        var y: Int
        var width: Int
        var height: Int
    }

    private var clips: [String: Clip]

    /// The clips by path. They are made on first use, which takes about a minute, and kept in the build folder.
    static let made: [String: Clip] = {
        guard
            let folder = try? MadeFolder.path(
                script: "python/make_content_clips.py", name: "content-clips", result: "truth.json"),
            let data = FileManager.default.contents(atPath: "\(folder)/truth.json"),
            let clips = try? JSONDecoder().decode(ContentTruth.self, from: data).clips
        else { return [:] }
        return Dictionary(uniqueKeysWithValues: clips.map { ("\(folder)/\($0.key)", $0.value) })
    }()
}
