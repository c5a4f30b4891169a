internal import ContestRules

/// What the path of one file says about its place in a work.
struct FileReading {
    /// The folder of a file, folded. Two files in one folder have equal ones.
    struct Folder: Hashable {
        /// The folder as the caller named it.
        var root: String
        /// Folders below it, folded.
        var parts: [String]

        /// The folder's own name; nil at the top.
        var name: String? { parts.last }
        /// The folder around it; nil at the top.
        var parent: Folder? { parts.isEmpty ? nil : Folder(root: root, parts: parts.dropLast()) }
    }

    /// A work as files name it: its folder and its folded name, which is empty in a folder of its own.
    struct Key: Hashable {
        var folder: Folder
        var name: String
    }

    var isVideo: Bool
    /// The extension in lower case; empty without one.
    var ending: String
    var folder: Folder
    /// The name without its extension, folded.
    var stem: String

    init(_ file: Manifest.File) {
        let path = ManifestPath(file.path)
        let name = path.parts.last ?? ""
        isVideo = VideoFileName.isVideo(name)
        let bare = path.withoutExtension?.parts.last ?? name
        ending = bare.count < name.count ? ManifestText.folded(String(name.dropFirst(bare.count + 1))) : ""
        folder = Folder(root: file.folder, parts: path.parts.dropLast().map(ManifestText.folded))
        stem = ManifestText.folded(bare)
    }
}
