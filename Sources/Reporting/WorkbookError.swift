public import MediaFacts

/// Why a workbook could not be written: our machine or our caller, never what is in it.
public struct WorkbookError: Error, Sendable, Hashable {
    /// What happened and what to do.
    public var message: LocalizedText
    /// What lies beneath, for the log only; nil when there is nothing more to say.
    public var cause: String?

    /// There is something at `path` that is no file, or that may not be changed, or no file can be made there.
    static func notWritable(_ path: String, _ cause: String) -> WorkbookError {
        WorkbookError(
            message: LocalizedText(
                zh: "无法写入工作簿“\(path)”（\(cause)）。请检查文件夹是否存在、是否有写入权限，或换一个位置。",
                en: "The workbook \"\(path)\" cannot be written (\(cause)). See that its folder exists and may be "
                    + "written to, or choose another place."),
            cause: cause)
    }

    /// The workbook was begun, but not all of it could be written. What stood at `path` is untouched.
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
