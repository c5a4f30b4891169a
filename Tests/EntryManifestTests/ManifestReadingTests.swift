import ContestRules
import MediaFacts
import TestSupport
import Testing

@testable import EntryManifest

@Suite("Manifest.read")
struct ManifestReadingTests {
    @Test(
        "`Manifest.read` finds the column of file names by its title in any width and case, with stars or colons",
        arguments: [
            "文件名", "视频文件名", "文件", "视频文件", "作品文件名", "file", "FileName", "File Name", "PATH", " 文件名 ", "ＦＩＬＥ", "*文件名",
            "文件名：", "文 件 名",
            "\"文件\n名\"", "\u{FEFF}文件名",
        ])
    func titles(title: String) throws {
        #expect(try ManifestSamples.read("\(title)\na.mp4").rows == [ManifestSamples.row(2, "a.mp4")])
    }

    @Test("`Manifest.read` matches columns with the form's fields by name and label, and with category and region")
    func columns() throws {
        let manifest = try ManifestSamples.read(
            "联系电话,文件名,Title,duration,地区,备注,作品类型\n13800138000,a.mp4,故事,2:30,碑林区,x,剧情类\n")
        let fields = ["phone": "13800138000", "title": "故事", "duration": "2:30", "category": "剧情类"]
        #expect(
            manifest
                == Manifest(
                    rows: [.init(number: 2, file: "a.mp4", fields: fields, category: "剧情类", region: "碑林区")],
                    ignoredColumns: ["备注"]))
    }

    @Test("`Manifest.read` knows files, categories and regions for a contest without a form")
    func noForm() throws {
        let contest = try #require(BuiltInContests.contest("xian-2024"))
        let bare = contest.with(rules: [])
        let bytes = Array("文件名,作品名称,参选类别,区县\na.mp4,b,剧情类,碑林区".utf8)
        let manifest = try Manifest.read(bytes, named: "a.csv", contest: bare)
        #expect(manifest.rows == [.init(number: 2, file: "a.mp4", category: "剧情类", region: "碑林区")])
        #expect(manifest.ignoredColumns == ["作品名称"])
    }

    @Test(
        "`Manifest.read` chooses the separator that gives the header the most known titles",
        arguments: [
            "文件名,作品名称,地区\na;b.mp4,c,d", "文件名;作品名称;地区\na;c;d", "文件名\t作品名称\t地区\na\tc\td",
            "sep=;\n文件名;作品名称;地区\na;c;d", "各区县，报送,表;\n\n文件名\t作品名称\t地区\na\tc\td",
        ])
    func separators(text: String) throws {
        let row = try #require(try ManifestSamples.read(text).rows.first)
        #expect(row.fields == ["title": "c"])
        #expect(row.region == "d")
    }

    @Test("`Manifest.read` finds the header among the first ten rows with text and ignores the rows before it")
    func header() throws {
        let before = (1...9).map { "标题 \($0)\n\n" }.joined()
        let manifest = try ManifestSamples.read(before + "文件名,地区\na.mp4,碑林区")
        #expect(manifest.rows == [.init(number: 20, file: "a.mp4", region: "碑林区")])
        let error = try ManifestSamples.failure(Array((before + "标题 10\n文件名\na.mp4").utf8))
        #expect(error?.code == .wrongHeader)
    }

    @Test(
        "`Manifest.read` names the found and the needed titles when no column holds file names",
        arguments: ["", "标题,电话\n1,2", "a.mp4\nb.mp4"])
    func wrongHeader(text: String) throws {
        let error = try #require(try ManifestSamples.failure(Array(text.utf8)))
        #expect(error.code == .wrongHeader)
        let found = text.split(separator: "\n").first.map { String($0) }?.split(separator: ",") ?? []
        for message in [error.message.zh, error.message.en] {
            #expect(message.contains("视频文件名"))
            #expect(found.allSatisfy { message.contains($0) })
        }
    }

    @Test(
        "`ManifestError.message` masks personal data in cells before it cuts them, and `unmasked` only cuts",
        arguments: [
            ("ABCDEFGHIJ13812345678", "ABCDEFGHIJ138****567…", "ABCDEFGHIJ1381234567…"),
            ("13812345678", "138****5678", "13812345678"), ("作品名称", "作品名称", "作品名称"), ("2024年", "2024年", "2024年"),
            ("zhangsan@example.com", "z***@example.com", "zhangsan@example.com"),
            ("联系zhang@example.com", "联***@example.com", "联系zhang@example.com"),
            ("zhang＠example.com", "z**", "zhang＠example.com"), ("a@b.com 13812345678", "a**", "a@b.com 13812345678"),
            ("李四 1 3 8 1 2 3 4 5 6 7 8", "李四 138****5678", "李四 1 3 8 1 2 3 4 5 6…"),
        ])
    func quoted(cell: String, masked: String, open: String) throws {
        let error = try #require(try ManifestSamples.failure(Array("\(cell),标题\n1,2".utf8)))
        #expect(error.message.zh.contains("：\(masked)、标题。") && error.message.en.contains(": \(masked), 标题."))
        #expect(error.unmasked.zh.contains("：\(open)、标题。") && error.unmasked.en.contains(": \(open), 标题."))
    }

    @Test("`Manifest.read` skips empty rows and reports rows without a file name")
    func names() throws {
        let manifest = try ManifestSamples.read("文件名,作品名称\n\n,\na.mp4,b\n ,c\n\u{3000},d\n")
        #expect(manifest.rows.map(\.number) == [4])
        #expect(manifest.problems.map(\.kind) == [.nameMissing, .nameMissing])
        #expect(manifest.problems.map(\.row) == [5, 6])
        #expect(manifest.problems.first?.message.zh == "第 5 行没有填写文件名，已跳过。请补上。")
    }

    @Test("`Manifest.read` uses the first of several columns for one field and reports the others")
    func repeatedColumns() throws {
        let manifest = try ManifestSamples.read("文件名,文件,作品名称,title\na.mp4,b.mp4,c,d")
        #expect(manifest.rows == [.init(number: 2, file: "a.mp4", fields: ["title": "c"])])
        #expect(manifest.problems.map(\.kind) == [.columnRepeated, .columnRepeated])
        #expect(manifest.problems.last?.message.en.contains("\"作品名称\" and \"title\"") == true)
    }

    @Test(
        "`Manifest.read` keeps the first of several rows of one file and reports the others",
        arguments: [
            ("a.mp4,b", Manifest.Problem.Kind.rowRepeated), ("./a.mp4,b", nil), ("a.mp4,c", .rowsDiffer),
            ("a.mp4,", .rowsDiffer), ("A.mp4,c", nil), ("甲\\a.mp4,c", nil),
        ])
    func repeatedRows(second: String, kind: Manifest.Problem.Kind?) throws {
        let manifest = try ManifestSamples.read("文件名,作品名称\na.mp4,b\n\n\(second)")
        #expect(manifest.problems.map(\.kind) == [kind].compactMap(\.self))
        #expect(manifest.rows.count == (kind == nil ? 2 : 1))
        #expect(manifest.rows.first?.fields == ["title": "b"])
        if let problem = manifest.problems.first {
            for message in [problem.message.zh, problem.message.en] {
                #expect(message.contains("2") && message.contains("4"))
            }
        }
    }

    @Test("`Manifest.read` treats composed and decomposed forms of a name as one file")
    func composition() throws {
        let manifest = try ManifestSamples.read("file,title\ncafe\u{301}.mp4,b\ncaf\u{e9}.mp4,b")
        #expect(manifest.problems.map(\.kind) == [.rowRepeated])
    }

    @Test("`Manifest.read` reads the unit and the entrant only where a quota counts by them")
    func counted() throws {
        let text = "文件名,报送单位,作者\na.mp4,一中,张三\nb.mp4,,\n"
        let plain = try ManifestSamples.contest()
        let counting = plain.with(quotas: [
            Quota(id: "per-unit", grouping: .unit, most: 5, clause: "每单位限报5件"),
            Quota(id: "per-entrant", grouping: .entrant, most: 1, clause: "每人限报1件"),
        ])
        let manifest = try Manifest.read(Array(text.utf8), named: "a.csv", contest: counting)
        #expect(manifest.rows.map(\.unit) == ["一中", nil] && manifest.rows.map(\.entrant) == ["张三", nil])
        #expect(manifest.ignoredColumns.isEmpty && manifest.problems.isEmpty)
        let other = try Manifest.read(Array(text.utf8), named: "a.csv", contest: plain)
        #expect(other.rows.allSatisfy { $0.unit == nil && $0.entrant == nil })
        #expect(other.ignoredColumns == ["报送单位", "作者"])
    }
}
