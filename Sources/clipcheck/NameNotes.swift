import Foundation
import MediaFacts
import Reporting
import TextDecoding

/// Notes about file names that cause trouble when the files are copied to another system.
enum NameNotes {
    /// Notes about names that are not UTF-8, and about names of files found in folders that differ only in case or in
    /// Unicode form.
    ///
    /// - Parameter showsContacts: whether notes show telephone numbers in file names; false masks them.
    static func notes(on files: [FileSearch.Found], showsContacts: Bool) -> [RunSummary.Note] {
        func shown(_ file: FileSearch.Found) -> String { showsContacts ? file.text : file.masked }
        let undecodable = files.compactMap { file in file.name.note.map { RunSummary.Note(shown(file), $0) } }
        let alike = Dictionary(grouping: files.filter { !$0.isNamed }) {
            $0.text.precomposedStringWithCanonicalMapping.lowercased()
        }
        let twins = alike.values.filter { Set($0.map(\.bytes)).count > 1 }.map { $0.map(shown) }.sorted {
            $0[0] < $1[0]
        }
        return undecodable
            + twins.map { names in
                let others = names.dropFirst().joined(separator: ", ")
                return RunSummary.Note(
                    names[0],
                    LocalizedText(
                        zh: "与下列文件仅大小写或字符形式不同，在 Windows 上会互相覆盖：\(others)",
                        en:
                            "differs only in case or in Unicode form from \(others); on Windows one would replace the other."
                    ))
            }
    }
}
