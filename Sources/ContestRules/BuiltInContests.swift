internal import MediaFacts

/// The contests inside the binary.
public enum BuiltInContests {
    /// All of them, in order of issue. Tests load each strictly, so that a broken one cannot be built into a release.
    public static let all: [Contest] = files.compactMap { try? ContestFile.load($0.text, file: $0.name) }

    /// File names and contents.
    static let files: [(name: String, text: String)] = [
        ("xinhua-credit-cup-2019.yaml", String(decoding: PackageResources.xinhua_credit_cup_2019_yaml, as: UTF8.self)),
        ("weifang-2023.yaml", String(decoding: PackageResources.weifang_2023_yaml, as: UTF8.self)),
        ("xian-2024.yaml", String(decoding: PackageResources.xian_2024_yaml, as: UTF8.self)),
    ]

    /// The contest with `id`, or nil.
    public static func contest(_ id: String) -> Contest? { all.first { $0.id == id } }
}
