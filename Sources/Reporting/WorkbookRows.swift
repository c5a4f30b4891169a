internal import ContestRules
internal import EntryIntake
internal import MediaFacts

/// The sheet with one row for each file.
struct WorkbookEntries {
    var words: Words
    var fields: [RunColumn]

    var name: String { words("参赛作品", "Entries") }

    var columns: [WorkbookColumn] {
        [WorkbookColumn(words("结论", "Verdict"), 14), WorkbookColumn(words("文件", "File"), 44)]
            + fields.map { WorkbookColumn($0.label[words.language], 18) }
            + [
                WorkbookColumn(words("类别", "Category"), 12), WorkbookColumn(words("地区", "Region"), 12),
                WorkbookColumn(words("时长（秒）", "Length (s)"), 12),
                WorkbookColumn(words("画面宽", "Width"), 8), WorkbookColumn(words("画面高", "Height"), 8),
                WorkbookColumn(words("画面比例", "Shape"), 10), WorkbookColumn(words("帧率", "Frames/s"), 8),
                WorkbookColumn(words("封装格式", "Container"), 10),
                WorkbookColumn(words("视频编码", "Video codec"), 10),
                WorkbookColumn(words("音频编码", "Audio codec"), 10),
                WorkbookColumn(words("大小（字节）", "Bytes"), 16),
                WorkbookColumn(words("原因", "Reasons"), 60),
                WorkbookColumn(words("报送材料", "Submission"), 40), WorkbookColumn("SHA-256", 66),
                WorkbookColumn(words("错误", "Error"), 40),
            ]
    }

    func row(_ file: CheckedFile) -> [WorkbookCell] {
        let (report, names) = (file.report, file.ruleNames)
        return [verdict(file), .text(file.path)] + fields.map { .optional(value($0.name, file.work)) }
            + [.optional(file.work?.category), .optional(file.work?.region)] + facts(report?.facts)
            + [
                .optional(report.map { Double($0.media.bytes) }, .grouped),
                .optional(report.map { words.reasons($0.attention, names) }),
                .optional(file.work.map { words.reasons($0.findings, names) }), .optional(report?.media.sha256),
                error(file),
            ]
    }

    private func verdict(_ file: CheckedFile) -> WorkbookCell {
        guard let report = file.report else { return .coloured(words.heading(words.error), .failure) }
        return .coloured(words.heading(words.verdict(report.verdict)), WorkbookCell.Tone(report.verdict))
    }

    private func error(_ file: CheckedFile) -> WorkbookCell {
        guard case .failure(let error) = file.outcome else { return .empty }
        return .text(error.message[words.language])
    }

    private func value(_ field: String, _ work: Work?) -> String? {
        work?.fields.first { $0.name == field }?.value
    }

    private func facts(_ facts: MediaFacts?) -> [WorkbookCell] {
        let picture = facts?.video?.picture
        return [
            .optional(facts?.duration.map { Double($0.wholeMilliseconds) / 1000 }, .thousandths),
            .optional(picture.map { Double($0.displayWidth) }), .optional(picture.map { Double($0.displayHeight) }),
            .optional(picture?.displayAspectRatio.colonText),
            .optional(facts?.video?.frameRate.map { ($0.value * 1000).rounded() / 1000 }),
            .optional(facts?.container.family.rawValue), .optional(facts?.video?.codec),
            .optional(facts?.audio?.codec),
        ]
    }
}

/// The sheet with one row for each finding that is no pass, about videos and about submissions.
struct WorkbookFindings {
    var words: Words

    var name: String { words("检查结果", "Findings") }

    var columns: [WorkbookColumn] {
        [
            WorkbookColumn(words("文件", "File"), 44), WorkbookColumn(words("检查对象", "Of"), 12),
            WorkbookColumn(words("规则", "Rule"), 16), WorkbookColumn(words("规则编号", "Rule id"), 16),
            WorkbookColumn(words("级别", "Level"), 12),
            WorkbookColumn(words("结果（符合的不列出）", "Outcome (passes are not listed)"), 16),
            WorkbookColumn(words("说明", "Message"), 60), WorkbookColumn(words("要求", "Required"), 18),
            WorkbookColumn(words("实测", "Measured"), 18), WorkbookColumn(words("原因代码", "Reason"), 16),
            WorkbookColumn(words("表单字段", "Field"), 14), WorkbookColumn(words("通知原文", "Clause"), 50),
        ]
    }

    func rows(_ file: CheckedFile) -> [[WorkbookCell]] {
        rows(file.report?.findings ?? [], of: words("视频", "video"), file.path)
            + rows(file.work?.findings ?? [], of: words("报送材料", "submission"), file.path)
    }

    private func rows(_ findings: [Finding], of part: String, _ path: String) -> [[WorkbookCell]] {
        findings.filter { $0.outcome != .pass }.map { finding in
            [
                .text(path), .text(part), .text(finding.name?[words.language] ?? finding.rule), .text(finding.rule),
                .text(words.level(finding.level)),
                .coloured(words.outcome(finding.outcome), WorkbookCell.Tone(finding.outcome)),
                .text(finding.message[words.language]), .optional(finding.required), .optional(finding.measured),
                .optional(finding.reason), .optional(finding.field), .text(finding.clause),
            ]
        }
    }
}
