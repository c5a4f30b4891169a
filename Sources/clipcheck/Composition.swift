import ContestRules
import EntryIntake
import EntryServer
import EntryStore
import Logging
import MediaFacts
import MediaProbe
import Reporting

/// Puts the rooms together. The only place that knows which prober and which store there are.
enum Composition {
    /// What reads files.
    static func inspector(jobs: Int? = nil, waiting: Int) -> Inspector {
        Inspector(prober: InProcessProber(lanes: jobs), running: jobs, waiting: waiting)
    }

    /// An intake that keeps entries in the folder at `data`.
    static func intake(
        contests: [Contest], inspector: Inspector, data: String, mostBytes: Int64 = EntryStore.defaultMostBytes
    ) throws(IntakeError) -> Intake {
        Intake(
            contests: ContestCatalogue(contests), inspector: inspector,
            keeper: try EntryStore(folder: data, mostBytes: mostBytes))
    }

    /// The HTTP service on top of an intake.
    static func server(_ intake: Intake, settings: ServerSettings, logger: Logger) -> EntryServer {
        EntryServer(
            intake: intake, settings: settings,
            page: { report, language in HTMLReport(language: language).page(report) }, logger: logger)
    }
}
