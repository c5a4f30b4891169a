import ContestRules
import EntryIntake
import EntryStore
import Foundation
import Hummingbird
import HummingbirdTesting
import MediaFacts
import MediaProbe
import Synchronization
import TestSupport
import Testing

@testable import EntryServer

/// A data folder that several services use one after the other, as when a machine starts again.
struct LastingFolder: Sendable {
    private let outside: TemporaryFolder

    init() throws { outside = try TemporaryFolder() }

    /// The data folder.
    var path: String { outside.path("data") }

    /// Files that entries keep or that uploads left behind, relative to the data folder.
    var mediaFiles: [String] {
        outside.files.filter { !$0.hasPrefix("data/clipcheck.") }.map { String($0.dropFirst("data/".count)) }
    }

    /// Opens a service on the folder. The service before must have been freed, because only one can hold the folder.
    func open(
        prober: any MediaProbing = InProcessProber(), waiting: Int = 64, clock: WallClock = .system,
        uploadLifetime: Duration = .seconds(3600), contests: [Contest]? = nil
    ) throws -> OpenedService {
        try OpenedService(
            self, prober: prober, waiting: waiting, clock: clock, lifetime: uploadLifetime, contests: contests)
    }
}

/// A service on an existing folder. It holds the folder until its last reference is gone.
final class OpenedService: RequestTaking {
    let store: EntryStore
    let uploads: ResumableUploads
    let intake: Intake
    let server: EntryServer
    let log = RecordedLog()
    private let folder: LastingFolder
    private let application: Application<ErasedResponder>

    init(
        _ folder: LastingFolder, prober: any MediaProbing, waiting: Int, clock: WallClock, lifetime: Duration,
        contests: [Contest]?
    ) throws {
        self.folder = folder
        store = try EntryStore(folder: folder.path)
        intake = Intake(
            contests: ContestCatalogue(contests ?? BuiltInContests.withoutContent),
            inspector: Inspector(prober: prober, running: 1, waiting: waiting), keeper: store, vault: store.vault,
            clock: clock)
        uploads = ResumableUploads(intake: intake, keeper: store, lifetime: lifetime)
        let settings = ServerSettings(port: 0, mostBodyBytes: 1 << 30)
        server = EntryServer(
            intake: intake, uploads: uploads, doorkeeper: Doorkeeper(keys: store), settings: settings,
            page: { _, _, _ in "page" },
            timeline: { _, _ in nil },
            meter: ServiceMeter(contests: [], workerEnds: []), logger: log.logger)
        application = Application(responder: ErasedResponder(inner: server.responder()), logger: log.logger)
    }

    /// Sends one request to the router, and expects an answer that `openapi.json` documents.
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
        try answer.expectDocumented(method, uri, headers)
        return answer
    }

    /// Runs the backlog until the entry at `uri` has a report, and returns the entry; nil after ten seconds.
    func reported(_ uri: String) async throws -> WireValue? {
        let work = Task { [intake] in await intake.workOffBacklog() }
        defer { work.cancel() }
        for _ in 0..<1000 {
            let entry = try await send(.get, uri).json
            if let report = entry["report"], report != .null { return entry }
            try await Task.sleep(for: .milliseconds(10))
        }
        return nil
    }
}

/// A clock that stands still until a test puts it forward.
final class HandClock: Sendable {
    private let moment: Mutex<Moment>

    /// Sets the clock to a moment in RFC 3339.
    init(_ text: String) throws { moment = Mutex(try #require(Moment(rfc3339: text))) }

    /// The clock as a service takes it.
    var clock: WallClock { WallClock { self.moment.withLock { $0 } } }

    func advance(by duration: Duration) { moment.withLock { $0 = $0.advanced(by: duration) } }
}
