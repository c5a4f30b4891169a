import ContestRules
import Foundation
import TestSupport

/// The built-in contests as files without the rules that need picture and sound decoded, so that tests of the command
/// line need not wait for decoders. The ids stay the same.
enum QuickContests {
    /// The arguments, with the id after `--contest` replaced by the path of the contest's file here.
    static func replacing(in arguments: [String]) -> [String] {
        guard arguments.first == "check" else { return arguments }
        return zip([""] + arguments, arguments).map { before, argument in
            before == "--contest" ? files[argument] ?? argument : argument
        }
    }

    private static let files: [String: String] = {
        let folder = FileManager.default.temporaryDirectory.appending(
            component: "clipcheck-contests-\(ProcessInfo.processInfo.processIdentifier)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return Dictionary(
            uniqueKeysWithValues: BuiltInContests.all.compactMap { contest in
                let file = folder.appending(component: "\(contest.id).yaml")
                guard (try? Data(text(of: contest).utf8).write(to: file)) != nil else { return nil }
                return (contest.id, file.path)
            })
    }()

    /// The text of the contest's file without the blocks of those rules. A rule begins with `  - `, and its other lines
    /// are indented further.
    private static func text(of contest: Contest) throws -> String {
        let source = URL(filePath: TestMedia.path("../Sources/ContestRules/Contests/\(contest.id).yaml"))
        let kept = Set(contest.withoutContent.rules.map(\.id))
        var isLeftOut = false
        return try String(contentsOf: source, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .filter { line in
                if let id = line.firstMatch(of: /^  - \{?id: ([a-z-]+)/)?.1 { isLeftOut = !kept.contains(String(id)) }
                return !isLeftOut
            }.joined(separator: "\n")
    }
}
