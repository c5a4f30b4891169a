import Foundation

/// libFuzzer's own mutations, blind to a grammar that Foundation reads.
@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ room: Int) -> Int

/// Changes one value of an answer, every other time; the rest is libFuzzer's.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutateReply(
    _ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ room: Int, _ seed: CUnsignedInt
) -> Int {
    let reply = [UInt8](UnsafeBufferPointer(start: bytes, count: count))
    let chance = Int(seed >> 1)
    guard seed & 1 == 0, let value = ReplyMutator.value(of: reply, chance) else {
        return mutateBytes(bytes, count, room)
    }
    let words = ReplyMutator.values[chance % ReplyMutator.values.count]
    let changed = reply[..<value.lowerBound] + Array(words.utf8) + reply[value.upperBound...]
    guard changed.count <= room else { return mutateBytes(bytes, count, room) }
    for (index, byte) in changed.enumerated() { bytes[index] = byte }
    return changed.count
}

private enum ReplyMutator {
    /// Values at and beyond what is believed, and of another kind than was asked for.
    static let values =
        [
            "0", "-1", "1", "101", "0.5", "360", "-90", "1048577", "12000001", "2147483648", "9223372036854775807",
            "-9223372036854775808", "1e308", "null", "true", "false", "[]", "{}", "\"\"", "\"21:9\"", "\"0:1\"",
            "\"2147483647:1\"", "\"1/2147483647\"", "\"clipcheck.facts/1\"", "\"webm\"", "\"truncated\"", "\"empty\"",
            "\"crashed\"", "\"garbled\"", "\"cancelled\"", "\"\\ud83d\\ude00\\u0000\"",
            "[{\"codec\":\"ass\"},{\"codec\":\"srt\"}]", "[{\"code\":\"truncated\",\"count\":-1}]",
        ] + [257, 1025].map { "\"" + String(repeating: "x", count: $0) + "\"" }

    /// Where one of the values stands: what follows a colon, up to the end of its text or the next comma or bracket.
    static func value(of reply: [UInt8], _ chance: Int) -> Range<Int>? {
        let colons = reply.indices.filter { reply[$0] == UInt8(ascii: ":") }
        guard !colons.isEmpty else { return nil }
        let start = colons[chance / values.count % colons.count] + 1
        let rest = reply[start...]
        if rest.first == UInt8(ascii: "\"") {
            return rest.dropFirst().firstIndex(of: UInt8(ascii: "\"")).map { start..<$0 + 1 }
        }
        return start..<(rest.firstIndex { ",}]".utf8.contains($0) } ?? reply.endIndex)
    }
}
