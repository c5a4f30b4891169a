import ContestRules
import MediaFacts
import Testing

@testable import EntryManifest

@Suite("CSVReader")
struct CSVReaderTests {
    private static func rows(_ text: String, _ separator: String = ",") throws -> [[String]] {
        let separator = try #require(separator.utf8.first)
        return try CSVReader.table(
            Array(text.utf8), separator: separator, name: "a.csv", meter: ManifestSamples.meter()
        )
        .rows.map(\.cells)
    }

    @Test(
        "`CSVReader` reads RFC 4180 and the deviations that spreadsheet programs write",
        arguments: [
            ("", []), ("a", [["a"]]), ("a,b\n", [["a", "b"]]), ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
            ("a\rb\r", [["a"], ["b"]]), ("a,b,", [["a", "b", ""]]), (",a", [["", "a"]]), ("\"a\"", [["a"]]),
            ("\"a,b\",c", [["a,b", "c"]]), ("\"a\"\"b\"", [["a\"b"]]), ("\"\"\"\"", [["\""]]),
            ("\"a\r\nb\",c\nd", [["a\r\nb", "c"], ["d"]]), ("\"\",a", [["", "a"]]), ("a\"b,c", [["a\"b", "c"]]),
            ("\"a\"b,c", [["ab", "c"]]), ("\"a\"b\"c\",d", [["ab\"c\"", "d"]]), (" \"a\"", [[" \"a\""]]),
            ("a,b\n1\n1,2,3", [["a", "b"], ["1"], ["1", "2", "3"]]), ("一，二,三", [["一，二", "三"]]),
            // Separators and quotation marks with a combining mark: one `Character`, several bytes.
            ("a,\u{301}b", [["a", "\u{301}b"]]), ("\"\u{301}a\",b", [["\u{301}a", "b"]]),
            ("\"a\"\u{FE0F},b", [["a\u{FE0F}", "b"]]), ("a\n\u{301}b", [["a"], ["\u{301}b"]]),
        ] as [(String, [[String]])])
    func table(text: String, rows: [[String]]) throws {
        let read = try Self.rows(text)
        #expect(read == rows)
        #expect(read.joined().map { Array($0.utf8) } == rows.joined().map { Array($0.utf8) })
    }

    @Test("`CSVReader` separates fields by the given separator only", arguments: [";", "\t"])
    func separators(separator: String) throws {
        #expect(try Self.rows("a,b\(separator)\"c\(separator)d\"", separator) == [["a,b", "c\(separator)d"]])
    }

    @Test("`CSVReader` counts empty rows in row numbers, but no line breaks within a cell")
    func numbers() throws {
        let text = "a\n\n\"b\nb\"\r\n,,\r\n \nc"
        let table = try CSVReader.table(
            Array(text.utf8), separator: 0x2C, name: "a.csv", meter: ManifestSamples.meter())
        #expect(table.rows.map(\.number) == [1, 3, 6])
    }

    @Test(
        "`CSVReader` names the row of a quotation mark that is never closed",
        arguments: [("\"a", 1), ("a\nb,\"c\nd\ne", 2)])
    func open(text: String, row: Int) throws {
        let error = #expect(throws: ManifestError.self) { try Self.rows(text) }
        #expect(error?.code == .quoteOpen)
        #expect(error?.message.zh.contains("第 \(row) 行") == true)
        #expect(error?.message.en.contains("row \(row) ") == true)
    }

    @Test("`CSVReader` reads 100,000 rows and 200 columns, refuses one more, and ignores empty columns")
    func limits() throws {
        let columns = String(repeating: "a,", count: ManifestLimits.columns - 1) + "a"
        #expect(try Self.rows(columns + String(repeating: ",", count: 20_000)).first?.count == ManifestLimits.columns)
        #expect(throws: ManifestError.self) { try Self.rows(columns + ",a") }
        let rows = String(repeating: "a\n\n", count: ManifestLimits.rows)
        #expect(try Self.rows(rows).count == ManifestLimits.rows)
        #expect(throws: ManifestError.self) { try Self.rows(rows + "a") }
    }

    @Test(
        "`CSVReader` reads as many fields as the budget has events and refuses one more, also while it looks for the separator",
        arguments: [(6, nil), (5, ManifestError.Code.tooLarge)])
    func events(events: Int, code: ManifestError.Code?) throws {
        let text = Array("a,b\n1,2\n3,4\n".utf8)
        let meter = { ManifestSamples.meter(events: events) }
        let whole = ManifestSamples.error { () throws(ManifestError) in
            _ = try CSVReader.table(text, separator: 0x2C, name: "a.csv", meter: meter())
        }
        let start = ManifestSamples.error { () throws(ManifestError) in
            _ = try CSVReader.start(text, separator: 0x2C, name: "a.csv", meter: meter())
        }
        #expect(whole?.code == code && start?.code == code)
        #expect(whole?.message.en.contains("more than 5 tags and texts") == (code == nil ? nil : true))
        #expect(whole?.message.zh.contains("合计超过 5 个") == (code == nil ? nil : true))
    }

    @Test("`CSVReader` ignores an open quotation mark while it looks for the separator")
    func openInStart() throws {
        let start = try CSVReader.start(
            Array("a\n\"b".utf8), separator: 0x2C, name: "a.csv", meter: ManifestSamples.meter())
        #expect(start.rows.map(\.cells) == [["a"]])
    }
}
