import MediaFacts
import Testing

@testable import EntryManifest

@Suite("CSVReader")
struct CSVReaderTests {
    private static func rows(_ text: String, _ separator: String = ",") throws -> [[String]] {
        let separator = try #require(separator.utf8.first)
        return try CSVReader.table(Array(text.utf8), separator: separator, name: "a.csv").rows.map(\.cells)
    }

    @Test(
        "reads what RFC 4180 says, and what spreadsheets make of the rest",
        arguments: [
            ("", []), ("a", [["a"]]), ("a,b\n", [["a", "b"]]), ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
            ("a\rb\r", [["a"], ["b"]]), ("a,b,", [["a", "b", ""]]), (",a", [["", "a"]]), ("\"a\"", [["a"]]),
            ("\"a,b\",c", [["a,b", "c"]]), ("\"a\"\"b\"", [["a\"b"]]), ("\"\"\"\"", [["\""]]),
            ("\"a\r\nb\",c\nd", [["a\r\nb", "c"], ["d"]]), ("\"\",a", [["", "a"]]), ("a\"b,c", [["a\"b", "c"]]),
            ("\"a\"b,c", [["ab", "c"]]), ("\"a\"b\"c\",d", [["ab\"c\"", "d"]]), (" \"a\"", [[" \"a\""]]),
            ("a,b\n1\n1,2,3", [["a", "b"], ["1"], ["1", "2", "3"]]), ("一，二,三", [["一，二", "三"]]),
            // One character each, but not one byte.
            ("a,\u{301}b", [["a", "\u{301}b"]]), ("\"\u{301}a\",b", [["\u{301}a", "b"]]),
            ("\"a\"\u{FE0F},b", [["a\u{FE0F}", "b"]]), ("a\n\u{301}b", [["a"], ["\u{301}b"]]),
        ] as [(String, [[String]])])
    func table(text: String, rows: [[String]]) throws {
        let read = try Self.rows(text)
        #expect(read == rows)
        #expect(read.joined().map { Array($0.utf8) } == rows.joined().map { Array($0.utf8) })
    }

    @Test("separates as it is told", arguments: [";", "\t"])
    func separators(separator: String) throws {
        #expect(try Self.rows("a,b\(separator)\"c\(separator)d\"", separator) == [["a,b", "c\(separator)d"]])
    }

    @Test("numbers rows as a spreadsheet does: empty ones count, breaks within a cell do not")
    func numbers() throws {
        let text = "a\n\n\"b\nb\"\r\n,,\r\n \nc"
        let table = try CSVReader.table(Array(text.utf8), separator: 0x2C, name: "a.csv")
        #expect(table.rows.map(\.number) == [1, 3, 6])
    }

    @Test("names the row of a quotation mark that is never closed", arguments: [("\"a", 1), ("a\nb,\"c\nd\ne", 2)])
    func open(text: String, row: Int) throws {
        let error = #expect(throws: ManifestError.self) { try Self.rows(text) }
        #expect(error?.code == .quoteOpen)
        #expect(error?.message.zh.contains("第 \(row) 行") == true)
        #expect(error?.message.en.contains("row \(row) ") == true)
    }

    @Test("reads as many rows and columns as may be, and no more; empty columns do not count")
    func limits() throws {
        let columns = String(repeating: "a,", count: ManifestLimits.columns - 1) + "a"
        #expect(try Self.rows(columns + String(repeating: ",", count: 20_000)).first?.count == ManifestLimits.columns)
        #expect(throws: ManifestError.self) { try Self.rows(columns + ",a") }
        let rows = String(repeating: "a\n\n", count: ManifestLimits.rows)
        #expect(try Self.rows(rows).count == ManifestLimits.rows)
        #expect(throws: ManifestError.self) { try Self.rows(rows + "a") }
    }
}
