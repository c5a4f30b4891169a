import ContestRules
import Foundation
import MediaFacts
import TestSupport
import Testing

/// Runs `clipcheck` with these arguments; built-in contests look at picture and sound only where `decodes` says so.
func clipcheck(
    _ arguments: [String], environment: [String: String] = [:], in folder: URL? = TestMedia.folder,
    onTerminal terminal: Terminal? = nil, decodes: Bool = false
) async throws -> Outcome {
    try await Command(Binary.path, arguments, environment: environment, in: folder, decodes: decodes)
        .run(onTerminal: terminal)
}

/// Runs `clipcheck check` by `contest` and reads its results.
func check(
    _ paths: [String], contest: String = "xian-2024", _ options: [String] = [], in folder: URL? = TestMedia.folder,
    decodes: Bool = false
) async throws -> (code: Int32, results: [CheckResult], errors: String) {
    let arguments = ["check"] + paths + ["--contest", contest, "--format", "json"] + options
    let outcome = try await clipcheck(arguments, in: folder, decodes: decodes)
    let results = outcome.output.isEmpty ? [] : try JSONDecoder().decode([CheckResult].self, from: outcome.output)
    return (outcome.code, results, outcome.errorText)
}

/// One object of the formats json and ndjson.
struct CheckResult: Decodable {
    var path: String
    var report: Report?
    var error: Failure?

    struct Failure: Decodable {
        var code: String
        var message: LocalizedText
    }

    init(line: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(line.utf8)) }

    /// The verdict, or the code of the error.
    var gist: String { report?.verdict.rawValue ?? error?.code ?? "neither report nor error" }
}

/// Clips of `TestMedia` and what xian-2024 says of them.
enum Clip {
    static let good = "作品.mp4"
    static let bad = "weifang-1080p.mp4"
    static let review = "mirrored-90.mp4"
    static let missing = "没有这个.mp4"
}

extension TemporaryFolder {
    /// Copies a clip of `TestMedia` into it, under another name if there is one.
    @discardableResult
    func copy(_ clip: String, as name: String? = nil) throws -> String {
        let target = url.appending(path: name ?? clip)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: TestMedia.folder.appending(component: clip), to: target)
        return target.path
    }
}
