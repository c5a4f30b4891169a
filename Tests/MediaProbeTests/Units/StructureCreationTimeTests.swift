import Testing

@testable import MediaProbe

@Suite("CreationTime")
struct StructureCreationTimeTests {
    @Test(
        "`CreationTime.text` is UTC to the second for a valid time",
        arguments: [
            ("2023-05-01T10:20:30.000000Z", "2023-05-01T10:20:30Z"), ("2023-05-01 10:20:30", "2023-05-01T10:20:30Z"),
            ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"), ("2000-02-29T23:59:59Z", "2000-02-29T23:59:59Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"), ("1971-01-31T00:00:00Z", "1971-01-31T00:00:00Z"),
        ])
    func valid(tag: String, text: String) {
        #expect(CreationTime(tag)?.text == text)
    }

    @Test(
        "`CreationTime` is nil for a text that is not a time",
        arguments: [
            "", "2023-05-01", "2023-05-01T10:20:3", "2023-05-01x10:20:30", "2023-05-01T10x20:30", "2023-05-01T10:20x30",
            "2023x05-01T10:20:30", "2023-05x01T10:20:30", "+023-05-01T10:20:30", "2023-+5-01T10:20:30",
            "2023-05-+1T10:20:30", "2023-05-01T+9:20:30", "2023-05-01T10:-0:30", "2023-05-01T10:20:+5",
            "2023-05-01T10:20: 5", "２023-05-01T10:20:30", "2023-05-01T10:20:3é",
        ])
    func noTime(tag: String) {
        #expect(CreationTime(tag) == nil)
    }

    @Test(
        "`CreationTime` is nil for a day or time that does not exist, and for years up to 1970",
        arguments: [
            "2023-02-29T00:00:00", "1900-02-29T00:00:00", "2100-02-29T00:00:00", "2024-02-30T00:00:00",
            "2023-04-31T00:00:00", "2023-06-31T00:00:00", "2023-09-31T00:00:00", "2023-11-31T00:00:00",
            "2023-01-32T00:00:00", "2023-01-00T00:00:00", "2023-00-01T00:00:00", "2023-13-01T00:00:00",
            "2023-01-01T24:00:00", "2023-01-01T00:60:00", "2023-01-01T00:00:61", "1970-01-01T00:00:00",
            "1904-01-01T00:00:00",
        ])
    func impossible(tag: String) {
        #expect(CreationTime(tag) == nil)
    }
}
