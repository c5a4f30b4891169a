internal import BlockingLanes
public import ContestRules
public import EntryIntake
internal import Hummingbird
internal import HummingbirdCore
public import Logging
public import MediaFacts
internal import NIOCore

/// The HTTP service: listens, and answers requests by means of an intake.
public struct EntryServer: Sendable {
    private let intake: Intake
    private let uploads: ResumableUploads
    private let settings: ServerSettings
    private let doorkeeper: Doorkeeper
    private let page: ReportPage
    private let timeline: TimelineFile
    private let gauges: (any StoreGauges)?
    private let logger: Logger
    private let meter: ServiceMeter
    private let connections: OpenConnections
    private let downloads = BlockingLanes("download")

    /// Writes a report as an HTML page with the given stills; the report may name others that were not kept.
    public typealias ReportPage = @Sendable (Report, [Still], Language) -> String

    /// Draws the findings of a report over time as an SVG file; nil when no frame was decoded.
    public typealias TimelineFile = @Sendable (Report, Language) -> String?

    /// Makes a service, which does not listen yet.
    ///
    /// - Parameters:
    ///   - page: writes the HTML page of a report.
    ///   - timeline: draws the time line of a report.
    ///   - gauges: source of the store's gauges in `/metrics`; nil leaves them out.
    ///   - meter: counts and times the work for `/metrics`.
    public init(
        intake: Intake, uploads: ResumableUploads, doorkeeper: Doorkeeper, settings: ServerSettings,
        page: @escaping ReportPage, timeline: @escaping TimelineFile, gauges: (any StoreGauges)? = nil,
        meter: ServiceMeter, logger: Logger
    ) {
        self.meter = meter
        self.timeline = timeline
        self.intake = intake
        self.uploads = uploads
        self.settings = settings
        self.doorkeeper = doorkeeper
        self.page = page
        self.gauges = gauges
        self.logger = logger
        connections = OpenConnections(most: settings.mostConnections)
    }

    /// Receives the results and failures of the background services, for the log and `/metrics`.
    public var observer: any BackgroundObserver { ServiceObserver(meter: meter, logger: logger) }

    /// Listens and answers requests.
    ///
    /// In a `ServiceGroup`, a graceful shutdown stops listening and finishes the requests that are under way.
    /// Cancelling the task cancels those requests, too, and closes every connection two seconds later; `run` then
    /// returns.
    ///
    /// - Parameter onListening: called once with the port that the service listens on.
    /// - Throws: an error of the HTTP server, such as that the port is in use.
    public func run(onListening: @escaping @Sendable (Int) -> Void) async throws {
        let application = application(onListening)
        do {
            try await withTaskCancellationHandler {
                try await application.run()
            } onCancel: {
                connections.closeAll(after: Self.timeForLastAnswers)
            }
        } catch is CancellationError where Task.isCancelled {}
    }

    /// Time in which cancelled requests can store the bytes that arrived and answer.
    private static let timeForLastAnswers = Duration.seconds(2)

    private func application(_ onListening: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol {
        Application(
            responder: responder(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        ReadSizeHandler(), ByteCountHandler(meter), ConnectionHandler(connections), ContinueHandler(),
                        EarlyAnswerHandler(),
                        MinimumRateHandler(leastBytesPerSecond: settings.leastBytesPerSecond),
                        SlowReaderHandler(leastBytesPerSecond: settings.leastBytesPerSecond), DepartureHandler(),
                    ],
                    idleTimeout: .milliseconds(settings.idleTimeout.wholeMilliseconds))),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: "clipcheck/\(Release.version)",
                availableConnectionsDelegate: ConnectionLimit(connections)),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? settings.port) },
            logger: logger)
    }

    /// Makes the responder that answers every request.
    func responder() -> some HTTPResponder<ServiceContext> {
        IdentityResponder(inner: TusResponder(inner: router().buildResponder()))
    }

    /// Makes the router with every route of the service.
    func router() -> Router<ServiceContext> { routing().router }

    /// Makes the router and the table of its routes.
    func routing() -> (router: Router<ServiceContext>, table: RouteTable) {
        let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
        let routes = meter.routes
        router.addMiddleware {
            AccessLog(meter: meter)
            CrossOriginMiddleware(allowed: settings.allowedOrigins)
            ProblemMiddleware()
            OriginMiddleware(
                served: ServedNames(host: settings.host, publicURLs: settings.publicURLs),
                publicURLs: settings.publicURLs, allowed: settings.allowedOrigins)
            KeyMiddleware(doorkeeper: doorkeeper)
            ExpectationMiddleware()
            MethodMiddleware(routes: routes)
        }
        let table = RouteTable(router: router, gate: Gate(doorkeeper: doorkeeper, intake: intake, uploads: uploads))
        addRoutes(to: table)
        routes.set(table.routes)
        return (router, table)
    }

    private func addRoutes(to table: RouteTable) {
        let receiver = UploadReceiver(
            intake: intake, timing: meter, mostBodyBytes: settings.mostBodyBytes, mostFields: settings.mostFields)
        let limits = ContestLimits(
            largestFileBytes: settings.mostMediaBytes, leastBytesPerSecond: settings.leastBytesPerSecond,
            uploadLifetimeSeconds: uploads.lifetime.components.seconds, mostFields: settings.mostFields)
        ContestRoutes(intake: intake, limits: limits).add(to: table)
        CheckRoutes(intake: intake, receiver: receiver, meter: meter).add(to: table)
        EntryRoutes(intake: intake, receiver: receiver, meter: meter).add(to: table)
        ReportRoutes(intake: intake, page: page).add(to: table)
        MediaRoutes(intake: intake, lanes: downloads).add(to: table)
        EvidenceRoutes(intake: intake, timeline: timeline).add(to: table)
        UploadRoutes(
            uploads: uploads, intake: intake, mostMediaBytes: settings.mostMediaBytes, mostFields: settings.mostFields,
            meter: meter, publicURL: settings.publicURLs.first
        ).add(to: table)
        FirstPage(intake: intake, doorkeeper: doorkeeper).add(to: table)
        SchemaRoutes().add(to: table)
        let gauges = MomentGauges(intake: intake, meter: meter, connections: connections, store: gauges)
        OperationRoutes(intake: intake, meter: meter, gauges: gauges).add(to: table)
    }
}
