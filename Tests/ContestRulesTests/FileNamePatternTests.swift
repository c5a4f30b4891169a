import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("FileNamePattern")
struct FileNamePatternTests {
    private static let form = FormRule(fields: [
        .of(.choice, "region", choices: ["北京", "上海"]), .of(.number, "age"), .of(.date, "day"),
        .of(.text, "short", most: 2), .of(.duration, "length"),
    ])

    private static func pattern(_ text: String) throws -> FileNamePattern {
        FileNamePattern(try FileNameTemplate(text), form: form, categories: ["剧情类"])
    }

    @Test(
        "`FileNamePattern` reads signs of any width and white space in and around them",
        arguments: [
            "北京--诚信--张三.mp4", "北京－－诚信－－张三.MOV", "北京——诚信——张三", " 北京 -- 诚信 - - 张三 .mp4", "北京─―诚信--张三.m2ts",
            "北京-\u{200B}-诚信--张三．mp4",
        ])
    func widths(name: String) throws {
        let pattern = try Self.pattern("{region}--{title}--{entrant}")
        let expected = ["region": "北京", "title": "诚信", "entrant": "张三"]
        #expect(pattern.values(of: name) == expected)
        #expect(pattern.values(of: name.decomposedStringWithCanonicalMapping) == expected)
    }

    @Test(
        "`FileNamePattern` prefers the division in which the fields accept every value",
        arguments: [
            ("{title}-{region}", "守信-上海-北京", ["title": "守信-上海", "region": "北京"]),
            ("{region}-{unit}-{entrant}", "北京-A-B-张三", ["region": "北京", "unit": "A", "entrant": "B-张三"]),
            ("{unit}-{age}-{entrant}", "A-B-7-张三", ["unit": "A-B", "age": "7", "entrant": "张三"]),
            ("{title}-{day}-{entrant}", "上-下-2024-02-27-张三", ["title": "上-下", "day": "2024-02-27", "entrant": "张三"]),
            ("{title}-{day}", "2024-02-27-2024-02-28", ["title": "2024-02-27", "day": "2024-02-28"]),
            ("{unit}-{short}", "一-二-三四", ["unit": "一-二", "short": "三四"]),
            ("{phone}-{entrant}", "0536-8234567-张三", ["phone": "0536-8234567", "entrant": "张三"]),
            ("{entrant}-{phone}", "张三-０５３６－８２３４５６７", ["entrant": "张三", "phone": "0536-8234567"]),
            ("{title}--{entrant}", "A---B", ["title": "A-", "entrant": "B"]),
            ("{entrant}+{title}+{unit}", "甲+乙+丙+丁+戊", ["entrant": "甲", "title": "乙+丙+丁", "unit": "戊"]),
            ("{category}-{title}", "剧情类-A", ["category": "剧情类", "title": "A"]),
            ("{length}_{title}", "2分30秒_A", ["length": "2分30秒", "title": "A"]),
        ])
    func preference(template: String, name: String, expected: [String: String]) throws {
        #expect(try Self.pattern(template).values(of: name + ".mp4") == expected)
    }

    @Test(
        "`FileNamePattern` reads text before the first part and behind the last one",
        arguments: [
            ("【{region}】《{title}》", "【北京】《诚信》.mp4", ["region": "北京", "title": "诚信"]),
            ("【{region}】《{title}》", " 【 北京 】《诚信》 .mp4", ["region": "北京", "title": "诚信"]),
            ("作品{number}号 {title}（终）", "作品12号 诚信(终).mp4", ["number": "12", "title": "诚信"]),
            ("{region} {title}", "北京 诚信 之歌.mp4", ["region": "北京", "title": "诚信 之歌"]),
            ("{region} {title}", "北京\u{3000}诚信.mp4", ["region": "北京", "title": "诚信"]),
            ("{title}", "随便什么.mp4", ["title": "随便什么"]),
        ])
    func literals(template: String, name: String, expected: [String: String]) throws {
        #expect(try Self.pattern(template).values(of: name) == expected)
    }

    @Test(
        "`FileNamePattern` reads no name without its separators or with an empty part",
        arguments: [
            "", ".mp4", "北京.mp4", "北京--诚信.mp4", "北京-诚信-张三.mp4", "--诚信--张三.mp4", "北京--诚信--.mp4", "北京----张三.mp4",
            "北京-- --张三.mp4", "北京--\u{200B}--张三.mp4", "------", String(repeating: "长", count: 340) + "--a--b.mp4",
            "北京--" + String(repeating: "-a", count: 34).replacing("-", with: "--") + "--张三.mp4",
        ])
    func misfits(name: String) throws {
        #expect(try Self.pattern("{region}--{title}--{entrant}").values(of: name) == nil)
    }

    @Test("`FileNamePattern` reads a name that no field accepts, so that the rule can name the wrong part")
    func refusedValue() throws {
        let values = try Self.pattern("{region}--{title}--{phone}").values(of: "火星--诚信--电话.mp4")
        #expect(values == ["region": "火星", "title": "诚信", "phone": "电话"])
    }

    @Test("`FileNamePattern.convention` gives the parts that `FileNameConvention` reads")
    func convention() {
        let pattern = FileNamePattern.convention
        #expect(
            pattern.values(of: "张三（诚信公司）+守信+13800138000.mp4")
                == ["entrant": "张三", "organisation": "诚信公司", "title": "守信", "phone": "13800138000"])
        #expect(
            pattern.values(of: "张三+守信+13800138000.mp4") == ["entrant": "张三", "title": "守信", "phone": "13800138000"])
        #expect(pattern.values(of: "张三-守信.mp4") == nil)
    }

    private static let templates = [
        "{region}--{title}--{entrant}", "【{region}】{title}_{phone}", "{number}、{unit}+{title}", "{entrant} {phone}",
        "{age}岁{title}（{category}）",
    ]
    private static let values: [String: [String]] = [
        "region": ["北京", "上海"], "title": ["诚信", "A 1.0", "守信（上）", "はし", "😀"], "entrant": ["张三", "Li Lei", "Å"],
        "phone": ["13800138000", "0536-8234567"], "number": ["1", "A12"], "unit": ["一中", "No. 2"],
        "age": ["7", "12.5"],
        "category": ["剧情类"],
    ]

    @Test(
        "`FileNamePattern` reads back the values that a name was built from", arguments: templates,
        [1, 2, 3, 4] as [UInt64])
    func roundTrip(text: String, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let (template, pattern) = (try FileNameTemplate(text), try Self.pattern(text))
        for _ in 0..<50 {
            // A part that ends with a space before a separator of white space could not be read back.
            let chosen = template.names.reduce(into: [String: String]()) { chosen, name in
                let choices = (Self.values[name] ?? []).filter { text != "{entrant} {phone}" || !$0.contains(" ") }
                chosen[name] = choices.randomElement(using: &random)
            }
            let name = zip(template.literals, template.names.compactMap { chosen[$0] } + [""]).map { $0 + $1 }.joined()
            for ending in ["", ".mp4", ".MOV"] where !(ending.isEmpty && name.contains(".")) {
                #expect(pattern.values(of: name + ending) == chosen, "\(name)")
                #expect(pattern.values(of: (name + ending).decomposedStringWithCanonicalMapping) == chosen, "\(name)")
            }
        }
    }

    @Test(
        "`FileNamePattern` reads any name without trapping, and every value that it reads has text", arguments: 1...20)
    func anyName(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "--", "-", "－", "北京", "张三", " ", ".", "13800138000", "\u{301}", "\u{200D}", ".mp4", "😀", "【", "】", "_",
            "\u{3000}", "(", "{", "}",
        ]
        let patterns = try Self.templates.map(Self.pattern)
        for _ in 0..<100 {
            let name = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            for pattern in patterns {
                guard let values = pattern.values(of: name) else { continue }
                #expect(
                    values.count == pattern.parts.count && values.values.allSatisfy { !HalfWidth.trimmed($0).isEmpty })
                let masked = pattern.masked(name) ?? ""
                #expect(pattern.masked(masked) == masked, "\(name) -> \(masked)")
            }
        }
    }

    @Test("`FileNamePattern` divides the worst names of 1,024 bytes within a second", .timeLimit(.minutes(1)))
    func worstNames() throws {
        let pattern = try Self.pattern("{a}-{b}-{c}-{d}-{e}-{f}-{g}-{h}-{i}-{j}-{k}-{short}")
        let names = [
            String(repeating: "-", count: 1024), String(repeating: "a-", count: 512),
            String(repeating: "- ", count: 512),
            (0..<32).map { _ in String(repeating: "长", count: 9) }.joined(separator: "-"),
            String(repeating: "a", count: 990) + String(repeating: "-a", count: 17),
        ]
        let time = ContinuousClock().measure { for name in names { _ = pattern.values(of: name) } }
        #expect(time < .seconds(5))
    }
}
