import ContestRules
import Foundation
import MediaFacts
import TestSupport
import Testing

/// Runs `clipcheck` with these arguments. Built-in contests decode picture and sound only when `decodes` is true.
func clipcheck(
    _ arguments: [String], environment: [String: String] = [:], in folder: URL? = TestMedia.folder,
    onTerminal terminal: Terminal? = nil, decodes: Bool = false
) async throws -> Outcome {
    try await Command(Binary.path, arguments, environment: environment, in: folder, decodes: decodes)
        .run(onTerminal: terminal)
}

/// Runs `clipcheck check` by `contest` and decodes its results.
func check(
    _ paths: [String], contest: String = "xian-2024", _ options: [String] = [], in folder: URL? = TestMedia.folder,
    decodes: Bool = false
) async throws -> (code: Int32, results: [CheckResult], errors: String) {
    let arguments = ["check"] + paths + ["--contest", contest, "--format", "json"] + options
    let outcome = try await clipcheck(arguments, in: folder, decodes: decodes)
    let results = outcome.output.isEmpty ? [] : try JSONDecoder().decode([CheckResult].self, from: outcome.output)
    return (outcome.code, results, outcome.errorText)
}

/// One result, as the formats json and ndjson write it.
struct CheckResult: Decodable {
    var path: String
    var report: Report?
    var error: Failure?

    struct Failure: Decodable {
        var code: String
        var message: LocalizedText
    }

    init(line: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(line.utf8)) }

    /// The verdict of the report, or the code of the error.
    var gist: String { report?.verdict.rawValue ?? error?.code ?? "neither report nor error" }
}

/// Clips of `TestMedia`, named by their verdict under xian-2024.
enum Clip {
    static let good = "作品.mp4"
    static let bad = "weifang-1080p.mp4"
    static let review = "mirrored-90.mp4"
    static let missing = "没有这个.mp4"
}

extension TemporaryFolder {
    /// Copies a clip of `TestMedia` into the folder, under another name when one is given.
    @discardableResult
    func copy(_ clip: String, as name: String? = nil) throws -> String {
        let target = url.appending(path: name ?? clip)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: TestMedia.folder.appending(component: clip), to: target)
        return target.path
    }
}
