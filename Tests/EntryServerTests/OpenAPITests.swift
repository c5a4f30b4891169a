import ContestRules
import EntryIntake
import Hummingbird
import HummingbirdTesting
import Logging
import MediaFacts
import Testing

import struct Foundation.Data
import class Foundation.JSONDecoder

@testable import EntryServer

@Suite("openapi.json")
struct OpenAPITests {
    @Test("lists the routes of the service, no more and no less")
    func routes() throws {
        let registered = Self.router().routes.map { "\($0.method) \($0.path)" }
        #expect(try OpenAPIDocument.built().operations.keys.sorted() == registered.sorted())
    }

    @Test("tells the status and the content type of every GET, addresses of nothing included")
    func answers() async throws {
        let document = try OpenAPIDocument.built()
        let gets = document.operations.filter { $0.key.hasPrefix("GET ") }
        #expect(!gets.isEmpty)
        try await Application(router: Self.router(), logger: Self.silent).test(.router) { client in
            for (name, operation) in gets {
                let uri = String(name.dropFirst("GET ".count)).replacing("{id}", with: "unknown")
                try await client.execute(uri: uri, method: .get) { answer in
                    let type = answer.headers[.contentType]?.prefix { $0 != ";" }
                    let documented = document.contentTypes(of: operation, status: answer.status.code)
                    #expect(
                        documented?.contains(String(type ?? "none")) == true,
                        "\(name): \(answer.status), \(type ?? "none")")
                }
            }
        }
    }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// The routes on top of an intake that can do nothing.
    private static func router() -> Router<ServiceContext> {
        let intake = Intake(
            contests: ContestCatalogue(BuiltInContests.all), inspector: Inspector(prober: BrokenProber(), waiting: 0),
            keeper: BrokenKeeper())
        return EntryServer(
            intake: intake,
            uploads: ResumableUploads(intake: intake, keeper: BrokenKeeper(), lifetime: .seconds(1)),
            settings: ServerSettings(mostBodyBytes: 1), page: { _, _, _ in "" }, timeline: { _, _ in nil },
            logger: silent
        ).router()
    }
}

/// What the test reads of the document that the service gives out.
private struct OpenAPIDocument: Decodable {
    var paths: [String: Path]
    var components: Components

    struct Components: Decodable {
        var responses: [String: Answer]
    }

    /// Operations by method; what else stands beside them is left out.
    struct Path: Decodable {
        var get: Operation?
        var head: Operation?
        var post: Operation?
        var put: Operation?
        var patch: Operation?
        var delete: Operation?
        var options: Operation?
        var trace: Operation?

        var operations: [(method: String, operation: Operation)] {
            [
                ("GET", get), ("HEAD", head), ("POST", post), ("PUT", put), ("PATCH", patch), ("DELETE", delete),
                ("OPTIONS", options), ("TRACE", trace),
            ].compactMap { method, operation in operation.map { (method, $0) } }
        }
    }

    struct Operation: Decodable {
        var responses: [String: Answer]
    }

    /// A response, or a reference to one.
    struct Answer: Decodable {
        var reference: String?
        var content: [String: Content]?

        private enum CodingKeys: String, CodingKey {
            case reference = "$ref"
            case content
        }
    }

    /// Only its media type counts.
    struct Content: Decodable {}

    static func built() throws -> OpenAPIDocument {
        try JSONDecoder().decode(OpenAPIDocument.self, from: Data(PackageResources.openapi_json))
    }

    /// Every operation by `GET /v1/entries/{id}`.
    var operations: [String: Operation] {
        let named = paths.flatMap { path, item in item.operations.map { ("\($0.method) \(path)", $0.operation) } }
        return Dictionary(uniqueKeysWithValues: named)
    }

    /// Media types that an operation may answer with under a status; nil when it may not answer so.
    func contentTypes(of operation: Operation, status: Int) -> Set<String>? {
        guard let answer = operation.responses["\(status)"] else { return nil }
        let name = answer.reference?.split(separator: "/").last.map(String.init)
        let resolved = name.flatMap { components.responses[$0] } ?? answer
        return Set(resolved.content.map { Array($0.keys) } ?? [])
    }
}

/// Reads no file.
private struct BrokenProber: MediaProbing {
    var libraryVersions: [String: String] { [:] }

    func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile {
        throw ProbeError(.inputOutput, LocalizedText(zh: "无", en: "None"))
    }
}

/// Keeps nothing: every call fails as a broken disk would make it.
private struct BrokenKeeper: EntryKeeping, UploadKeeping {
    private var failure: IntakeError { .storageFailed("test") }

    func beginUpload() async throws(IntakeError) -> any IncomingMedia { throw failure }
    func add(
        _ entry: Entry, at moment: Moment, taking media: StagedMedia?, showing stills: [Still],
        answering answer: StoredAnswer?
    ) async throws(IntakeError) { throw failure }
    func replaceMedia(
        of id: String, with media: StagedMedia, _ change: MediaChange, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool { throw failure }
    func add(
        _ report: Report, _ admission: Admission?, toEntry id: String, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool { throw failure }
    func add(
        _ signOff: SignOff, toEntry id: String, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool { throw failure }
    func answer(to key: String) async throws(IntakeError) -> StoredAnswer? { throw failure }
    func reports(of id: String) async throws(IntakeError) -> [Report] { throw failure }
    func isDeleted(_ id: String) async throws(IntakeError) -> Bool { throw failure }
    func entriesAwaitingReport(beyond skipped: Set<String>) async throws(IntakeError) -> [String] { throw failure }
    func entry(_ id: String) async throws(IntakeError) -> Entry? { throw failure }
    func entry(
        inContest contest: String, holding media: MediaReference
    ) async throws(IntakeError) -> String? { throw failure }
    func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage { throw failure }
    func openMedia(of id: String) async throws(IntakeError) -> OpenMediaFile? { throw failure }
    func delete(_ id: String, at moment: Moment) async throws(IntakeError) -> Bool { throw failure }
    func checkReady() async throws(IntakeError) { throw failure }

    func check(_ id: String, ofEntry entry: String) async throws(IntakeError) -> ContentCheck? { throw failure }
    func nextCheck(beyond skipped: Set<String>) async throws(IntakeError) -> ContentCheck? { throw failure }
    func setAttempts(_ attempts: Int, ofCheck id: String) async throws(IntakeError) { throw failure }
    func complete(
        _ check: String, with report: Report, showing stills: [Still]
    ) async throws(IntakeError) -> Bool { throw failure }
    func stills(ofReport id: String) async throws(IntakeError) -> [Still] { throw failure }

    func add(_ upload: ResumableUpload, answering answer: StoredAnswer?) async throws(IntakeError) { throw failure }
    func upload(_ id: String) async throws(IntakeError) -> ResumableUpload? { throw failure }
    func resume(_ upload: ResumableUpload) async throws(IntakeError) -> any ResumableMedia { throw failure }
    func delete(upload id: String) async throws(IntakeError) -> Bool { throw failure }
    func uploadsWithoutEntry() async throws(IntakeError) -> [ResumableUpload] { throw failure }
    func removeUploads(expiredAt moment: Moment) async throws(IntakeError) { throw failure }
}
