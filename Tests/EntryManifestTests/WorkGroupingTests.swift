import ContestRules
import MediaFacts
import TestSupport
import Testing

@testable import EntryManifest

@Suite("WorkGrouping")
struct WorkGroupingTests {
    /// A contest of a main video, an optional preview, a poster, a form and subtitles.
    static func contest() throws -> Contest {
        try ContestFile.load(
            """
            schema: clipcheck.contest/2
            id: test-2026
            revision: 1
            name: {zh: 测试, en: Test}
            source: {document: 测字〔2026〕1号, issued: 2026-01-02}
            rules:
              - {id: format, kind: container, level: required, clause: 格式mp4, allowed: [mp4]}
              - {id: form, kind: form, level: required, clause: 填表, fields: [
                  {name: title, label: {zh: 作品名称, en: Title}, required: true, kind: text}]}
            files:
              - {name: preview, label: {zh: 预告片, en: Trailer}, required: false, clause: 可附预告片}
            attachments:
              - {name: poster, label: {zh: 海报, en: Poster}, kinds: [image], required: true, clause: 附海报}
              - {name: entry-form, label: {zh: 报名表, en: Entry form}, kinds: [pdf, docx], required: true, clause: 附表}
              - {name: subtitles, label: {zh: 字幕, en: Subtitles}, kinds: [srt], required: false, clause: 可附字幕}
            """, file: "test.yaml")
    }

    /// The works as `main + role: file …`, and the leftovers as `reason file`, sorted.
    private static func grouped(
        _ paths: [String], manifest: Manifest? = nil
    ) throws -> (works: [String], leftovers: [String], problems: [Manifest.Problem]) {
        let grouping = WorkGrouping.of(
            paths.map { Manifest.File(path: $0) }, contest: try contest(), manifest: manifest)
        let works = grouping.works.map { work in
            let parts = (work.videos.map { ($0, $1) } + work.attachments.map { ($0, $1) }).sorted { $0.0 < $1.0 }
            return ([paths[work.main]] + parts.map { "\($0.0): \(paths[$0.1])" }).joined(separator: " + ")
        }
        let used = grouping.works.flatMap { [$0.main] + $0.videos.values + $0.attachments.values }
        #expect((used + grouping.leftovers.map(\.file)).sorted() == Array(paths.indices))
        for leftover in grouping.leftovers {
            #expect(
                leftover.message.zh.contains(paths[leftover.file]) && leftover.message.en.contains(paths[leftover.file])
            )
        }
        return (works, grouping.leftovers.map { "\($0.reason.rawValue) \(paths[$0.file])" }, grouping.problems)
    }

    @Test(
        "`WorkGrouping` finds the part in a name, before or behind the work's",
        arguments: [
            ("守信的故事-预告片.mp4", "preview"), ("守信的故事_preview.mp4", "preview"), ("守信的故事 Trailer.MOV", "preview"),
            ("守信的故事（预告片）.mp4", "preview"), ("【预告片】守信的故事.mp4", "preview"), ("守信的故事[PREVIEW].mp4", "preview"),
            ("守信的故事预告片.mp4", "preview"), ("守信的故事 - 预告片.mp4", "preview"), ("预告片/守信的故事.mp4", "preview"),
            ("预告片/守信的故事-预告片.mp4", "preview"),
            ("守信的故事+海报.jpg", "poster"), ("海报-守信的故事.png", "poster"), ("守信的故事海报.heic", "poster"),
            ("守信的故事＿海报.jpg", "poster"), ("海报/守信的故事.jpg", "poster"), ("守信的故事-poster.webp", "poster"),
            ("守信的故事-Entry form.pdf", "entry-form"), ("守信的故事.pdf", "entry-form"), ("守信的故事.docx", "entry-form"),
            ("守信的故事.srt", "subtitles"), ("守信的故事.jpg", "poster"), ("守信的故事-报名表.pages", "entry-form"),
            ("守信的故事/海报.jpg", "poster"), ("守信的故事/守信的故事-海报.jpg", "poster"),
        ])
    func parts(path: String, part: String) throws {
        let grouped = try Self.grouped(["守信的故事.mp4", "别的.mp4", path])
        #expect(grouped.works == ["守信的故事.mp4 + \(part): \(path)", "别的.mp4"])
        #expect(grouped.leftovers == [])
    }

    @Test(
        "`WorkGrouping` joins one folder per work",
        arguments: [
            ["甲/正片.mp4", "甲/预告片.mp4", "甲/海报.jpg"], ["甲/main.mp4", "甲/trailer.mp4", "甲/poster.jpg"],
            ["甲/甲.mp4", "甲/预告片.mp4", "甲/海报.jpg"], ["甲/随便.mp4", "甲/预告片.mp4", "甲/海报.jpg"],
            ["甲/甲-正片.mp4", "甲/甲-预告片.mp4", "甲/甲-海报.jpg"], ["甲/甲.mp4", "甲/甲预告片.mp4", "甲/甲海报.jpg"],
            ["甲/正片.mp4", "甲/甲-预告片.mp4", "甲/甲-海报.jpg"], ["正片/甲.mp4", "预告片/甲.mp4", "海报/甲.jpg"],
        ])
    func folders(paths: [String]) throws {
        let other = paths.map { $0.replacing("甲", with: "乙") }
        let grouped = try Self.grouped(paths + other)
        #expect(
            grouped.works == [paths, other].map { "\($0[0]) + poster: \($0[2]) + preview: \($0[1])" })
        #expect(grouped.leftovers == [])
    }

    @Test(
        "`WorkGrouping` leaves a file over with its reason and drops no video that can be a work",
        arguments: [
            (["甲.mp4", "甲-花絮.mp4"], ["甲.mp4"], ["not-asked-video 甲-花絮.mp4"]),
            (["甲/正片.mp4", "甲/花絮.mp4"], ["甲/正片.mp4"], ["not-asked-video 甲/花絮.mp4"]),
            (["花絮.mp4", "甲.mp4", "乙.mp4"], ["花絮.mp4", "甲.mp4", "乙.mp4"], []),
            (["甲.mp4", "甲-续集.mp4"], ["甲.mp4", "甲-续集.mp4"], []),
            (["甲.mp4", "甲-海报.jpg", "甲_海报.png"], ["甲.mp4"], ["several-files 甲-海报.jpg", "several-files 甲_海报.png"]),
            (["甲.mp4", "甲-预告片.mp4", "甲-预告片.mov"], ["甲.mp4"], ["several-files 甲-预告片.mp4", "several-files 甲-预告片.mov"]),
            (["甲.mp4", "甲.mov", "甲-海报.jpg"], ["甲.mp4", "甲.mov"], ["several-works 甲-海报.jpg"]),
            (["甲.mp4", "乙.mp4", "海报.jpg"], ["甲.mp4", "乙.mp4"], ["several-works 海报.jpg"]),
            (["乙-海报.jpg", "甲.mp4"], ["甲.mp4"], ["no-video 乙-海报.jpg"]),
            (["乙-预告片.mp4"], [], ["no-video 乙-预告片.mp4"]), (["甲.mp4", "乙.pdf"], ["甲.mp4"], ["no-video 乙.pdf"]),
            (["甲.mp4", "readme.xyz"], ["甲.mp4"], ["not-asked readme.xyz"]),
            (["甲/甲.mp4", "乙/海报.jpg"], ["甲/甲.mp4"], ["no-video 乙/海报.jpg"]), ([], [], []),
            (["甲-海报.mp4"], ["甲-海报.mp4"], []),
        ])
    func leftovers(paths: [String], works: [String], leftovers: [String]) throws {
        let grouped = try Self.grouped(paths)
        #expect(grouped.works == works)
        #expect(grouped.leftovers == leftovers)
    }

    @Test("an attachment with the video's name is left over when its extension suits several attachments")
    func unclear() throws {
        let text = """
            schema: clipcheck.contest/2
            id: test-2026
            revision: 1
            name: {zh: 测试, en: Test}
            source: {document: 测字〔2026〕1号, issued: 2026-01-02}
            rules:
              - {id: format, kind: container, level: required, clause: 格式mp4, allowed: [mp4]}
            attachments:
              - {name: a, label: {zh: 报名表, en: Form}, kinds: [pdf], required: true, clause: 附表}
              - {name: b, label: {zh: 承诺书, en: Pledge}, kinds: [pdf], required: true, clause: 附承诺书}
            """
        let contest = try ContestFile.load(text, file: "test.yaml")
        let files = ["甲.mp4", "甲.pdf", "甲-承诺书.pdf"].map { Manifest.File(path: $0) }
        let grouping = WorkGrouping.of(files, contest: contest)
        #expect(grouping.works == [WorkGrouping.Work(main: 0, attachments: ["b": 2])])
        #expect(grouping.leftovers.map(\.reason) == [.unclear])
    }

    @Test("a contest without further videos and attachments makes every file a work")
    func plain() throws {
        let files = ["甲.mp4", "甲-预告片.mp4", "甲.pdf"].map { Manifest.File(path: $0) }
        let grouping = WorkGrouping.of(files, contest: try ManifestSamples.contest())
        #expect(grouping.works == [0, 1, 2].map { WorkGrouping.Work(main: $0) })
        #expect(grouping.leftovers == [])
    }

    private static func manifest(_ text: String) throws -> Manifest {
        try Manifest.read(Array(text.utf8), named: "entries.csv", contest: try contest())
    }

    @Test("columns are named by roles and attachments in either language, and `正片` is the column of the file")
    func columns() throws {
        let manifest = try Self.manifest("正片,作品名称,预告片,poster,Entry form\n甲.mp4,甲,b.mp4,c.jpg,\n")
        #expect(
            manifest.rows == [
                Manifest.Row(
                    number: 2, file: "甲.mp4", fields: ["title": "甲"], parts: ["preview": "b.mp4", "poster": "c.jpg"])
            ])
        #expect(manifest.ignoredColumns == [])
    }

    @Test("a table joins files whose names say nothing, and files that it does not name are joined by name")
    func table() throws {
        let manifest = try Self.manifest("文件名,预告片,海报文件名\nIMG_1.mp4,IMG_2.mp4,IMG_3.jpg\nIMG_4.mp4,,\n")
        let grouped = try Self.grouped(
            ["IMG_1.mp4", "IMG_2.mp4", "IMG_3.jpg", "IMG_4.mp4", "IMG_4-海报.jpg"], manifest: manifest)
        #expect(
            grouped.works == [
                "IMG_1.mp4 + poster: IMG_3.jpg + preview: IMG_2.mp4", "IMG_4.mp4 + poster: IMG_4-海报.jpg",
            ])
        #expect(grouped.leftovers == [])
        #expect(grouped.problems == [])
    }

    @Test("a table's main video counts, whatever its name says")
    func tableMain() throws {
        let manifest = try Self.manifest("文件名\n甲-预告片.mp4\n甲.mp4\n")
        let grouped = try Self.grouped(["甲.mp4", "甲-预告片.mp4"], manifest: manifest)
        #expect(grouped.works == ["甲.mp4", "甲-预告片.mp4"])
        #expect(grouped.problems == [])
    }

    @Test("a cell whose file is missing, or is named twice, is a problem of its row")
    func tableProblems() throws {
        let manifest = try Self.manifest("文件名,海报\n甲.mp4,a.jpg\n乙.mp4,b.jpg\n丙.mp4,b.jpg\n丁.mp4,甲.mp4\n")
        let grouped = try Self.grouped(["甲.mp4", "乙.mp4", "丙.mp4", "丁.mp4", "b.jpg"], manifest: manifest)
        #expect(grouped.works == ["甲.mp4", "乙.mp4", "丙.mp4", "丁.mp4"])
        #expect(grouped.leftovers == ["no-video b.jpg"])
        #expect(grouped.problems.map(\.kind) == [.fileMissing, .ambiguous, .claimed, .claimed])
        #expect(grouped.problems.map(\.row) == [2, 5, 3, 4])
    }

    @Test("`WorkGrouping` takes linear time, also for many files that could belong to any work")
    func many() throws {
        func time(_ count: Int) throws -> Duration {
            let paths = (0..<count / 4).flatMap { ["\($0).mp4", "\($0)-预告片.mp4", "\($0)_海报.jpg", "\($0).pdf"] }
            let posters = (0..<count / 4).map { "海报.x\($0)" }
            let contest = try Self.contest()
            return try ManifestSamples.processorTime {
                let grouping = WorkGrouping.of((paths + posters).map { Manifest.File(path: $0) }, contest: contest)
                #expect(grouping.works.count == count / 4)
                #expect(grouping.works.last?.attachments.count == 2)
            }
        }
        let (few, many) = (try time(2000), try time(20_000))
        #expect(many < few * 25 + .seconds(1))
    }
}
