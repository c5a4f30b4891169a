import Foundation
import TestSupport
import Testing

@Suite("A manifest without column titles")
struct ManifestWithoutTitlesTests {
    @Test("`check` quotes a manifest without titles with telephone numbers masked, and judges the files")
    func masked() async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good, as: "a.mp4")
        let table = folder.path("table.csv")
        try Data("a.mp4,张三,13812345678\n".utf8).write(to: URL(filePath: table))
        let arguments = ["check", "a.mp4", "--contest", "xian-2024", "--lang", "en", "--manifest", table]
        let masked = try await clipcheck(arguments, in: folder.url)
        #expect(masked.code == 66)
        let told = masked.text + masked.errorText
        #expect(told.contains("names the files"))
        #expect(told.contains("138****5678"))
        #expect(!told.contains("13812345678"))
        let shown = try await clipcheck(arguments + ["--show-contacts"], in: folder.url)
        #expect((shown.text + shown.errorText).contains("13812345678"))
    }
}
