import MediaFacts
import Testing

@testable import ContestRules

/// Warnings about valid contest files.
@Suite("Warnings about contest files")
struct ContestWarningsTests {
    /// The warnings about the sample of the second schema with more rules from line 34.
    private func warnings(_ rules: String...) throws -> [ContestFileError.Problem] {
        let text = SecondSchema.text("has-audio").split(separator: "\n").dropLast().joined(separator: "\n")
        return try ContestWarnings.find(in: text + "\n" + rules.joined(separator: "\n"), file: "a.yaml").warnings
    }

    private func person(_ clause: String) -> String {
        "  - {id: item, kind: person, level: required, clause: \"\(clause)\"}"
    }

    @Test("The built-in contests have no warnings", arguments: BuiltInContests.withDemonstration.map(\.id))
    func builtIn(id: String) throws {
        let text = try #require(BuiltInContests.text(id))
        #expect(try ContestWarnings.find(in: text, file: "\(id).yaml").lines(.english) == [])
    }

    @Test(
        "A person's item that a kind could state is named with the kind",
        arguments: [
            ("声音采样率48kHz", "48khz", "audio-format"), ("码率不低于 8Mbps", "8mbps", "bit-rate"), ("逐行扫描", "逐行", "scan"),
            ("双声道立体声", "声道", "audio-format"), ("每秒25帧", "25帧", "frame-rate"), ("分辨率不低于1080P", "1080p", "resolution"),
            ("画面为 16：9", "16:9", "aspect-ratio"), ("时长３至５分钟", "5分钟", "duration"),
            ("单个文件不超过 200MB", "200mb", "file-size"),
            ("须为横屏拍摄", "横屏", "orientation"), ("画面不得有黑边", "黑边", "active-picture"), ("响度 -24LKFS", "-24lkfs", "loudness"),
            ("无水印，时长不超过30秒", "30秒", "duration"), ("H.264编码", "h.264", "codec"),
        ])
    func measurable(clause: String, word: String, kind: String) throws {
        let found = try warnings(person(clause))
        #expect(found.map(\.key) == ["rules[6].clause"])
        let warning = try #require(found.first)
        #expect(warning.line == 34 && warning.column > 50)
        #expect(warning.message.en.contains("\"\(word)\"") && warning.message.en.contains("\"\(kind)\""))
        #expect(warning.message.zh.contains("“\(word)”") && warning.message.zh.contains("“\(kind)”"))
    }

    @Test(
        "A person's item that no kind can state has no warning",
        arguments: [
            "不得有水印", "左上角水印不超过 100 像素", "片头不超过5秒", "字幕为 36 像素", "须为2023年原创作品", "内容积极健康向上", "简介300字以内",
            "提交 3 张截图（1920×1080）", "海报 300dpi，5MB 以内", "于 11:30 前送达", "结构完整、表达流畅",
        ])
    func unmeasurable(clause: String) throws {
        #expect(try warnings(person(clause)) == [])
    }

    @Test("A person's item beside a rule that measures its clause has no warning")
    func measuredBeside() throws {
        #expect(try warnings(person("时长2-5分钟")) == [])
        #expect(try warnings(person("时长2-5分钟，节奏紧凑")) == [])
        #expect(try warnings(person("每集10分钟")).count == 1)
    }

    private static func rule(_ kind: String, _ parameters: String, level: String = "required") -> String {
        "  - {id: more, kind: \(kind), level: \(level), clause: 另一句\(parameters.isEmpty ? "" : ", ")\(parameters)}"
    }

    @Test(
        "A rule that another one makes superfluous is named",
        arguments: [
            (rule("duration", "min: 1m, max: 6m, tolerance: 500ms"), "\"duration\""),
            (rule("duration", "max: 5m, tolerance: 500ms"), "\"duration\""),
            (rule("duration", "min: 2m, max: 5m, tolerance: 500ms", level: "encouraged"), "\"duration\""),
            (rule("container", "allowed: [mp4, mov]"), "\"container\""),
            (rule("has-video", ""), "general rule \"has-video\""),
            (rule("file-size", "min: 1B"), "below min: 1B"), (rule("duration", "min: 0s"), "below min: 0s"),
        ])
    func superfluous(rule: String, fragment: String) throws {
        let found = try warnings(rule)
        #expect(found.map(\.key) == ["rules[6]"] && found.first?.line == 34)
        #expect(found.first?.message.en.contains(fragment) == true, "\(found)")
        #expect(found.first?.message.zh.isChinese == true)
    }

    @Test(
        "A rule that asks for something else is not superfluous",
        arguments: [
            rule("duration", "min: 3m, max: 6m, tolerance: 500ms"), rule("duration", "max: 5m"),
            rule("has-audio", ""), rule("file-size", "max: 1B"), rule("container", "allowed: [mp4], others: review"),
            rule("bit-rate", "min: 1bit/s, max: 8Mbit/s"), rule("frame-rate", "allowed: [25]"),
        ])
    func needed(rule: String) throws { #expect(try warnings(rule) == []) }

    @Test("The same clause with the id of a general rule replaces it and has no warning")
    func replaced() throws {
        #expect(try warnings("  - {id: has-video, kind: has-video, level: required, clause: 须有画面}") == [])
    }

    @Test("A warning is printed with file, line, column and key, and a file with mistakes has none")
    func lines() throws {
        let text = SampleContest.text(rule: person("每秒25帧"))
        let line = try #require(try ContestWarnings.find(in: text, file: "a.yaml").lines(.english).first)
        #expect(line.hasPrefix("a.yaml:34:") && line.contains(": warning: rules[6].clause: "))
        #expect(throws: ContestFileError.self) { try ContestWarnings.find(in: "a: b", file: "a.yaml") }
    }
}
