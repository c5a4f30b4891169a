import ArgumentParser
import EntryIntake
import EntryServer

/// Limits of what `serve` receives: fields of a form, unfinished uploads, and disk space.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("一份表单的字段数上限 Fields of one form; more is answered with 413. Default 256.", valueName: "n"))
    var maxFields: Int?

    @Option(
        help: ArgumentHelp(
            "未完成的上传数上限 Uploads begun and unfinished; one more is answered with 429. Default 10000.", valueName: "n"))
    var openUploads: Int?

    @Option(
        help: ArgumentHelp(
            "未完成的上传合计声明的字节数上限 Bytes that unfinished uploads announce together; beyond it 507. Default 4 TiB.",
            valueName: "bytes"))
    var announcedBytes: Int?

    @Option(
        help: ArgumentHelp(
            "磁盘保留不用的字节数 Bytes of the disk that no file is promised; 507 for a file that needs them. Default 256 MiB.",
            valueName: "bytes"))
    var reserveDisk: Int?

    private static let fields = 1...100_000
    private static let uploads = 0...10_000_000
    private static let bytes = 0...(1 << 60)

    func validate() throws {
        for (flag, value, range) in [
            ("--max-fields", maxFields, Self.fields), ("--open-uploads", openUploads, Self.uploads),
            ("--announced-bytes", announcedBytes, Self.bytes), ("--reserve-disk", reserveDisk, Self.bytes),
        ] {
            guard let value, !range.contains(value) else { continue }
            throw ValidationError("\(flag) 超出范围 is out of range: \(value)")
        }
    }

    /// Most fields of one form, 1 to 100,000.
    ///
    /// - Throws: a usage error when `CLIPCHECK_MAX_FIELDS` is not in its range.
    func mostFields() throws -> Int {
        try maxFields ?? Settings.number("MAX_FIELDS", in: Self.fields) ?? ServerSettings.defaultMostFields
    }

    /// Limits of the unfinished uploads, and the disk space that is kept free.
    ///
    /// - Throws: a usage error when a variable is not in its range.
    func storage() throws -> StorageLimits {
        var limits = StorageLimits()
        limits.openUploads = try openUploads ?? Settings.number("OPEN_UPLOADS", in: Self.uploads) ?? limits.openUploads
        if let bytes = try announcedBytes ?? Settings.number("ANNOUNCED_BYTES", in: Self.bytes) {
            limits.announcedBytes = Int64(bytes)
        }
        if let bytes = try reserveDisk ?? Settings.number("RESERVE_DISK", in: Self.bytes) {
            limits.reservedBytes = Int64(bytes)
        }
        return limits
    }
}
