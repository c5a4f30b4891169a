import TestSupport
import Testing

@testable import Reporting

/// Properties of `DisplayWidth.wrapped` on random text, which is the same in every run.
@Suite("DisplayWidth properties")
struct DisplayWidthPropertyTests {
    private static let closing: [Character] = ["，", "。", "、", "；", "：", "！", "？", "）", "”", "》", "〕", "】"]

    /// Random text like the clauses of notices: Chinese and Latin words, figures, paired and closing punctuation. Two
    /// punctuation marks never follow one another.
    private static func text(_ random: inout SeededGenerator, longestWord: Int) -> String {
        let wide = Array("画面比例为十六要求分辨率时长秒作品原创ア한😀")
        let narrow = Array("abcXYZ0189×-/é")
        return (0..<Int.random(in: 0...40, using: &random)).map { _ in
            let length = Int.random(in: 1...longestWord, using: &random)
            let word = (0..<length).compactMap { _ in narrow.randomElement(using: &random) }
            let wides = String(
                (0..<Int.random(in: 1...8, using: &random)).map { _ in
                    wide[Int.random(in: wide.indices, using: &random)]
                })
            switch Int.random(in: 0..<5, using: &random) {
            case 0: return " " + String(word)
            case 1: return String(word) + " "
            case 2: return wides + String(closing.randomElement(using: &random) ?? "，")
            case 3: return "（" + wides + "）"
            default: return wides
            }
        }.joined()
    }

    /// The first of many texts for which `isRight` is false, so that a failure reports one text; nil when there is
    /// none.
    private static func counterexample(
        seed: UInt64, longestWord: Int, widths: ClosedRange<Int>, isRight: (String, Int, [String]) -> Bool
    ) -> String? {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let text = text(&random, longestWord: longestWord)
            let width = Int.random(in: widths, using: &random)
            let lines = DisplayWidth.wrapped(text, to: width)
            if !isRight(text, width, lines) { return "\(width): \(lines)" }
        }
        return nil
    }

    private static func letters(_ text: String) -> String { text.filter { $0 != " " } }

    @Test(
        "`DisplayWidth.wrapped` returns no line wider than the width", arguments: 0..<10,
        [(6, 20...100), (60, 20...40)])
    func width(seed: UInt64, shape: (longestWord: Int, widths: ClosedRange<Int>)) {
        let wrong = Self.counterexample(seed: seed, longestWord: shape.longestWord, widths: shape.widths) {
            _, width, lines in
            lines.allSatisfy { DisplayWidth.of($0) <= width }
        }
        #expect(wrong == nil)
    }

    @Test("`DisplayWidth.wrapped` loses no character but spaces", arguments: 0..<10)
    func nothingLost(seed: UInt64) {
        let wrong = Self.counterexample(seed: seed, longestWord: 60, widths: 20...100) { text, _, lines in
            Self.letters(lines.joined()) == Self.letters(text)
        }
        #expect(wrong == nil)
    }

    @Test("`DisplayWidth.wrapped` begins no line with closing punctuation", arguments: 0..<10)
    func closing(seed: UInt64) {
        let wrong = Self.counterexample(seed: seed, longestWord: 6, widths: 20...100) { _, _, lines in
            !lines.contains { line in line.first.map(Self.closing.contains) ?? false }
        }
        #expect(wrong == nil)
    }

    @Test("`DisplayWidth.wrapped` returns no empty line and none with a space at either end", arguments: 0..<10)
    func trimmed(seed: UInt64) {
        let wrong = Self.counterexample(seed: seed, longestWord: 6, widths: 20...100) { _, _, lines in
            lines == [""] || !lines.contains { $0.isEmpty || $0.hasPrefix(" ") || $0.hasSuffix(" ") }
        }
        #expect(wrong == nil)
    }

    @Test("`DisplayWidth.wrapped` breaks a line only where the next piece would not fit", arguments: 0..<10)
    func greedy(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let words = (0..<20).map { _ in String(repeating: "w", count: Int.random(in: 1...12, using: &random)) }
            let width = Int.random(in: 20...60, using: &random)
            let lines = DisplayWidth.wrapped(words.joined(separator: " "), to: width)
            #expect(lines.flatMap { $0.split(separator: " ").map(String.init) } == words)
            for (line, next) in zip(lines, lines.dropFirst()) {
                #expect(line.count + 1 + (next.split(separator: " ").first?.count ?? 0) > width)
            }
        }
    }

    @Test("`DisplayWidth.wrapped` leaves text that fits in one line", arguments: 0..<10)
    func short(seed: UInt64) {
        let wrong = Self.counterexample(seed: seed, longestWord: 10, widths: 4000...4000) { text, _, lines in
            lines.count == 1 && text.contains(lines[0]) && Self.letters(lines[0]) == Self.letters(text)
        }
        #expect(wrong == nil)
    }
}
