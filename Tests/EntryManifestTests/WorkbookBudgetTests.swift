import ContestRules
import MediaFacts
import Testing

@testable import EntryManifest

@Suite("The budget of a workbook", .timeLimit(.minutes(5)))
struct WorkbookBudgetTests {
    /// A workbook whose sheet is one element name of about `bytes` bytes.
    private static func longToken(_ bytes: Int) -> [UInt8] {
        let runs = bytes / 258
        let (before, after) = (Array("<worksheet><a".utf8), Array("/></worksheet>".utf8))
        let packed = Package.deflated(before, runs: runs, after)
        return Package.workbook(packedSheet: packed, size: before.count + runs * 258 + after.count)
    }

    /// A clock that advances by one second at each look.
    private final class StepClock: ReadingClock {
        private var looks = 0
        var now: Duration {
            looks += 1
            return .seconds(looks)
        }
    }

    @Test("`WorkbookReader` refuses a workbook of 59 KB whose sheet is one element name of 60 MB")
    func longElementName() throws {
        let bytes = Self.longToken(60_000_000)
        #expect((57_000...61_000).contains(bytes.count))
        let error = try #require(try ManifestSamples.failure(bytes))
        #expect(error.code == .tooLarge)
        #expect(error.message.zh.contains("“xl/worksheets/sheet1.xml”中有一个标记超过 1 MiB"))
        #expect(error.message.zh.contains("重新保存"))
        #expect(error.message.en.contains("One tag or comment in \"xl/worksheets/sheet1.xml\""))
        #expect(error.message.en.contains("longer than 1 MiB") && error.message.en.contains("save it again"))
    }

    /// Without the limit and the doubled portions, Expat 2.5 takes 160 times the CPU time: 24 s for 60 MB.
    @Test("`WorkbookReader` takes at most 10 times the CPU time for an element name of 60 MB that it takes for 4 MB")
    func longElementNameCost() throws {
        func cost(_ bytes: Int) throws -> Duration {
            let workbook = Self.longToken(bytes)
            return try (0..<3).map { _ in
                try ManifestSamples.processorTime { () throws in
                    #expect(try ManifestSamples.failure(workbook)?.code == .tooLarge)
                }
            }.min() ?? .zero
        }
        let (short, long) = (try cost(4_000_000), try cost(60_000_000))
        print("an element name: \(short) for 4 MB, \(long) for 60 MB")
        #expect(long < short * 10)
    }

    @Test("`WorkbookReader` refuses a tag with 100,000 attributes, which is longer than 1 MiB")
    func manyAttributes() throws {
        let attributes = (0..<100_000).map { "a\($0)=\"123\"" }.joined(separator: " ")
        #expect(attributes.utf8.count > ManifestLimits.tokenBytes)
        let error = try ManifestSamples.failure(Package.workbook(sheet: "<worksheet><a \(attributes)/></worksheet>"))
        #expect(error?.message.en.contains("longer than 1 MiB") == true)
    }

    private static let sheet = Package.sheet(
        "<row><c t=\"str\"><v>文件名</v></c></row><row><c t=\"str\"><v>a</v></c></row>")

    @Test("`WorkbookReader` unpacks as many bytes in all parts together as the budget has and refuses one more")
    func bytes() throws {
        let (workbook, size) = (Package.workbook(sheet: Self.sheet), Package.workbookBytes(sheet: Self.sheet))
        for (limit, code) in [(size, nil), (size - 1, ManifestError.Code.tooLarge)] {
            let error = ManifestSamples.error { () throws(ManifestError) in
                _ = try WorkbookReader(workbook, name: "a.xlsx", meter: ManifestSamples.meter(bytes: limit)).table()
            }
            #expect(error?.code == code)
        }
    }

    @Test("`WorkbookReader` reads as many events in all parts together as the budget has and refuses one more")
    func events() throws {
        let workbook = Package.workbook(sheet: Self.sheet)
        // Relationships 4 and 8, workbook 6, shared texts 2, styles 2, and the sheet with two rows of one cell.
        let count = 4 + 8 + 6 + 2 + 2 + (4 + 2 * 7)
        #expect(try ManifestSamples.failure(workbook, meter: ManifestSamples.meter(events: count)) == nil)
        let error = try ManifestSamples.failure(workbook, meter: ManifestSamples.meter(events: count - 1))
        #expect(error?.code == .tooLarge)
        #expect(error?.message.zh.contains("合计超过 \(count - 1) 个") == true)
        #expect(error?.message.en.contains("more than \(count - 1) tags and texts") == true)
    }

    /// Each of the six parts is one portion, and the reader looks at the clock at each portion.
    @Test("`WorkbookReader` reads until the CPU time of the budget is used up and refuses the table after that")
    func time() throws {
        let workbook = Package.workbook(sheet: Self.sheet)
        let meter = { ManifestSamples.meter(time: .seconds($0), clock: StepClock()) }
        #expect(try ManifestSamples.failure(workbook, meter: meter(6)) == nil)
        let error = try ManifestSamples.failure(workbook, meter: meter(5))
        #expect(error?.code == .tooLarge)
        #expect(error?.message.zh.contains("处理器时间超过 5 秒") == true)
        #expect(error?.message.en.contains("more than 5 s of processor time") == true)
    }

    @Test("`ManifestLimits` gives a table 64 MiB, 16,000,000 events and 30 s of CPU time")
    func limits() {
        let budget = ReadingBudget(bytes: 67_108_864, events: 16_000_000, time: .seconds(30))
        #expect(ManifestLimits.budget == budget)
        #expect(ManifestLimits.tokenBytes == 1_048_576)
    }
}
