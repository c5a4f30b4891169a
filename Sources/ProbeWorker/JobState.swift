/// The state of one job, as the parent knows it from the notices of its zygote.
enum JobState: Equatable {
    /// No child has started yet.
    case waiting
    /// A child runs. `descriptor` is its process descriptor, or −1 on kernels that have none.
    case running(process: Int32, descriptor: Int32)
    /// The child has ended. `status` is that of wait(2).
    case ended(status: Int32)
    /// The zygote could not start a child. `code` is an errno.
    case failed(code: Int32)
    /// The zygote has ended, and all its children with it; or the job is unknown.
    case lost
}
