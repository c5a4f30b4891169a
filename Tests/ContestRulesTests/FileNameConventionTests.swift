import Foundation
import TestSupport
import Testing

@testable import ContestRules

@Suite("The convention of file names")
struct FileNameConventionTests {
    private static let whole = FileNameConvention(
        entrant: "张三", organisation: "诚信公司", title: "守信的故事", phone: "13800138000")

    @Test(
        "`FileNameConvention` reads signs and digits of any width",
        arguments: [
            "张三（诚信公司）+守信的故事+13800138000.mp4", "张三(诚信公司)+守信的故事+13800138000.mp4",
            "张三（诚信公司）＋守信的故事＋13800138000.mp4", "张三（诚信公司)+守信的故事＋１３８００１３８０００.MOV",
            "张三（诚信公司）+守信的故事+13800138000", " 张三 （ 诚信公司 ） + 守信的故事 + 13800138000 .mpeg",
            "张三﹙诚信公司﹚﹢守信的故事﹢13800138000.avi", "张三（诚信公司）+守信的故事+13800138000．mp4",
        ])
    func widths(name: String) {
        #expect(FileNameConvention.parse(name) == Self.whole)
        #expect(FileNameConvention.parse(name.decomposedStringWithCanonicalMapping) == Self.whole)
    }

    @Test(
        "`FileNameConvention` reads the parts of a name",
        arguments: [
            ("张三+守信+13800138000.mp4", "张三", nil, "守信", "13800138000"),
            ("诚信公司+守信+13800138000.mp4", "诚信公司", nil, "守信", "13800138000"),
            ("（诚信公司）+守信+13800138000.mp4", "诚信公司", nil, "守信", "13800138000"),
            ("张三（）+守信+13800138000.mp4", "张三", nil, "守信", "13800138000"),
            ("张三（A+B公司）+守信+13800138000.mp4", "张三", "A+B公司", "守信", "13800138000"),
            ("张三（公司（北京））+守信+13800138000.mp4", "张三", "公司（北京）", "守信", "13800138000"),
            ("张三（甲）（乙）+守信+13800138000.mp4", "张三（甲）", "乙", "守信", "13800138000"),
            ("张三+信用+未来+13800138000.mp4", "张三", nil, "信用+未来", "13800138000"),
            ("张三+守信（上）+13800138000.mp4", "张三", nil, "守信（上）", "13800138000"),
            ("张三+守信+0536-8234567.mp4", "张三", nil, "守信", "0536-8234567"),
            ("张三+守信++8613800138000.mp4", "张三", nil, "守信", "+8613800138000"),
            ("张三+守信+ +86 13800138000.mp4", "张三", nil, "守信", "+86 13800138000"),
            ("张三+守信+138.0013.8000", "张三", nil, "守信", "138.0013.8000"),
            ("张三+守信1.0+13800138000.m2ts", "张三", nil, "守信1.0", "13800138000"),
            ("Ångström+守信+13800138000.mp4", "Ångström", nil, "守信", "13800138000"),
        ] as [(String, String, String?, String, String)])
    func parts(name: String, entrant: String, organisation: String?, title: String, phone: String) {
        let expected = FileNameConvention(entrant: entrant, organisation: organisation, title: title, phone: phone)
        #expect(FileNameConvention.parse(name) == expected)
        #expect(FileNameConvention.parse(name.decomposedStringWithCanonicalMapping) == expected)
    }

    @Test("`FileNameConvention` returns a decomposed name composed")
    func composed() throws {
        let parsed = try #require(FileNameConvention.parse("A\u{30A}+か\u{3099}+13800138000.mp4"))
        #expect(Array(parsed.entrant.unicodeScalars) == ["Å"])
        #expect(Array(parsed.title.unicodeScalars) == ["が"])
    }

    @Test(
        "`FileNameConvention` reads no other name",
        arguments: [
            "", ".mp4", "作品.mp4", "张三-守信-13800138000.mp4", "张三+守信.mp4", "张三+13800138000.mp4", "+守信+13800138000.mp4",
            "张三++13800138000.mp4", "张三+守信+.mp4", "张三+守信+电话.mp4", "张三+守信+1380013800.mp4", "（）+守信+13800138000.mp4",
            "张三（公司+守信+13800138000.mp4", "13800138000+守信+张三.mp4", "张三+守信+138****8000.mp4", "张三 + + 13800138000.mp4",
            "+++", "张三+守信+13800138000 (1).mp4", "张三+" + String(repeating: "长", count: 400) + "+13800138000.mp4",
        ])
    func misfits(name: String) {
        #expect(FileNameConvention.parse(name) == nil)
    }

    private static let entrants = ["张三", "Li Lei", "欧阳·小明", "诚信公司", "Å", "阿凡提2"]
    private static let organisations = [nil, "某某公司", "A+B (Group)", "公司（北京）分部", "信用办"]
    private static let titles = ["守信", "信用+未来", "诚信（上）", "1.0", "2024-04-23", "a(b", "守信…", "C++ 之歌"]
    private static let phones = ["13800138000", "0536-8234567", "+86 138 0013 8000", "(010) 82345678", "400-800-1234"]
    private static let endings = ["", ".mp4", ".MOV", ".m2ts", ".3gp", ".mpeg"]

    @Test("`FileNameConvention` reads back the name that it writes", arguments: entrants, organisations)
    func roundTrip(entrant: String, organisation: String?) {
        for title in Self.titles {
            for phone in Self.phones {
                let parts = FileNameConvention(
                    entrant: entrant, organisation: organisation, title: title, phone: phone)
                let brackets = organisation.map { "(\($0))" } ?? ""
                let otherWidth = "\(entrant)\(brackets)＋\(title)＋\(phone)"
                for ending in Self.endings {
                    let name = parts.text + ending
                    #expect(FileNameConvention.parse(name) == parts, "\(name)")
                    #expect(FileNameConvention.parse(otherWidth + ending) == parts, "\(name)")
                    #expect(FileNameConvention.parse(name.decomposedStringWithCanonicalMapping) == parts, "\(name)")
                }
            }
        }
    }

    @Test(
        "`FileNameConvention` reads any text without trapping, and every part that it reads has text", arguments: 1...20
    )
    func anyText(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "+", "＋", "（", ")", "(", "）", "张", "三", " ", ".", "13800138000", "\u{301}", "\u{200D}", "mp4", "😀", "0",
        ]
        for _ in 0..<300 {
            let name = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            guard let parsed = FileNameConvention.parse(name) else { continue }
            #expect(!parsed.entrant.isEmpty && !parsed.title.isEmpty && PhoneNumber.isPlausible(parsed.phone))
        }
    }
}
