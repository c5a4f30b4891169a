import ArgumentParser
import ContestRules
import MediaFacts
import TextDecoding

/// The categories that the command line gives to works, by `--category` and `--category-from`.
struct CategoryChoice: Sendable {
    /// The category of all works; nil without `--category`.
    var named: String?
    /// Whether the folder of a file names its category.
    var takesFolder = false

    /// The category of `--category`, with its source.
    var option: (written: String, source: Declaration.Source)? { named.map { ($0, .option) } }

    /// The category that a folder of the file names: the nearest folder whose name is a category of the contest, else the
    /// folder that the file lies in, below the folder on the command line. Nil without `--category-from folder`.
    func folder(
        of found: FileSearch.Found, in contest: Contest
    ) -> (written: String, source: Declaration.Source)? {
        guard takesFolder else { return nil }
        let folders = found.bytes.split(separator: UInt8(ascii: "/")).dropLast()
        let below = found.bytes.dropFirst(found.isNamed ? found.bytes.count : found.given)
            .split(separator: UInt8(ascii: "/")).dropLast()
        let names = folders.reversed().map { DecodedName(path: $0).text }
        let written = names.first { contest.category($0) != nil } ?? below.last.map { DecodedName(path: $0).text }
        return written.map { ($0, .folder) }
    }
}

/// A place that categories come from, as `--category-from` names it.
enum CategoryFrom: String, ExpressibleByArgument, CaseIterable {
    case folder
}

extension FileOptions {
    /// The choice of `--category` and `--category-from`.
    ///
    /// - Throws: a usage error for a category that the contest does not have.
    func categories(in contest: Contest, _ language: Language) throws -> CategoryChoice {
        guard let category, contest.category(category) == nil else {
            return CategoryChoice(named: category, takesFolder: categoryFrom == .folder)
        }
        let list = Wording.list(contest.categories)
        let message =
            contest.categories.isEmpty
            ? LocalizedText(
                zh: "这项竞赛没有类别，请去掉 --category。", en: "This contest has no categories; leave out --category.")
            : LocalizedText(
                zh: "--category 应为以下之一：\(list.zh)。", en: "--category must be one of: \(list.en).")
        throw ValidationError(message[language])
    }
}
