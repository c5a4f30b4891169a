import ContestRules
import Foundation
import TestSupport
import Testing

@Suite("The order of the results of `check`")
struct ResultOrderTests {
    /// Sixty clips, large and small mixed, with two that do not exist.
    private static let paths: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: TestMedia.folder.path)) ?? []
        let clips = names.filter { $0.hasSuffix(".mp4") || $0.hasSuffix(".mkv") }
            .sorted { $0.count == $1.count ? $0 < $1 : $0.count < $1.count }
        return [Clip.missing] + clips.prefix(60) + ["also-missing.mp4"]
    }()

    @Test("Results stand in the order of the arguments with any number of `--jobs`", arguments: [1, 2, 8, 1000])
    func order(jobs: Int) async throws {
        let run = try await check(Self.paths, ["--jobs", "\(jobs)"])
        #expect(run.results.map(\.path) == Self.paths)
        #expect(run.code == 66)
    }

    @Test("Results are the same with any number of `--jobs`")
    func sameFindings() async throws {
        let one = try await check(Self.paths, ["--jobs", "1"])
        let eight = try await check(Self.paths, ["--jobs", "8"])
        #expect(one.results.map(\.report?.findings) == eight.results.map(\.report?.findings))
        #expect(one.results.map(\.report?.facts) == eight.results.map(\.report?.facts))
        #expect(one.results.map(\.report?.media) == eight.results.map(\.report?.media))
    }

    @Test("The result of a file does not depend on the files beside it", arguments: 0..<6)
    func neighbours(rotation: Int) async throws {
        let kinds = [
            (Clip.good, "compliant"), (Clip.bad, "non-compliant"), (Clip.good, "compliant"),
            (Clip.missing, "file-missing"),
            ("empty.mp4", "non-compliant"), (Clip.good, "compliant"),
        ]
        let turned = Array(kinds[rotation...] + kinds[..<rotation])
        for order in [turned, turned.reversed()] {
            let run = try await check(order.map(\.0), ["--jobs", rotation.isMultiple(of: 2) ? "1" : "4"])
            #expect(run.results.map(\.gist) == order.map(\.1))
            #expect(run.code == 66)
        }
    }

    @Test("A path that is given twice has two results")
    func twice() async throws {
        let run = try await check([Clip.good, Clip.good, "./\(Clip.good)"])
        #expect(run.results.map(\.path) == [Clip.good, Clip.good, "./\(Clip.good)"])
        #expect(Set(run.results.compactMap(\.report?.id)).count == 3)
        #expect(Set(run.results.compactMap(\.report?.media)).count == 1)
    }
}
