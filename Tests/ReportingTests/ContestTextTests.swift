import ContestRules
import MediaFacts
import Testing

@testable import Reporting

/// What `contests show` prints for people.
@Suite("The rules of a contest for people")
struct ContestTextTests {
    private static let own = """
        schema: clipcheck.contest/2
        id: our-own
        revision: 3
        name: {zh: 我们的征集, en: Our contest}
        source: {document: 校发〔2026〕1号, issued: 2026-11-21}
        window: {opens: 2026-11-21T00:00+08:00, closes: 2026-12-21T23:59:59+08:00}
        categories: [短视频, 微电影]
        rules:
          - {id: length, kind: duration, level: required, clause: 时长1-3分钟, decision: 含两端, min: 1m, max: 3m}
          - {id: watermark, kind: person, level: required, clause: "无水印\\e[31m", blocking: true}
          - id: form
            kind: form
            level: required
            clause: 作品名称、电话
            fields:
              - {name: title, label: {zh: 作品名称, en: Title}, kind: text, required: true, max: 20}
              - {name: phone, label: {zh: 电话, en: Telephone}, kind: phone, required: false}
        quotas:
          - {id: per-region, by: region, max: 5, clause: 每地不超过5件}
        """

    @Test("`ContestText` has heading, rules, persons' items, form and quotas in Chinese")
    func chinese() throws {
        let contest = try ContestFile.load(Self.own, file: "own.yaml")
        let expected = """
            我们的征集（our-own, 第 3 版）
            通知：校发〔2026〕1号, 2026-11-21
            征集时间：2026-11-21 00:00 至 2026-12-21 23:59:59（北京时间）
            类别：短视频、微电影

            通用要求（本工具所定）：可读取、有画面、文件完整、可解码、实际时长、画面端正、有声
              音（鼓励）、黑屏（鼓励）、画面静止（鼓励）、无声（鼓励）

            必须
              时长（length）：1 分至 3 分
                原文：时长1-3分钟
                理解：含两端

            报送
              表单（form）
                原文：作品名称、电话

            由人判断
              无水印\u{fffd}[31m（watermark）
                人工确认之前不能判为合格

            表单各项
              作品名称（title）：文字，必填，最多 20 字
              电话（phone）：电话，选填，个人信息

            报送数量
              每个地区（per-region）：最多 5 件
                原文：每地不超过5件

            """
        #expect(ContestText(contest, .chinese).text == expected)
    }

    @Test("`ContestText` names the same in English")
    func english() throws {
        let text = ContestText(try ContestFile.load(Self.own, file: "own.yaml"), .english).text
        #expect(text.hasPrefix("Our contest (our-own, revision 3)\nNotice: 校发〔2026〕1号, 2026-11-21\n"))
        #expect(text.contains("Required\n  Duration (length): 1 min to 3 min\n    Clause: 时长1-3分钟\n    Read as: 含两端\n"))
        #expect(text.contains("  Telephone (phone): telephone, optional, personal\n"))
    }

    @Test(
        "No line of a built-in contest is wider than 80 columns",
        arguments: BuiltInContests.withDemonstration.map(\.id), Language.allCases)
    func width(id: String, language: Language) throws {
        let contest = try #require(BuiltInContests.contest(id))
        let text = ContestText(contest, language).text
        #expect(text.hasSuffix("\n"))
        for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= 80, "\(line)") }
        for rule in contest.rules where !rule.isGeneral { #expect(text.contains(rule.id)) }
    }
}
