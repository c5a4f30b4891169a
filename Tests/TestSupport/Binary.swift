internal import Foundation

/// The executable `clipcheck` that tests start.
public enum Binary {
    /// The path of the executable: the nearest `clipcheck` beside or above the test bundle, in any build configuration.
    public static let path: String = {
        let bundles =
            [Bundle.main.executableURL, URL(filePath: CommandLine.arguments[0])] + Bundle.allBundles.map(\.bundleURL)
        for bundle in bundles.compactMap(\.self) {
            var folder = bundle.standardizedFileURL.resolvingSymlinksInPath()
            while folder.path.count > 1 {
                folder.deleteLastPathComponent()
                let candidate = folder.appending(component: "clipcheck").path
                if isProgram(candidate) { return candidate }
            }
        }
        // This text is no path, so every test that starts the executable fails with it.
        return "no clipcheck beside the test bundle; run swift build --build-tests"
    }()

    /// The path of a program that is looked up in `PATH`; nil when the machine does not have it.
    public static func tool(_ name: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH", default: "/usr/bin:/bin"].split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first(where: isProgram)
    }

    private static func isProgram(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }
}
