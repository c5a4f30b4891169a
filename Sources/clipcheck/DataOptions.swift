import ArgumentParser
import EntryIntake
import EntryStore

/// Where entries are kept.
struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp("数据目录 Folder of the database and the media.", valueName: "dir"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "联系方式的密钥文件 Keys that contacts are sealed with. Default: clipcheck.keys in the data folder, made when missing.",
            valueName: "file"))
    var contactKeys: String?

    /// The data folder.
    var folder: String { Settings.dataFolder(data) }
    /// The key file; nil for the one in the data folder.
    var keyFile: String? { contactKeys ?? Settings.environment("CONTACT_KEYS") }

    /// Opens the store, made when missing.
    func store(mostBytes: Int64 = EntryStore.defaultMostBytes) throws(IntakeError) -> EntryStore {
        try EntryStore(folder: folder, keyFile: keyFile, mostBytes: mostBytes)
    }
}
