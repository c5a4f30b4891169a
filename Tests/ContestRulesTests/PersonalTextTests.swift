import TestSupport
import Testing

@testable import ContestRules

@Suite("Personal text")
struct PersonalTextTests {
    @Test(
        "is shown with most of it starred",
        arguments: [
            ("13800138000", .phone, "138****8000"), ("138-0013-8000", .phone, "138****8000"),
            ("１３８００１３８０００", .phone, "138****8000"), ("+86 138 0013 8000", .phone, "138****8000"),
            ("8613800138000", .phone, "138****8000"), ("0086-13800138000", .phone, "138****8000"),
            ("010-82345678", .phone, "010****5678"), ("0536-8234567", .phone, "053****4567"),
            ("8234567", .phone, "****"), ("010-8234567", .phone, "****"), ("110", .phone, "****"),
            ("无", .phone, "****"),
            ("13800138000（张三）", .phone, "138****8000"), ("13800138000/13900139001", .phone, "138****9001"),
            ("zhang@example.com", .email, "z***@example.com"), ("z@example.com", .email, "****@example.com"),
            ("13800138000@qq.com", .email, "1***@qq.com"), ("张三@例子.中国", .email, "张***@例子.中国"),
            ("a@13800138000", .email, "a**"), ("a@13800138000.com", .email, "****@138****8000.com"),
            ("a@b@example.com", .email, "a***@example.com"), ("13800138000", .email, "1**"),
            ("张三", .text, "张**"), ("欧阳小明", .text, "欧**"), ("张", .text, "***"), ("  张三 ", .text, "张**"),
            ("潍坊市奎文区1号", .text, "潍**"), ("13800138000", .text, "1**"), ("剧情类", .choice, "剧**"),
            ("2分30秒", .duration, "2**"), ("👨‍👩‍👧‍👦家", .text, "👨‍👩‍👧‍👦**"),
        ] as [(String, FormField.Kind, String)])
    func masked(value: String, kind: FormField.Kind, expected: String) {
        #expect(PersonalText.masked(value, as: kind) == expected)
    }

    @Test("stays empty when it is", arguments: FormField.Kind.allCases)
    func empty(kind: FormField.Kind) {
        #expect(PersonalText.masked("", as: kind) == "")
        #expect(PersonalText.masked(" \u{3000}\n", as: kind) == "")
    }

    @Test(
        "loses the telephone numbers in it",
        arguments: [
            ("13800138000", "138****8000"), ("张三（公司）+守信+13800138000.mp4", "张三（公司）+守信+138****8000.mp4"),
            ("张三+守信+138-0013-8000.mp4", "张三+守信+138****8000.mp4"), ("张三 138 0013 8000", "张三 138****8000"),
            ("守信１３８００１３８０００.mp4", "守信138****8000.mp4"), ("138.0013.8000", "138****8000"),
            ("1 3 8 0 0 1 3 8 0 0 0", "138****8000"), ("138_0013_8000", "138****8000"),
            ("(138)0013-8000", "138****8000"), ("(13800138000)", "(138****8000)"), ("（0536-8234567）", "（053****4567）"),
            ("138·0013·8000", "138****8000"), ("138 - 0013 - 8000", "138****8000"),
            ("138\u{200B}00138000", "138****8000"),
            ("138\u{FE0F}0013\u{2014}8000", "138****8000"), ("+8613800138000", "138****8000"),
            ("守信++86 138 0013 8000", "守信+138****8000"), ("8613800138000", "138****8000"),
            ("2024-13800138000.mp4", "2024-138****8000.mp4"), ("20240423_13800138000", "20240423_138****8000"),
            ("13800138000-20240423", "138****8000-20240423"), ("13800138000 1080p", "138****8000 1080p"),
            ("13800138000 13900139001", "138****8000 139****9001"),
            ("13800138000,13900139001", "138****8000,139****9001"),
            ("010-82345678", "010****5678"), ("(010)82345678", "010****5678"), ("0536-8234567", "053****4567"),
            ("（0536）8234567", "053****4567"), ("0536 8234 567", "053****4567"), ("05368234567", "053****4567"),
            ("0536_8234567", "053****4567"), ("电话010-8234567。", "电话****。"), ("+86 536 8234567", "865****4567"),
            ("400-800-1234", "****"), ("+852 9123 4567", "852****4567"), ("+1 415 555 0123", "+141****0123"),
            ("+44 20 7946 0018", "442****0018"),
            ("113800138000", "113****8000"), ("370702199001011234", "370****1234"),
            ("15 13800138000", "15 138****8000"),
            ("13800138000\u{301}.mp4", "138****8000\u{301}.mp4"), ("①③⑧00138000", "138****8000"),
        ])
    func numbers(text: String, expected: String) {
        #expect(PersonalText.maskingPhones(in: text) == expected)
    }

    @Test(
        "keeps dates, times, years, sizes and short numbers",
        arguments: [
            "", "守信的故事.mp4", "2024", "2024年", "2024-04-23", "20240423", "2024.04.23", "2024_04_23",
            "2024-04-23 15:30:00",
            "VID_20240423_153000.mp4", "20240423153000", "202404231530", "20240423153000123", "2019-2020-2021",
            "1920×1080", "1920x1080", "1920*1080", "3840×2160 60fps", "守信 1920×1080 25fps 2024", "1080p",
            "IMG_0123.MOV",
            "IMG_0123_20240423.mp4", "IMG_0423_20240423.mp4", "DSC01234", "第15期", "2分30秒", "2:30", "00:02:30.500",
            "100%", "3.14159265",
            "110", "12345", "12345678", "1234567890", "作品1+作品2+作品3", "1949-10-01-001", "1998-12-31 23:59:59",
            "张三+2024+20240423", "H.264 8000kbps", "mp4 1-2-3-4-5", "sha256 3f2a", "138****8000", "010****5678", "****",
            "市信用办发〔2024〕3号",
        ])
    func others(text: String) {
        #expect(PersonalText.maskingPhones(in: text) == text)
    }

    @Test(
        "loses as many numbers as there are, in a time that grows as the text does", .timeLimit(.minutes(10)),
        arguments: [
            ("13800138000 ", "138****8000 "), ("138-0013-8000、", "138****8000、"), ("0536-8234567a", "053****4567a"),
            ("2024.", "2024."), ("（010）8234567", "****"), ("138\u{301}00138000\u{301},", "138****8000\u{301},"),
        ])
    func many(part: String, expected: String) {
        let count = 4_000
        let masked = PersonalText.maskingPhones(in: "\u{200B}" + String(repeating: part, count: count))
        #expect(masked == "\u{200B}" + String(repeating: expected, count: count))
    }

    private static let words = [
        "张三", "（公司）", "+守信+", "作品", "2024", "_", " ", "-", "1920×1080", "v2", ".mp4", "+", "电话：",
    ]
    private static let gaps = ["", "", "", "-", " ", "－", "\u{3000}", ".", "_", " - ", "\u{200B}", "–"]

    @Test("never shows the digits of a number again, masked once or twice", arguments: 1...40)
    func property(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let number = Self.number(&random)
            let written = Self.written(number, &random)
            let (before, after) = (Self.context(&random), Self.context(&random))
            let masked = PersonalText.maskingPhones(in: "\(before)：\(written)x\(after)")
            let shown = masked.unicodeScalars.compactMap(HalfWidth.digit).map(String.init).joined()
            #expect(!shown.contains(number), "\(before)：\(written)x\(after) -> \(masked)")
            #expect(PersonalText.maskingPhones(in: masked) == masked)
            for kind in FormField.Kind.allCases {
                let field = PersonalText.masked(written, as: kind).unicodeScalars.compactMap(HalfWidth.digit)
                #expect(field.count <= 7 && field.count <= number.count - 4)
            }
        }
    }

    /// A mobile or a landline, digits only.
    private static func number(_ random: inout SeededGenerator) -> String {
        func digits(_ count: Int) -> String {
            (0..<count).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
        }
        switch Int.random(in: 0...2, using: &random) {
        case 0: return "1\(Int.random(in: 3...9, using: &random))" + digits(9)
        case 1: return "0\(Int.random(in: 3...9, using: &random))\(digits(2))8" + digits(6)
        default: return "010" + "6" + digits(7)
        }
    }

    /// The number with its digits in groups, some of them full-width.
    private static func written(_ number: String, _ random: inout SeededGenerator) -> String {
        let isMobile = number.hasPrefix("1")
        let cuts: Set<Int> = isMobile ? [3, 7] : number.hasPrefix("010") ? [3, 7] : [4, 8]
        let gap = gaps.randomElement(using: &random) ?? ""
        let isWide = Bool.random(using: &random)
        return number.unicodeScalars.enumerated().map { index, digit in
            let wide = Unicode.Scalar(digit.value + 0xFEE0).map(String.init) ?? ""
            return (cuts.contains(index) ? gap : "") + (isWide ? wide : String(digit))
        }.joined()
    }

    private static func context(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined()
    }
}
