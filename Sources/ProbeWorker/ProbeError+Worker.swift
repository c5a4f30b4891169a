internal import MediaFacts

extension ProbeError {
    /// The worker's reply cannot be decoded or contradicts the file.
    static let garbled = ProbeError(
        .garbled,
        LocalizedText(
            zh: "检查程序对此文件给出了无效的结果，未能得出结论。请重新导出视频后再试。",
            en: "The check gave no valid answer on this file and is undecided. Export the video anew."))

    /// The worker ended abnormally while it read the file.
    static let crashed = ProbeError(
        .crashed,
        LocalizedText(
            zh: "检查程序在读取此文件时异常终止，未能得出结论。请重新导出视频后再试。",
            en: "The check broke down while reading this file and is undecided. Export the video anew."))

    /// The worker was killed because it exceeded its wall time or its CPU time.
    static let overtime = ProbeError(
        .timedOut,
        LocalizedText(
            zh: "检查超时，未能得出结论。请重新导出视频后再试。",
            en: "The check took too long and is undecided. Export the video anew and try again."))

    /// The worker was killed because it exceeded its memory.
    static let memoryExceeded = ProbeError(
        .outOfMemory,
        LocalizedText(
            zh: "检查所需内存超出限制，未能得出结论。请重新导出视频后再试。",
            en: "The check needed more memory than allowed and is undecided. Export the video anew."))

    /// The caller cancelled the check.
    static let withdrawn = ProbeError(
        .cancelled, LocalizedText(zh: "检查已取消。", en: "The check was cancelled."))

    /// /proc hides the workers, so the parent cannot measure their memory.
    static let unwatchable = ProbeError(
        .inputOutput,
        LocalizedText(
            zh: "/proc 隐藏了检查进程（挂载选项 hidepid），无法限制其内存。请去掉该选项，或以能查看它的用户运行。",
            en:
                "/proc hides the workers (mount option hidepid), so their memory cannot be limited. Mount it without, or "
                + "run as a user who sees them."))

    /// No worker can be started; `cause` is the step that failed.
    static func noWorker(_ cause: String) -> ProbeError {
        ProbeError(
            .noWorker,
            LocalizedText(
                zh: "无法启动检查进程（\(cause)），未能得出结论。请稍后重新检查；仍然如此请联系管理员。",
                en: "No worker can be started (\(cause)), so this is undecided. Check again later; if that fails, too, "
                    + "tell the operator."))
    }
}
