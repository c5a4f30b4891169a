internal import MediaFacts

/// The contests inside the binary.
public enum BuiltInContests {
    /// The contests of published notices, in order of issue. Tests load each strictly, so that no release holds a broken one.
    public static let all: [Contest] = files.compactMap { try? ContestFile.load($0.text, file: $0.name) }

    /// A contest of no notice that is always open and asks for little: a first try ends in an entry that is accepted.
    public static let demonstration = loadedDemonstration()

    /// The contests that the service and the command line offer: `all`, and the demonstration.
    public static let withDemonstration = all + [demonstration]

    private static func loadedDemonstration() -> Contest {
        let text = String(decoding: PackageResources.demo_yaml, as: UTF8.self)
        guard let contest = try? ContestFile.load(text, file: "demo.yaml") else {
            preconditionFailure("demo.yaml, which a test loads, is no contest")
        }
        return contest
    }

    /// File names and contents.
    static let files: [(name: String, text: String)] = [
        ("xinhua-credit-cup-2019.yaml", String(decoding: PackageResources.xinhua_credit_cup_2019_yaml, as: UTF8.self)),
        ("weifang-2023.yaml", String(decoding: PackageResources.weifang_2023_yaml, as: UTF8.self)),
        ("xian-2024.yaml", String(decoding: PackageResources.xian_2024_yaml, as: UTF8.self)),
    ]

    /// The file of the contest with `id`, with its comments, or nil.
    public static func text(_ id: String) -> String? {
        let demo = (name: "demo.yaml", text: String(decoding: PackageResources.demo_yaml, as: UTF8.self))
        return (files + [demo]).first { $0.name == "\(id).yaml" }?.text
    }

    /// The contest with `id`, or nil.
    public static func contest(_ id: String) -> Contest? { withDemonstration.first { $0.id == id } }
}
