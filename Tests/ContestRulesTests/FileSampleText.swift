import MediaFacts

@testable import ContestRules

/// Contest files with several videos and attachments.
enum FileSampleText {
    /// A file of `clipcheck.contest/2` that begins with one rule on line 6; `lines` begin on line 8.
    static func text(_ lines: String...) -> String {
        """
        schema: clipcheck.contest/2
        id: test-2026
        revision: 1
        name: {zh: 测试, en: Test}
        source: {document: 测字〔2026〕1号, issued: 2026-01-02}
        rules:
          - {id: format, kind: container, level: required, clause: 格式mp4, allowed: [mp4]}

        """ + lines.map { $0 + "\n" }.joined()
    }

    /// The contest of that file.
    static func contest(_ lines: String...) throws -> Contest {
        try ContestFile.load(text(lines.joined(separator: "\n")), file: "test.yaml")
    }

    static let preview = "  - {name: preview, label: {zh: 预告片, en: Trailer}, required: true, clause: 另附预告片}"
    static let poster =
        "  - {name: poster, label: {zh: 海报, en: Poster}, kinds: [image], required: true, max: 10MB, min: 800x600, ratio: [\"3:4\"], clause: 附海报}"

    /// A contest of two videos, with `rules` about them on lines from 8 on.
    static func videos(_ rules: String...) -> String {
        text(rules.map { "  - {\($0), level: required, clause: 原文}" }.joined(separator: "\n") + "\nfiles:\n" + preview)
    }
}
