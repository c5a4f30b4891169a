import ArgumentParser

/// Options that choose the files of `check`, name the manifest, and unmask contacts.
struct FileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "文件夹中只检查匹配的文件，如 '*.mp4' In folders, only files that match, like '*.mp4'; may be repeated.",
            valueName: "glob"))
    var include: [String] = []

    @Option(
        help: ArgumentHelp("文件夹中不检查匹配的文件或子文件夹 In folders, not what matches; may be repeated.", valueName: "glob"))
    var exclude: [String] = []

    @Option(
        help: ArgumentHelp(
            "报名表（csv 或 xlsx），按文件名对应 Table of entries (csv, xlsx), joined by file name.", valueName: "file"),
        completion: .file(extensions: ["csv", "xlsx"]))
    var manifest: PathArgument?

    @Option(
        help: ArgumentHelp(
            "所有文件的作品类别 Category of all works, one of the contest's.", valueName: "name"))
    var category: String?

    @Option(
        help: ArgumentHelp(
            "类别取自文件所在的文件夹：folder Where categories come from: folder, the name of a folder that the file lies in.",
            valueName: "source"))
    var categoryFrom: CategoryFrom?

    @Flag(help: "显示完整的联系方式，默认隐去 Show contacts in full; they are masked otherwise.")
    var showContacts = false

    /// The search for files, with the patterns of `--include` and `--exclude`.
    var search: FileSearch { FileSearch(filter: GlobFilter(included: include, excluded: exclude)) }
}
