public import MediaFacts

/// The reason why a workbook could not be written. The cause is our machine or our caller, never the workbook's
/// content.
public struct WorkbookError: Error, Sendable, Hashable {
    /// The message: the event and the remedy.
    public var message: LocalizedText
    /// The system's own message, for the log only; nil when there is none.
    public var cause: String?

    /// The error for a `path` where no file can be made, where the existing file may not be changed, or that is no
    /// regular file.
    static func notWritable(_ path: String, _ cause: String) -> WorkbookError {
        WorkbookError(
            message: LocalizedText(
                zh: "无法写入工作簿“\(path)”（\(cause)）。请检查文件夹是否存在、是否有写入权限，或换一个位置。",
                en: "The workbook \"\(path)\" cannot be written (\(cause)). See that its folder exists and may be "
                    + "written to, or choose another place."),
            cause: cause)
    }

    /// The error for a workbook that was begun but not written completely. The file that was at `path` before is
    /// unchanged.
    static func unfinished(_ path: String, _ cause: String) -> WorkbookError {
        WorkbookError(
            message: LocalizedText(
                zh: "工作簿“\(path)”未能写完，没有保存（\(cause)）。请检查磁盘空间和临时文件夹（TMPDIR）后重试。",
                en:
                    "The workbook \"\(path)\" could not be finished and was not saved (\(cause)). See that the disk and "
                    + "the temporary folder (TMPDIR) have room and try again."),
            cause: cause)
    }
}
