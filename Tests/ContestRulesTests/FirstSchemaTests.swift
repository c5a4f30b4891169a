import MediaFacts
import Testing

@testable import ContestRules

/// Files of `clipcheck.contest/1` mean for ever what they meant when the schema was published.
@Suite("clipcheck.contest/1")
struct FirstSchemaTests {
    /// A file that uses every kind and every key of the schema.
    private static let everyKey = """
        schema: clipcheck.contest/1
        id: every-key
        revision: 7
        name: {zh: 全部规则, en: Every rule}
        source: {document: 测字〔2026〕2号, issued: 2026-01-02}
        window: {opens: 2026-01-02T00:00+08:00, closes: 2026-04-23T24:00+08:00}
        categories: [剧情类, 纪实类]
        rules:
          - {id: readable, kind: readable, level: required, clause: 打开, decision: 能够打开}
          - {id: has-video, kind: has-video, level: required, clause: 画面}
          - {id: has-audio, kind: has-audio, level: encouraged, clause: 声音}
          - {id: upright, kind: upright, level: required, clause: 方向}
          - {id: true-length, kind: true-length, level: required, clause: 时长, tolerance: 1s}
          - {id: complete-file, kind: complete-file, level: required, clause: 完整}
          - {id: duration, kind: duration, level: required, clause: 时长, min: 1m30s, max: 5m, tolerance: 500ms}
          - {id: aspect-ratio, kind: aspect-ratio, level: required, clause: 比例, allowed: ["16:9", "37:20"], tolerance: 0.5%}
          - {id: sizes, kind: resolution, level: required, clause: 尺寸, sizes: [1920x1080, 1998*1080], turned: review}
          - {id: min-size, kind: resolution, level: encouraged, clause: 尺寸, min: 1280×720}
          - {id: container, kind: container, level: required, clause: 格式, allowed: [mp4, asf], others: review}
          - {id: file-size, kind: file-size, level: required, clause: 大小, min: 1kB, max: 2GiB}
          - {id: rates, kind: frame-rate, level: required, clause: 帧率, allowed: [25, 30000/1001]}
          - {id: rate, kind: frame-rate, level: required, clause: 帧率, min: 24, max: 60}
          - {id: bit-rate, kind: bit-rate, level: required, clause: 码率, min: 516kbit/s, max: 8Mbit/s}
          - {id: codec, kind: codec, level: required, clause: 编码, video: [h264, hevc], audio: [aac], others: review}
          - {id: black, kind: black, level: required, clause: 黑屏, longest: 10s, darkness: 12%, area: 97.5%}
          - {id: freeze, kind: freeze, level: required, clause: 静止, longest: 10s, movement: 0.5%}
          - {id: silence, kind: silence, level: required, clause: 无声, longest: 10s, below: -55dBFS}
          - {id: loudness, kind: loudness, level: required, clause: 响度, min: -30LUFS, max: -14.5LUFS, maxTruePeak: -1dBTP}
          - {id: bars, kind: active-picture, level: required, clause: 黑边, allowed: ["16:9"], tolerance: 2%, others: review, darkness: 5%}
          - {id: decodable, kind: decodable, level: required, clause: 解码, depth: full}
          - {id: content, kind: person, level: required, clause: 内容, createdIn: 2026, evidence: subtitle-streams}
          - id: form
            kind: form
            level: required
            clause: 表单
            fields:
              - {name: title, label: {zh: 标题, en: Title}, kind: text, required: true, max: 20}
              - {name: phone, label: {zh: 电话, en: Phone}, kind: phone, required: true, personal: true}
              - {name: group, label: {zh: 类别, en: Group}, kind: choice, required: false, choices: [甲, 乙], others: review}
              - {name: length, label: {zh: 片长, en: Duration}, kind: duration, required: true, tolerance: 1s}
          - {id: window, kind: window, level: required, clause: 时间}
          - {id: unique-media, kind: unique-media, level: required, clause: 重复}
          - {id: file-name, kind: file-name, level: encouraged, clause: 文件名}
        quotas:
          - {id: regions, by: region, min: 1, max: 5, groups: [甲县, 乙县], clause: 每县1至5件}

        """

    private static func contest(_ text: String) throws -> Contest { try ContestFile.load(text, file: "test.yaml") }

    @Test("A built-in contest keeps its digest")
    func builtIn() {
        let digests = Dictionary(uniqueKeysWithValues: BuiltInContests.withDemonstration.map { ($0.id, $0.digest) })
        #expect(
            digests == [
                "demo": "sha256:d0a2ab38850d973345fdc7cad383bb93832e0db74e3daf93bd0d5ac6bc464a88",
                "weifang-2023": "sha256:14c8e78f635a2b53f5caa35b9821e5e06ac0eaf5b245389bda428efd87cecc3b",
                "xian-2024": "sha256:eea46e7ea3fdadab1ca5100f7e429f6fecfcce3d93fd08bac8ef1d91f9dff21a",
                "xinhua-credit-cup-2019": "sha256:74aabf9ad653cd1d2728d8586c4ff6d14ddde1c1e1317734740639ee6238a448",
            ])
        #expect(BuiltInContests.withDemonstration.allSatisfy { $0.schema == .first })
    }

    @Test("A file of every kind and key keeps its digest, which release 1.0.0 computed")
    func everyKeyDigest() throws {
        let contest = try Self.contest(Self.everyKey)
        #expect(contest.schema == .first)
        #expect(contest.digest == "sha256:e4a1ad111ad54e5f9e2b26a0977cf9963139f2282f9060cc7feedf0c008c0c65")
        #expect(
            try Self.contest(SampleContest.text).digest
                == "sha256:2ea29092d07e63a2df98b987d547f4604fcf30a20fc7a81c10d7e1ed9ea3e57b")
    }

    @Test("The file of every key has a rule of every kind of the schema")
    func everyKind() throws {
        let kinds = Set(try Self.contest(Self.everyKey).rules.map(\.kindName))
        #expect(kinds == Set(RuleFile.kindNames(in: .first)))
        #expect(kinds.count == 25)
    }
}
