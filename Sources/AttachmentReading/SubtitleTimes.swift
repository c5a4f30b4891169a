/// The times of one cue, `00:01:02,500 --> 00:01:04,000`, in milliseconds.
struct SubtitleTimes: Equatable {
    var from: Int64
    var to: Int64

    private static let arrow = Array("-->".utf8)
    /// Longest line of times that is read; coordinates may stand behind the times.
    private static let longestLine = 256

    /// Whether `line` has an arrow among its first signs.
    static func hasArrow(_ line: ArraySlice<UInt8>) -> Bool { arrowIndex(line) != nil }

    /// Reads a line; nil when it has no arrow between two times.
    init?(_ line: ArraySlice<UInt8>) {
        guard let arrow = Self.arrowIndex(line) else { return nil }
        let right = line[(arrow + 3)...].prefix(Self.longestLine).drop(while: Self.isSpace)
        guard let from = Self.time(Self.trimmed(line[..<arrow])), let to = Self.time(right.prefix { !Self.isSpace($0) })
        else { return nil }
        (self.from, self.to) = (from, to)
    }

    private static func arrowIndex(_ line: ArraySlice<UInt8>) -> Int? {
        let start = line.prefix(longestLine)
        guard start.count >= 3 else { return nil }
        return (start.startIndex...start.endIndex - 3).first { start[$0..<$0 + 3].elementsEqual(arrow) }
    }

    private static func isSpace(_ sign: UInt8) -> Bool { sign == 0x20 || sign == 0x09 }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text.drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }

    /// `1:02:03,456`: hours of at most four figures, and one to three decimals behind a comma or a point, if any.
    private static func time(_ text: ArraySlice<UInt8>) -> Int64? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, let hours = number(parts[0], 1...4), let minutes = number(parts[1], 1...2) else {
            return nil
        }
        let seconds = parts[2].split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".")
        }
        guard seconds.count <= 2, let whole = number(seconds[0], 1...2), minutes < 60, whole < 60 else { return nil }
        var milliseconds: Int64 = 0
        if seconds.count == 2 {
            guard let decimals = number(seconds[1], 1...3) else { return nil }
            milliseconds = [100, 10, 1][seconds[1].count - 1] * decimals
        }
        return ((hours * 60 + minutes) * 60 + whole) * 1000 + milliseconds
    }

    private static func number(_ digits: ArraySlice<UInt8>, _ lengths: ClosedRange<Int>) -> Int64? {
        guard lengths.contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
}
