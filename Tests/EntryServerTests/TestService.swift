import ContestRules
import EntryIntake
import EntryStore
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import MediaFacts
import MediaProbe
import ReportSigning
import Reporting
import TestSupport
import Testing

@testable import EntryServer

/// The whole service on a data folder of its own, with the real store, and the real prober unless the test gives
/// another.
struct TestService: Sendable {
    /// A folder that contains only the data folder `data`, so that a test sees a file written outside `data`.
    let outside: TemporaryFolder
    let log = RecordedLog()
    let server: EntryServer
    let intake: Intake
    /// Services that `listening` runs beside the server.
    let background: [any BackgroundService]
    /// A key that shows contacts. While no test makes keys, a request without a key may do everything else.
    static let organiserKey = "organiser-key-for-tests"
    /// The API keys of the service.
    let keys: KeyRing
    /// Verifies the keys in `keys`, and `organiserKey`.
    let doorkeeper: Doorkeeper
    /// The keys that the reports are signed with.
    let signingKeys = SigningKeyRing(at: WallClock.whileOpen.now())
    /// Counts what the service does.
    let meter: ServiceMeter
    private let application: Application<ErasedResponder>

    /// Makes a service.
    ///
    /// - Parameters:
    ///   - mostBytes: largest file in bytes that the store takes.
    ///   - mostBodyBytes: largest body in bytes that the server takes.
    ///   - contests: contests that take entries; by default the built-in ones without the rules that need decoding.
    ///   - faults: steps of the store and its vault that fail; by default none.
    ///   - disk: measures the disk; by default the store.
    ///   - hasRealPages: whether the program's own pages show reports, instead of one line.
    init(
        prober: any MediaProbing = InProcessProber(), running: Int = 4, waiting: Int = 64, mostBytes: Int64 = 1 << 30,
        mostBodyBytes: Int64 = 1 << 30, idleTimeout: Duration = .seconds(60), mostConnections: Int = 1024,
        leastBytesPerSecond: Int = 1024, mostFields: Int = ServerSettings.defaultMostFields,
        uploadLifetime: Duration = .seconds(3600), clock: WallClock = .whileOpen, contests: [Contest]? = nil,
        publicURLs: [WebOrigin] = [], allowedOrigins: AllowedOrigins = .some([]), faults: Faults? = nil,
        disk: (any StorageMeasuring)? = nil, storageLimits: StorageLimits = StorageLimits(), hasRealPages: Bool = false
    ) throws {
        outside = try TemporaryFolder()
        let contests = contests ?? BuiltInContests.withoutContent
        meter = ServiceMeter(contests: contests.map(\.id), workerEnds: ["crashed", "no-worker"])
        let store = try EntryStore(folder: outside.path("data"), mostBytes: mostBytes, timing: meter)
        keys = try KeyRing(folder: outside.path("data"))
        doorkeeper = Doorkeeper(keys: OrganiserKey(store: store))
        intake = Intake(
            contests: ContestCatalogue(contests),
            inspector: Inspector(prober: prober, running: running, waiting: waiting, timing: meter),
            keeper: FaultyKeeper(store: store, faults: faults), vault: FaultyVault(vault: store.vault, faults: faults),
            disk: disk ?? store, storageLimits: storageLimits, sealing: signingKeys, clock: clock, timing: meter)
        let settings = ServerSettings(
            port: 0, mostBodyBytes: mostBodyBytes, mostMediaBytes: mostBytes,
            publicURLs: publicURLs, allowedOrigins: allowedOrigins, leastBytesPerSecond: leastBytesPerSecond,
            idleTimeout: idleTimeout, mostConnections: mostConnections, mostFields: mostFields)
        let uploads = ResumableUploads(intake: intake, keeper: store, lifetime: uploadLifetime)
        server = EntryServer(
            intake: intake, uploads: uploads, doorkeeper: doorkeeper,
            settings: settings,
            page: { report, stills, language in
                hasRealPages
                    ? HTMLReport(language: language).page(report, stills: stills)
                    : "page in \(language.rawValue) of \(report.media.filename ?? "nil")"
                        + (stills.isEmpty ? "" : " with \(stills.count) pictures")
            },
            timeline: { report, language in
                hasRealPages
                    ? HTMLReport(language: language).timeline(report)
                    : "time line in \(language.rawValue) of \(report.id)"
            }, gauges: store, meter: meter, logger: log.logger)
        background = [
            TidyingService(uploads: uploads, every: .milliseconds(100), observer: server.observer),
            ContentCheckService(intake: intake, observer: server.observer),
            BacklogService(intake: intake, observer: server.observer),
        ]
        application = Application(responder: ErasedResponder(inner: server.responder()), logger: log.logger)
    }

    /// Sends one request to the router, and expects an answer that `openapi.json` documents and that names no path of the
    /// disk.
    func send(
        _ method: HTTPRequest.Method, _ uri: String, _ headers: HTTPFields = [:], body: [UInt8]? = nil
    ) async throws -> Answer {
        let answer = try await application.test(.router) { client in
            try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) }
            ) { answer in
                Answer(status: answer.status.code, headers: answer.headers, body: Array(answer.body.readableBytesView))
            }
        }
        #expect(!answer.text.contains(folderName), "\(method) \(uri) names a path")
        try answer.expectDocumented(method, uri, headers)
        return answer
    }

    /// Sends a form.
    func send(
        _ method: HTTPRequest.Method, _ uri: String, form: Form, _ headers: HTTPFields = [:]
    ) async throws -> Answer {
        let type: HTTPFields = [.contentType: "multipart/form-data; boundary=\(Form.boundary)"]
        return try await send(method, uri, HTTPFields(Array(headers) + Array(type)), body: form.bytes)
    }

    /// Submits an entry to xian-2024 and returns its JSON.
    func submit(_ filename: String = "a.mp4", _ media: [UInt8] = Clip.short, field: String = "") async throws
        -> WireValue
    {
        let title = field.isEmpty ? [] : [Form.Part.field("作品名称", field)]
        let form = Form([.field("contest", "xian-2024")] + title + [.media(filename, media)])
        let answer = try await send(.post, "/v1/entries", form: form)
        #expect(answer.status == 201)
        return try answer.json
    }

    /// A part of the data folder's path that appears nowhere else.
    var folderName: String { outside.url.lastPathComponent }

    /// All files in the data folder and beside it.
    var allFiles: [String] { outside.files }

    /// Files that entries keep or that uploads left behind, relative to the data folder.
    var mediaFiles: [String] {
        allFiles.filter { !$0.hasPrefix("data/clipcheck.") }.map { String($0.dropFirst("data/".count)) }
    }

    /// Ids of all entries, newest first.
    func entryIDs() async throws -> [String] {
        try await send(.get, "/v1/entries?limit=200").json["entries"]?.elements.compactMap { $0["id"]?.string } ?? []
    }

    /// Removes the folder that receives uploads.
    func removeIncomingFolder() throws { try FileManager.default.removeItem(atPath: outside.path("data/incoming")) }

    /// Expects that the service keeps no entry and no file.
    func expectEmpty(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        #expect(mediaFiles == [], comment, sourceLocation: sourceLocation)
        #expect(try await entryIDs() == [], comment, sourceLocation: sourceLocation)
    }
}

extension WallClock {
    /// A clock that starts at a time at which xian-2024 takes entries, and runs.
    static var whileOpen: WallClock {
        .started(at: Moment(milliseconds: 1_709_254_800_000, text: "2024-03-01T09:00:00+08:00"))
    }
}

/// An answer as the client received it.
struct Answer: Sendable {
    var status: Int
    var headers: HTTPFields
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: WireValue {
        get throws { try WireValue(body) }
    }

    /// Expects a problem: status, media type and every member of it. Source: RFC 9457 and DESIGN.md §4.
    func expectProblem(
        _ status: Int, _ code: String, in language: String = "zh", _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        func expect(_ isTrue: Bool, _ what: String) {
            #expect(
                isTrue, "\(what) \(comment?.rawValue ?? ""): \(self.status) \(text)", sourceLocation: sourceLocation)
        }
        expect(self.status == status, "status")
        expect(headers[.contentType] == "application/problem+json", "media type")
        let problem = try json
        expect(problem.keys == ["type", "title", "status", "detail", "message", "requestId"], "members")
        expect(problem["type"]?.string == "urn:clipcheck:problem:\(code)", "type")
        expect(problem["title"]?.string?.isEmpty == false, "title")
        expect(problem["status"] == .number(Double(status)), "status member")
        expect(problem["message"]?.keys == ["zh", "en"], "languages")
        expect(problem["message"]?["zh"]?.string?.isEmpty == false, "Chinese")
        expect(problem["message"]?["en"]?.string?.isEmpty == false, "English")
        expect(problem["message"]?["zh"] != problem["message"]?["en"], "two languages")
        expect(problem["detail"] == problem["message"]?[language], "detail")
        expect(problem["requestId"]?.string == headers[.requestID] && headers[.requestID] != nil, "requestId")
        expect(headers[.contentLanguage] == language, "Content-Language")
    }
}

/// The keys of a store, and one more key that is not in the store. With that key a test reads as an organiser, while
/// the service has no keys and stays open to requests without one.
private struct OrganiserKey: KeyKeeping {
    let store: EntryStore

    func key(of token: String) async throws(IntakeError) -> APIKey? {
        guard token != TestService.organiserKey else {
            return APIKey(
                prefix: "00000000", principal: "organiser", label: "tests", scopes: [.admin], contest: nil,
                createdAt: "2024-03-01T09:00:00+08:00", expires: nil)
        }
        return try await store.key(of: token)
    }

    func hasKeys() async throws(IntakeError) -> Bool { try await store.hasKeys() }
}
