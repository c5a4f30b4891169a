public import ContestRules
public import EntryIntake
internal import Hummingbird
public import Logging
public import MediaFacts
internal import NIOCore

/// The HTTP service: routes on top of an intake.
public struct EntryServer: Sendable {
    private let intake: Intake
    private let uploads: ResumableUploads
    private let settings: ServerSettings
    private let page: ReportPage
    private let timeline: TimelineFile
    private let logger: Logger
    private let metrics = Metrics()

    /// Writes a report as an HTML page, with those of its pictures that are at hand.
    public typealias ReportPage = @Sendable (Report, [Still], Language) -> String

    /// Draws what was found over time as an SVG file; nil when nothing was decoded.
    public typealias TimelineFile = @Sendable (Report, Language) -> String?

    /// Makes a service; nothing listens yet.
    public init(
        intake: Intake, uploads: ResumableUploads, settings: ServerSettings, page: @escaping ReportPage,
        timeline: @escaping TimelineFile, logger: Logger
    ) {
        self.timeline = timeline
        self.intake = intake
        self.uploads = uploads
        self.settings = settings
        self.page = page
        self.logger = logger
    }

    /// Listens and serves until the process is told to end (SIGTERM, SIGINT), then finishes what is under way.
    ///
    /// - Parameter onListening: called once with the port that is bound.
    public func run(onListening: @escaping @Sendable (Int) -> Void) async throws {
        let application = Application(
            responder: responder(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        ContinueHandler(), MinimumRateHandler(leastBytesPerSecond: settings.leastBytesPerSecond),
                        DepartureHandler(),
                    ],
                    idleTimeout: .milliseconds(settings.idleTimeout.wholeMilliseconds))),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: "clipcheck/\(Release.version)"),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? settings.port) },
            logger: logger)
        try? await uploads.tidy()
        let background = Task {
            async let backlog: Void = intake.workOffBacklog()
            async let checks: Void = intake.workOffChecks { metrics.count($0) }
            while !Task.isCancelled {
                try? await Task.sleep(for: settings.tidyInterval)
                try? await uploads.tidy()
            }
            _ = await (backlog, checks)
        }
        do {
            try await application.runService()
        } catch {
            await end(background)
            throw error
        }
        await end(background)
    }

    /// Ends the work that nobody waits for: a check that is broken off gives its attempt back.
    private func end(_ background: Task<Void, Never>) async {
        background.cancel()
        await background.value
    }

    /// What answers every request.
    func responder() -> TusResponder<RouterResponder<ServiceContext>> {
        TusResponder(inner: router().buildResponder())
    }

    /// Every route of the service.
    func router() -> Router<ServiceContext> {
        let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            AccessLog(metrics: metrics)
            ProblemMiddleware()
        }
        let receiver = UploadReceiver(intake: intake, mostBodyBytes: settings.mostBodyBytes)
        ContestRoutes(intake: intake).add(to: router)
        CheckRoutes(intake: intake, receiver: receiver, metrics: metrics).add(to: router)
        EntryRoutes(intake: intake, receiver: receiver, metrics: metrics, keys: settings.organiserKeys)
            .add(to: router)
        ReportRoutes(intake: intake, page: page).add(to: router)
        EvidenceRoutes(intake: intake, timeline: timeline).add(to: router)
        UploadRoutes(uploads: uploads, intake: intake, mostMediaBytes: settings.mostMediaBytes, metrics: metrics)
            .add(to: router)
        OperationRoutes(intake: intake, metrics: metrics).add(to: router)
        return router
    }
}
