import Testing

@testable import EntryManifest

@Suite("WorkbookReader")
struct WorkbookReaderTests {
    private static func cells(
        _ rows: String, strings: String = "<sst/>", workbook: String? = nil, styles: String = "<styleSheet/>"
    ) throws(ManifestError) -> Table {
        let bytes = Package.workbook(
            sheet: Package.sheet(rows), strings: strings, workbook: workbook, styles: styles)
        return try WorkbookReader(bytes, name: "a.xlsx", meter: ManifestSamples.meter()).table()
    }

    @Test(
        "`WorkbookReader` shows numbers with all digits and without exponent",
        arguments: [
            ("13800138000", "13800138000"), ("1.3800138E10", "13800138000"), ("1.3800138000E+10", "13800138000"),
            ("0", "0"), ("-5", "-5"), ("0.1", "0.1"), ("3.1400000000000001", "3.14"), ("1E+20", "1e+20"),
            ("61.0", "61"), ("053612345678901", "53612345678901"), ("x", "x"), ("NaN", "NaN"), ("1e999", "1e999"),
        ])
    func numbers(value: String, text: String) throws {
        #expect(try Self.cells("<row><c><v>\(value)</v></c></row>").rows.map(\.cells) == [[text]])
        #expect(try Self.cells("<row><c t=\"n\"><v>\(value)</v></c></row>").rows.map(\.cells) == [[text]])
    }

    @Test(
        "`WorkbookReader` shows the text of every kind of cell",
        arguments: [
            ("<c t=\"s\"><v>0</v></c>", "张三"), ("<c t=\"s\"><v>1</v></c>", "守信的故事"), ("<c t=\"s\"><v>2</v></c>", "漢字"),
            ("<c t=\"s\"><v>3</v></c>", "_x000D_"), ("<c t=\"s\"><v>9</v></c><c><v>1</v></c>", ""),
            ("<c t=\"s\"><v>-1</v></c><c><v>1</v></c>", ""),
            ("<c t=\"inlineStr\"><is><t>a</t></is></c>", "a"),
            ("<c t=\"inlineStr\"><is><r><rPr/><t>a </t></r><r><t>b</t></r><rPh><t>x</t></rPh></is></c>", "a b"),
            ("<c t=\"str\"><f>A1&amp;B1</f><v>result</v></c>", "result"), ("<c><f>1+1</f><v>2</v></c>", "2"),
            ("<c t=\"b\"><v>1</v></c>", "TRUE"), ("<c t=\"b\"><v>0</v></c>", "FALSE"),
            ("<c t=\"e\"><v>#N/A</v></c>", "#N/A"),
            ("<c t=\"d\"><v>2024-03-01T09:30:00</v></c>", "2024-03-01T09:30:00"),
            ("<x:c xmlns:x=\"y\" t=\"inlineStr\"><x:is><x:t>a</x:t></x:is></x:c>", "a"),
        ])
    func kinds(cell: String, text: String) throws {
        let strings = """
            <sst><si><t>张三</t></si><si><r><t>守信</t></r><r><rPr><b/></rPr><t>的故事</t></r></si>\
            <si><t>漢字</t><rPh sb="0" eb="2"><t>かんじ</t></rPh><phoneticPr fontId="1"/></si>\
            <si><t>_x005F_x000D_</t></si></sst>
            """
        #expect(try Self.cells("<row>\(cell)</row>", strings: strings).rows.first?.cells.first == text)
    }

    @Test(
        "`WorkbookReader` shows a number with a date format as a date or a time",
        arguments: [
            (14, "45352", "2024-03-01"), (22, "45352.395833333336", "2024-03-01 09:30"),
            (20, "0.10416666666666667", "2:30"),
            (21, "0.0017361111111111112", "0:02:30"), (31, "45352", "2024-03-01"), (164, "45352", "2024-03-01"),
            (165, "45352", "45352"), (14, "1", "1900-01-01"), (14, "59", "1900-02-28"), (14, "61", "1900-03-01"),
            (14, "2958465", "9999-12-31"), (14, "2958466", "2958466"), (14, "-1", "-1"), (0, "45352", "45352"),
            (14, "45351.999999", "2024-03-01"), (14, "45290", "2023-12-30"), (14, "45351", "2024-02-29"),
        ])
    func dates(format: Int, value: String, text: String) throws {
        let styles = """
            <styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>\
            <numFmt numFmtId="165" formatCode="0&quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
            <cellXfs><xf numFmtId="0"/><xf numFmtId="\(format)"/></cellXfs></styleSheet>
            """
        let rows = "<row><c s=\"1\"><v>\(value)</v></c></row>"
        #expect(try Self.cells(rows, styles: styles).rows.map(\.cells) == [[text]])
    }

    @Test(
        "`StylesHandler.isDate` recognises formats of dates and times",
        arguments: [
            ("yyyy-mm-dd", true), ("[h]:mm:ss", true), ("[$-804]yyyy", true), ("m/d/yy h:mm;@", true),
            ("General", false),
            ("0.00", false), ("@", false), ("#,##0\"d\"", false), ("[Red]0", false), ("0\\d", false), ("_d0", false),
            ("\"unclosed", false), ("[unclosed", false), ("[DBNum1]General", false),
        ])
    func formats(code: String, isDate: Bool) { #expect(StylesHandler.isDate(code) == isDate) }

    @Test("`WorkbookReader` counts days from 1904 when the workbook says so")
    func from1904() throws {
        let workbook = """
            <workbook><workbookPr date1904="1"/><sheets><sheet name="a" id="rId1"/></sheets></workbook>
            """
        let styles = "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
        let table = try Self.cells("<row><c><v>43890</v></c></row>", workbook: workbook, styles: styles)
        #expect(table.rows.map(\.cells) == [["2024-03-01"]])
    }

    @Test("`WorkbookReader` keeps the columns of cells and the numbers of rows across gaps")
    func gaps() throws {
        let rows = """
            <row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>\
            <row r="9"><c r="A9"/></row><row r="10"><c r="C10"><v>5</v></c><c r="XFD10" s="1"/></row>
            """
        let table = try Self.cells(rows)
        #expect(table.rows.map(\.number) == [2, 3, 10])
        #expect(table.rows.map(\.cells) == [["", "1", "", "2", "3"], ["4"], ["", "", "5"]])
    }

    @Test(
        "`WorkbookReader` reads the first sheet that is not hidden",
        arguments: [("hidden", "b"), ("veryHidden", "b"), ("visible", "a")])
    func hidden(state: String, text: String) throws {
        let relationship = "http://purl.oclc.org/ooxml/officeDocument/relationships"
        var package = Package()
        package.add("[Content_Types].xml", "<Types/>")
        package.add("_rels/.rels", "<Relationships/>")
        package.add(
            "xl/workbook.xml",
            "<workbook><sheets><sheet id=\"x\" state=\"\(state)\"/><sheet id=\"y\"/></sheets></workbook>")
        package.add(
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"x\" Type=\"\(relationship)/worksheet\" Target=\"../xl/./a.xml\"/>"
                + "<Relationship Id=\"y\" Type=\"\(relationship)/worksheet\" Target=\"/xl/b.xml\"/></Relationships>")
        for name in ["a", "b"] {
            package.add("xl/\(name).xml", Package.sheet("<row><c t=\"str\"><v>\(name)</v></c></row>"))
        }
        #expect(
            try WorkbookReader(package.finished(), name: "a.xlsx", meter: ManifestSamples.meter()).table().rows
                .map(\.cells) == [[text]])
    }

    @Test(
        "`Manifest.read` reads every row of a workbook from openpyxl",
        .enabled(if: Python.path != nil, "CLIPCHECK_PYTHON names no Python with openpyxl"))
    func openpyxl() throws {
        let bytes = try Python.workbook(
            """
            book.create_sheet("hidden", 0).sheet_state = "hidden"
            sheet.append(["2024 年度报送表"])
            sheet.merge_cells("A1:E1")
            sheet.append([])
            sheet.append(["序号", "视频文件名", "作品名称", "联系电话", "时长", "作品类型", "报送地区", "备注"])
            sheet.append([1, "作品1.mp4", "=1+1", 13800138000, datetime.time(0, 2, 30), "剧情类", "碑林区", None])
            sheet.append([2, "作品2.mp4", "守信\\n的故事", "029-88888888", "2分30秒", None, datetime.date(2024, 3, 1), True])
            sheet["C4"].data_type = "s"
            book.active = 1
            """)
        let manifest = try Manifest.read(bytes, named: "entries.xlsx", contest: ManifestSamples.contest())
        #expect(
            manifest.rows == [
                .init(
                    number: 4, file: "作品1.mp4",
                    fields: ["title": "=1+1", "phone": "13800138000", "duration": "0:02:30", "category": "剧情类"],
                    category: "剧情类", region: "碑林区"),
                .init(
                    number: 5, file: "作品2.mp4",
                    fields: ["title": "守信\n的故事", "phone": "029-88888888", "duration": "2分30秒"], region: "2024-03-01"),
            ])
        #expect(manifest.ignoredColumns == ["序号", "备注"])
        #expect(manifest.problems.isEmpty)
    }
}
