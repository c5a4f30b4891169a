import ContestRules
import EntryIntake
import MediaFacts
import Reporting

/// Writes the results of `check` in one format as they come, and counts them.
struct CheckPrinter {
    private let format: CheckFormat
    private let destination: Output
    private let text: TextReport
    private let files: Int
    private var passedOver: [String] = []
    private var printed = 0
    private var isWritten = true

    /// How the files came out.
    private(set) var tally = Tally()
    /// Why files could not be judged.
    private(set) var errors: [IntakeError] = []

    init(format: CheckFormat, destination: Output, language: Language, files: Int) {
        self.format = format
        self.destination = destination
        self.files = files
        text = TextReport(language: language, isColoured: destination.isColoured, width: destination.width)
    }

    /// Writes one result.
    mutating func take(_ result: CheckRun.Result) {
        switch result {
        case .passedOver(let path): passedOver.append(path)
        case .checked(let file):
            tally.add(file)
            if case .failure(let error) = file.outcome { errors.append(error) }
            switch format {
            case .text: write(text.text(file))
            case .ndjson: write(json(file, isPretty: false) + "\n")
            case .json: write((printed == 0 ? "[\n" : ",\n") + json(file, isPretty: true))
            }
            printed += 1
        }
        drawProgress()
    }

    /// Writes what comes last; false when something could not be written.
    mutating func finish() -> Bool {
        clearProgress()
        switch format {
        case .text where tally.total != 1: write(text.summary(tally))
        case .json: write(printed == 0 ? "[]\n" : "\n]\n")
        default: break
        }
        if !passedOver.isEmpty {
            let list = passedOver.map { "  \(TextReport.visible($0))\n" }.joined()
            let head = LocalizedText(zh: "以下文件不是视频，已跳过：\n", en: "Passed over, because they are no videos:\n")
            Output.error.write(head[text.language] + list)
        }
        return isWritten
    }

    private mutating func write(_ text: String) {
        clearProgress()
        isWritten = destination.write(text) && isWritten
    }

    private func json(_ file: CheckedFile, isPretty: Bool) -> String {
        // Encoding strings and numbers into memory cannot fail.
        (try? WireJSON.data(file, isPretty: isPretty)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }

    private func drawProgress() {
        guard Output.error.isTerminal, files > 1 else { return }
        Output.error.write("\r\u{1b}[K\(printed + passedOver.count)/\(files)")
    }

    private func clearProgress() {
        if Output.error.isTerminal, files > 1 { Output.error.write("\r\u{1b}[K") }
    }
}
