internal import Foundation

/// The executable under test.
public enum Binary {
    /// Its path: the nearest `clipcheck` beside or above the test bundle, whatever the configuration.
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
        // Every test that starts it then fails, and says this.
        return "no clipcheck beside the test bundle; run swift build --build-tests"
    }()

    /// The path of a program that the machine may have, looked up in `PATH`.
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
