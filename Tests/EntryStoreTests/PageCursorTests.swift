import EntryIntake
import Testing

@testable import EntryStore

@Suite("`PageCursor`")
struct PageCursorTests {
    @Test("`PageCursor` reads its own text", arguments: [1, 9, 10, 450, 1_000_000_007, Int64.max])
    func roundTrip(number: Int64) throws {
        let text = PageCursor(number: number).text
        #expect(try PageCursor(text).number == number)
        #expect(!text.contains("/") && !text.contains("+"), "it stands in addresses")
    }

    @Test(
        "`PageCursor` throws `cursorInvalid` for a text that no list returned",
        arguments: [
            "", " ", "1", "abc", "====", "MA==", "LTE=", "MS41", "MSA=", "OTIyMzM3MjAzNjg1NDc3NTgwOA==", "/w==", "5LiA",
            "MTsgRFJPUCBUQUJMRQ==", "\0", "作品", String(repeating: "MQ", count: 100_000),
        ])
    func refused(text: String) async throws {
        let error = #expect(throws: IntakeError.self) { try PageCursor(text) }
        #expect(error?.code == .cursorInvalid)
        let test = try StoreInMemory()
        await expect(.cursorInvalid) { try await test.store.entries(EntryQuery(cursor: text)) }
    }
}
