internal import Foundation
public import MediaFacts

/// A file that a test holds open, as a caller of a prober does.
public final class ProbedFile: Sendable {
    /// The file as it is passed to the prober.
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

/// JSON as a tree whose values are found by a dotted path (`video.displayWidth`), to compare facts with expected
/// values.
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

    /// The value as JSON text with sorted keys; equal values give equal text.
    public static func text(_ value: Any) -> String {
        let data = try? JSONSerialization.data(
            withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "\(value)"
    }
}

/// Random numbers from a seed, so that a failing run can be repeated. Source: SplitMix64 (Steele, Lea, Flood 2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts the sequence of `seed`; equal seeds give equal sequences.
    public init(seed: UInt64) { state = seed }

    /// Returns the next number of the sequence.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
