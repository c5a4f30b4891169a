import Testing

@testable import ContestRules

@Suite("A time of a notice")
struct ContestTimeTests {
    @Test(
        "is read with its offset",
        arguments: [
            ("1970-01-01T00:00Z", 0), ("1970-01-01T08:00+08:00", 0), ("1969-12-31T19:00-05:00", 0),
            ("2024-04-23T24:00+08:00", 1_713_888_000), ("2024-04-24T00:00+08:00", 1_713_888_000),
            ("2024-04-23T16:00Z", 1_713_888_000), ("2024-02-29T00:00Z", 1_709_164_800),
            ("2019-08-11T17:00+08:00", 1_565_514_000), ("2023-12-31T24:00Z", 1_704_067_200),
            ("2024-01-01T00:00-00:30", 1_704_069_000), ("1970-01-01T00:00+14:00", -50_400),
        ] as [(String, Int64)])
    func moments(text: String, seconds: Int64) throws {
        let time = try #require(ContestTime(text))
        #expect(time.secondsSinceEpoch == seconds)
        #expect(time.text == text)
    }

    @Test(
        "is not read from anything else",
        arguments: [
            "", "2024-04-23", "2024-04-23T24:00", "2024-04-23T24:01+08:00", "2024-04-23T25:00+08:00",
            "2024-04-23T12:60+08:00", "2024-02-30T00:00+08:00", "2023-02-29T00:00Z", "2024-13-01T00:00Z",
            "2024-00-01T00:00Z", "2024-01-00T00:00Z", "2024-04-31T00:00Z", "2024-4-23T00:00Z", "24-04-23T00:00Z",
            "2024-04-23 00:00Z", "2024-04-23T00:00:60Z", "2024-04-23T00:00+8:00", "2024-04-23T00:00+0800",
            "2024-04-23T00:00+15:00", "2024-04-23T00:00+08:60", "2024-04-23T00:00z", " 2024-04-23T00:00Z",
            "2024-04-23T00:00Z ", "２０２４-04-23T00:00Z", "2024-04-23T00:00+０８:００", "2024-04-23T00:00+08:０0",
        ])
    func notRead(text: String) {
        #expect(ContestTime(text) == nil)
    }

    @Test(
        "is written in RFC 3339, 24:00 as the next day's 00:00",
        arguments: [
            ("2024-04-23T24:00+08:00", "2024-04-24T00:00:00+08:00"),
            ("2024-02-27T00:00+08:00", "2024-02-27T00:00:00+08:00"),
            ("2019-08-11T17:00+08:00", "2019-08-11T17:00:00+08:00"), ("2023-12-31T24:00Z", "2024-01-01T00:00:00+00:00"),
            ("2024-02-28T24:00-03:30", "2024-02-29T00:00:00-03:30"),
            ("2024-01-01T00:00-00:30", "2024-01-01T00:00:00-00:30"),
        ])
    func wire(text: String, expected: String) throws {
        #expect(try #require(ContestTime(text)).rfc3339 == expected)
    }

    @Test("comes before a later one, however they are written")
    func order() throws {
        let endOfDay = try #require(ContestTime("2024-04-23T24:00+08:00"))
        let nextMidnight = try #require(ContestTime("2024-04-23T16:00Z"))
        let minuteLater = try #require(ContestTime("2024-04-24T00:01+08:00"))
        #expect(endOfDay < minuteLater)
        #expect(!(endOfDay < nextMidnight) && !(nextMidnight < endOfDay))
        #expect([minuteLater, endOfDay].min()?.text == "2024-04-23T24:00+08:00")
    }
}
