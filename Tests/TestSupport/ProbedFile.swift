internal import Foundation
public import MediaFacts

/// A file held open for a test, as a caller of a prober holds it.
public final class ProbedFile: Sendable {
    /// What the prober is given.
    public let media: MediaFile

    /// Opens `path`, or nil when it cannot be opened.
    public init?(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            return nil
        }
        media = MediaFile(descriptor: descriptor, bytes: Int64(status.st_size))
    }

    deinit { close(media.descriptor) }
}

/// JSON as a tree that can be looked into by a dotted path (`video.displayWidth`), for comparing with truth tables.
public enum JSONTree {
    /// The tree of an encodable value.
    public static func of(_ value: some Encodable) throws -> Any {
        try JSONSerialization.jsonObject(with: JSONEncoder().encode(value), options: .fragmentsAllowed)
    }

    /// The value at a dotted path; `NSNull` where any part is absent or null.
    public static func value(_ path: String, in tree: Any) -> Any {
        path.split(separator: ".").reduce(tree) { node, key in
            (node as? [String: Any])?[String(key)] ?? NSNull()
        }
    }

    /// The value as text that is equal for equal values.
    public static func text(_ value: Any) -> String {
        let data = try? JSONSerialization.data(
            withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "\(value)"
    }
}

/// Numbers from a seed, so that a failing run can be repeated. Source: SplitMix64 (Steele, Lea, Flood 2014).
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// Begins at `seed`.
    public init(seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
