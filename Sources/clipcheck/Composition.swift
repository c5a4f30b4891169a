import BlockingLanes
import ContestRules
import EntryIntake
import EntryServer
import EntryStore
import Foundation
import Logging
import MediaFacts
import ProbeWorker
import Reporting
import WebhookDelivery

/// Makes the objects of every module and connects them. No other place names the concrete prober and store.
enum Composition {
    /// Makes the meter of a service for `contests`.
    static func meter(_ contests: [Contest]) -> ServiceMeter {
        ServiceMeter(contests: contests.map(\.id), workerEnds: WorkerEnd.allCases.map(\.rawValue))
    }

    /// Makes the inspector, which reads every file in a locked-down worker process of its own.
    ///
    /// - Parameters:
    ///   - jobs: files read at once; nil means one for every core.
    ///   - waiting: files that may wait for their turn; one more is refused.
    ///   - meter: counts worker deaths and times the phases; nil outside the service.
    /// - Throws: `ProbeError` when no worker can be started.
    static func inspector(
        jobs: Int?, waiting: Int, limits: WorkerLimits, isolation: Isolation, meter: ServiceMeter? = nil
    ) throws(ProbeError) -> Inspector {
        let running = jobs ?? BlockingLanes.cores
        let prober = try ProbeWorker.prober(
            executable: executable, limits: limits, isolation: isolation,
            lanes: running + 2 * Inspector.closerLooks(beside: running),
            observer: meter.map { WorkerDeathCount(meter: $0) })
        return Inspector(prober: prober, running: jobs, waiting: waiting, timing: meter ?? NoTiming())
    }

    /// Most files that can be read at once, at least 1: the process keeps 64 descriptors for other uses, and reading a
    /// file takes up to 8.
    static var mostJobs: Int { max(1, (Int(clamping: DescriptorBudget.current.rlim_cur) - 64) / 8) }

    /// Path of the running executable, which starts itself as the zygote. On Linux the path stays right when the file
    /// is renamed or replaced.
    private static var executable: String {
        #if os(Linux)
            "/proc/self/exe"
        #else
            Bundle.main.executablePath ?? CommandLine.arguments[0]
        #endif
    }

    /// Makes an intake that keeps entries and their media in `store`, and signs their reports.
    static func intake(
        contests: [Contest], inspector: Inspector, store: EntryStore, sealing: any ReportSealing,
        storageLimits: StorageLimits = StorageLimits(), clock: WallClock = .system,
        timing: any WorkTiming = NoTiming()
    ) -> Intake {
        Intake(
            contests: ContestCatalogue(contests), inspector: inspector, keeper: store, vault: store.vault,
            disk: store, storageLimits: storageLimits, sealing: sealing, clock: clock, timing: timing)
    }

    /// Makes the HTTP service on top of `intake`, and the background services that run beside it.
    ///
    /// - Parameters:
    ///   - uploadLifetime: how long an unfinished resumable upload is kept.
    ///   - shutdownTime: time for the requests that are under way when the process receives SIGTERM or SIGINT.
    static func serviceRun(
        _ intake: Intake, store: EntryStore, uploadLifetime: Duration, settings: ServerSettings,
        shutdownTime: Duration, meter: ServiceMeter, logger: Logger
    ) -> ServiceRun {
        let uploads = ResumableUploads(intake: intake, keeper: store, lifetime: uploadLifetime)
        let server = EntryServer(
            intake: intake, uploads: uploads, doorkeeper: Doorkeeper(keys: store), settings: settings,
            page: { report, stills, language in HTMLReport(language: language).page(report, stills: stills) },
            timeline: { report, language in HTMLReport(language: language).timeline(report) }, gauges: store,
            meter: meter, logger: logger)
        let observer = server.observer
        return ServiceRun(
            server: server,
            background: [
                TidyingService(uploads: uploads, every: .seconds(600), observer: observer),
                ContentCheckService(intake: intake, observer: observer),
                BacklogService(intake: intake, observer: observer),
                MissingMediaService(store: store, observer: observer, logger: logger),
                DeliveryService(
                    keeper: store, sender: WebhookSender(origin: settings.publicURLs.first?.text ?? ""),
                    observer: observer, clock: WallClock { intake.now }),
            ], shutdownTime: shutdownTime, logger: logger)
    }
}
