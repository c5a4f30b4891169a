import MediaFacts
import Reporting

struct HTMLRun: RunRendering {
    init(language: Language, columns: [RunColumn]) {}
    mutating func piece(_ file: CheckedFile) -> String { "x" }
}
