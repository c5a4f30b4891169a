import ContestRules
import Foundation
import Testing

@testable import Reporting

@Suite("JSONRun and NDJSONRun")
struct JSONRunTests {
    @Test("A run without files is an empty array in JSON and nothing in NDJSON")
    func empty() throws {
        #expect(try SampleRun.text(JSONRun(), []) == "[]\n")
        #expect(try SampleRun.text(NDJSONRun(), []).isEmpty)
    }

    @Test("`JSONRun` and `NDJSONRun` contain each file's own JSON, in order", arguments: [1, 2, 7])
    func files(count: Int) throws {
        let files = Array(try SampleRun.files().prefix(count))
        func json(_ isPretty: Bool) throws -> [String] {
            try files.map { String(decoding: try WireJSON.data($0, isPretty: isPretty), as: UTF8.self) }
        }
        let pretty = try json(true).joined(separator: ",\n")
        #expect(try SampleRun.text(JSONRun(), files) == "[\n\(pretty)\n]\n")
        let lines = try json(false).map { $0 + "\n" }.joined()
        #expect(try SampleRun.text(NDJSONRun(), files) == lines)
    }

    private struct Wire: Decodable { var path: String }

    @Test("`JSONRun` and `NDJSONRun` are valid JSON for hostile text")
    func read() throws {
        let files = try HostileText.all.map { text in
            CheckedFile(path: text, outcome: .success(try SampleReports.hostile(text)), work: SampleRun.work(text))
        }
        let array = try JSONDecoder().decode([Wire].self, from: Data(SampleRun.text(JSONRun(), files).utf8))
        #expect(array.map(\.path) == HostileText.all)
        let lines = try SampleRun.text(NDJSONRun(), files).utf8.split(separator: 0x0a)
        #expect(try lines.map { try JSONDecoder().decode(Wire.self, from: Data($0)).path } == HostileText.all)
    }
}
