import Testing

@testable import ContestRules

@Suite("CalendarDate")
struct CalendarDateTests {
    @Test(
        "`CalendarDate` reads the spellings of people, in signs of any width",
        arguments: [
            ("2024-02-27", "2024-02-27"), ("2024-2-7", "2024-02-07"), ("2024年2月27日", "2024-02-27"),
            ("2024年02月27号", "2024-02-27"), ("2024年2月27", "2024-02-27"), ("2024/2/27", "2024-02-27"),
            ("2024.2.27", "2024-02-27"), ("２０２４年２月２７日", "2024-02-27"), (" 2024 年 2 月 27 日 ", "2024-02-27"),
            ("２０２４／２／２７", "2024-02-27"), ("2024－02－27", "2024-02-27"), ("2024-02-29", "2024-02-29"),
            ("2000-02-29", "2000-02-29"), ("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31"),
        ])
    func spellings(text: String, expected: String) {
        #expect(CalendarDate(text)?.text == expected)
    }

    @Test(
        "`CalendarDate` refuses a day that the calendar lacks, and knows that it is written as a date",
        arguments: [
            "2024-02-30", "2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024年2月0日",
            "0000-01-01",
        ])
    func impossible(text: String) {
        #expect(CalendarDate(text) == nil && CalendarDate.isWritten(text))
    }

    @Test(
        "`CalendarDate` refuses every other text",
        arguments: [
            "", "2024", "2024-02", "24-2-27", "20240227", "2024-02-27日", "2024/2-27", "2024.2/27", "2024-02-27T00:00",
            "2024-02-27 10:00", "27.2.2024", "2024 02 27", "2024-0 2-27", "二〇二四年二月二十七日", "2024年2月", "2024-002-27",
            "2024-02-27至2024-03-01", "-2024-02-27", String(repeating: "2024-02-27", count: 100),
        ])
    func refused(text: String) {
        #expect(CalendarDate(text) == nil && !CalendarDate.isWritten(text))
    }

    @Test("`CalendarDate` orders days by year, month and day")
    func order() {
        let days = ["2023-12-31", "2024-01-01", "2024-01-02", "2024-02-01"].compactMap { CalendarDate($0) }
        #expect(days.count == 4 && days == days.sorted() && days.sorted() == days.reversed().sorted())
    }
}
