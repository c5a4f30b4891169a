import EntryServer
import ProbeWorker

/// Counts the abnormal ends of workers in the metrics.
struct WorkerDeathCount: WorkerObserver {
    let meter: ServiceMeter

    func workerEnded(_ end: WorkerEnd) { meter.countWorkerDeath(reason: end.rawValue) }
}
