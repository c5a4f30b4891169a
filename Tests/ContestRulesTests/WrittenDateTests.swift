import Testing

@testable import ContestRules

/// Days as notices write them.
@Suite("Days in a notice's words")
struct WrittenDateTests {
    @Test(
        "`WrittenDate.all` finds each day with the year before it",
        arguments: [
            ("2023 年 7 月 15 日- 8 月 30 日", ["2023-07-15", "2023-08-30"]),
            ("2024年2月27日至2024年4月23日17:00", ["2024-02-27", "2024-04-23"]),
            ("２０２４年２月２７日", ["2024-02-27"]), ("2024-02-27", ["2024-02-27"]), ("2024/2/7", ["2024-02-07"]),
            ("8月30日", []), ("截止日期另行通知", []), ("", []),
        ])
    func all(text: String, days: [String]) { #expect(WrittenDate.all(in: text).map(\.text) == days) }

    @Test(
        "`WrittenDate.exactly` reads a day alone",
        arguments: [
            ("2024年2月27日", "2024-02-27"), (" 2024.2.27 ", "2024-02-27"), ("2024-02-27T17:00+08:00", nil), ("昨天", nil),
        ]
            as [(String, String?)])
    func exactly(text: String, day: String?) { #expect(WrittenDate.exactly(text)?.text == day) }
}
