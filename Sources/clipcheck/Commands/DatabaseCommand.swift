import ArgumentParser
import EntryIntake
import EntryStore
import MediaFacts
import Reporting

/// `clipcheck db`: checks, backs up and migrates a data folder.
struct DatabaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db", abstract: "检查、备份和升级数据目录。 Checks, backs up and migrates a data folder.",
        subcommands: [Check.self, Backup.self, Migrate.self])

    /// `db check`: prints every fault of the data folder; exits with 1 when there is one.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "核对记录与文件，重新计算校验和；服务运行时也可用。 Compares rows with files and computes their digests anew.")

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            let (folder, isWatched) = (
                DataFolder(dataOptions.folder, keyFile: dataOptions.keyFile), Output.error.isTerminal
            )
            let faults = try IntakeError.explained(language) { () throws(IntakeError) in
                try folder.faults { progress in
                    if isWatched { Output.error.write("\r\u{1b}[K\(Self.line(progress))") }
                }
            }
            if isWatched { Output.error.write("\r\u{1b}[K") }
            for fault in faults { Output.standard.write(fault.text[language] + "\n") }
            let count = faults.count
            Output.standard.write(
                (count == 0
                    ? LocalizedText(zh: "数据完好。\n", en: "The data is sound.\n")
                    : LocalizedText(zh: "发现 \(count) 处问题。\n", en: "\(count) faults were found.\n"))[language])
            if count > 0 { throw Exit.nonCompliant }
        }

        /// The progress line: a bar by bytes, then files and MiB done and in all.
        private static func line(_ progress: DataFolder.Progress) -> String {
            let (files, bytes) = (progress.files, progress.bytes)
            let share = bytes.all > 0 ? Double(bytes.done) / Double(bytes.all) : 1
            let filled = Int(share * 30)
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
            return "[\(bar)] \(files.done)/\(files.all)  \(bytes.done >> 20)/\(bytes.all >> 20) MiB"
        }
    }

    /// `db backup`: copies the database to a new file.
    struct Backup: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "把数据库复制到一个新文件；服务运行时也可用。 Copies the database to a new file, also while the service runs.")

        @Argument(help: ArgumentHelp("新文件 The new file.", valueName: "file"))
        var file: String

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            try IntakeError.explained(language) { () throws(IntakeError) in
                try DataFolder(dataOptions.folder).backUp(to: file)
            }
            Output.standard.write(
                LocalizedText(
                    zh: "已备份到 \(file)。视频（media/）和密钥（clipcheck.keys、clipcheck.signing-keys）请另行复制。\n",
                    en:
                        "Backed up to \(file). Copy the videos (media/) and the keys (clipcheck.keys, clipcheck.signing-keys) as well.\n"
                )[
                    language])
        }
    }

    /// `db migrate`: brings the database to the schema of this release.
    struct Migrate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "把数据库升级到本版本；请先停止服务。 Brings the database up to this version; stop the service first.")

        @OptionGroup var dataOptions: DataOptions
        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            let made = try IntakeError.explained(language) { () throws(IntakeError) in
                try DataFolder(dataOptions.folder, keyFile: dataOptions.keyFile).migrate()
            }
            let text =
                made.map {
                    LocalizedText(
                        zh: "已升级：\($0.steps.joined(separator: "、"))。升级前的备份：\($0.backup)",
                        en: "Migrated: \($0.steps.joined(separator: ", ")). The copy from before: \($0.backup)")
                } ?? LocalizedText(zh: "数据库已是最新。", en: "The database is up to date.")
            Output.standard.write(text[language] + "\n")
        }
    }
}

extension DataFolder.Fault {
    fileprivate var text: LocalizedText {
        switch self {
        case .mediaMissing(let entry):
            LocalizedText(zh: "作品 \(entry)：视频文件丢失。请从备份恢复。", en: "Entry \(entry): its video is missing. Restore it.")
        case .mediaChanged(let entry):
            LocalizedText(
                zh: "作品 \(entry)：视频文件与记录不符。请从备份恢复。",
                en: "Entry \(entry): its video is not the one of the record. Restore it.")
        case .contactsLocked(let entry):
            LocalizedText(
                zh: "作品 \(entry)：联系方式无法解密。请找回当时的密钥文件。",
                en: "Entry \(entry): its contacts cannot be opened. Find the key file of that time.")
        case .entryUnreadable(let entry):
            LocalizedText(
                zh: "作品 \(entry)：表单或检查报告无法读取。请从备份恢复。",
                en: "Entry \(entry): its form or a report of it cannot be read. Restore it.")
        case .strayMedia(let name):
            LocalizedText(
                zh: "文件 \(name)：没有作品使用，服务下次启动时清除。", en: "File \(name): no entry names it; the next start removes it.")
        case .databaseDamaged(let text):
            LocalizedText(zh: "数据库损坏：\(text)。请从备份恢复。", en: "The database is damaged: \(text). Restore it.")
        }
    }
}
